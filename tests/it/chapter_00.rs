//! Every number that the prose of chapter 0 states is computed here, and found in the prose.

use crate::prose::{self, minutes};
use neurobook::check::Verdict;
use neurobook::prelude::*;
use std::path::PathBuf;

const CHAPTER: &str = "00_rust_for_neuroscientists";

#[track_caller]
fn stated(phrase: &str) {
    prose::says(CHAPTER, phrase);
}

fn rows() -> (Vec<String>, Vec<String>, Vec<f64>) {
    let text = std::fs::read_to_string(data::file("reaction_times.csv").unwrap()).unwrap();
    let fields = |column: usize| text.lines().skip(1).map(move |line| line.split(',').nth(column).unwrap());
    (
        fields(0).map(str::to_owned).collect(),
        fields(1).map(str::to_owned).collect(),
        fields(2).map(|time| time.parse().unwrap()).collect(),
    )
}

fn mean_of(labels: &[String], times: &[f64], wanted: &str) -> f64 {
    let of: Vec<f64> = labels.iter().zip(times).filter(|(label, _)| *label == wanted).map(|(_, time)| *time).collect();
    of.iter().sum::<f64>() / of.len() as f64
}

#[test]
fn the_parts_add_up_and_leave_time_for_their_exercises() {
    let source = prose::source(CHAPTER);
    let parts: Vec<u32> = prose::parts(&source).into_iter().map(|(_, minutes)| minutes).collect();
    assert_eq!(parts.len(), 10);
    let bonus: u32 =
        source.split("### Bonus exercise").skip(1).map(|text| minutes(text.split("###").next().unwrap())).sum();
    let all: u32 = parts.iter().sum();
    stated(&format!("That is {all} minutes with both bonus exercises, and {} without.", all - bonus));
    prose::leaves_time(CHAPTER);
}

#[test]
fn a_voltage_falls_to_37_percent_in_one_time_constant() {
    let left = 10.0 * (-1.0_f64).exp();
    stated(&format!("After one time constant, 20 ms, {left:.2} mV are left of 10 mV: {:.0} %.", 10.0 * left));
}

#[test]
fn the_small_exercises_have_the_original_answers() {
    stated(&format!("The square of 5 is {}.", 5.0 * 5.0));
    stated(&format!("$5^3 = 5 \\times 5 \\times 5 = {}$", 5_i32.pow(3)));
    stated(&format!("The mean of 1, 5 and 7 is {:.3}.", 13.0 / 3.0));
    let x = array![1.0, 2.0, 3.0, 4.0, 5.0];
    assert_eq!((x.sum(), x.sum() / 5.0), (15.0, 3.0));
    stated(&format!(
        "divides by the count $n$, and gives {:.2} here. `std(1.0)` divides by $n - 1$, and gives {:.2}",
        x.std(0.0),
        x.std(1.0)
    ));
}

#[test]
fn the_random_matrix_looks_uniform() {
    stated("noise::uniform(25, 0.0, 1.0, 136)");
    let fc = noise::uniform(25, 0.0, 1.0, 136);
    assert_eq!(format!("{:.2} {:.2}", fc.sum() / 25.0, fc.std(0.0)), "0.50 0.29");
    stated(&format!("$1/\\sqrt{{12}} = {:.2}$", 12.0_f64.sqrt().recip()));
    stated("a mean near 0.5 and a deviation near 0.29");
}

#[test]
fn five_people_have_the_stated_means_and_deviations() {
    let ages = array![20.0, 22.0, 29.0, 31.0, 33.0];
    let scores = array![85.0, 89.0, 93.0, 92.0, 96.0];
    for (number, (age, score)) in ages.iter().zip(&scores).enumerate() {
        stated(&format!("participant(\"P{}\", {age:.1}, {score:.1})", number + 1));
    }
    stated(&format!("The mean age is {}, the mean score {}.", ages.sum() / 5.0, scores.sum() / 5.0));
    assert_eq!(format!("{:.2} {:.2}", ages.std(1.0), scores.std(1.0)), "5.70 4.18");
}

#[test]
fn the_right_hand_is_slower_in_each_of_the_three() {
    let (people, hands, times) = rows();
    let all = Array1::from_vec(times.clone());
    assert_eq!(format!("{} {:.2}", all.mean().unwrap(), all.std(1.0)), "265 21.45");
    let (left, right) = (mean_of(&hands, &times, "left"), mean_of(&hands, &times, "right"));
    stated(&format!("Left {left:.2} ms, right {right:.2} ms."));
    stated(&format!("slower by {:.2} ms on average, and in each of the three", right - left));
    assert!(times.chunks(2).all(|pair| pair[1] > pair[0]));
    assert_eq!(["1", "2", "3"].map(|person| mean_of(&people, &times, person)), [265.0, 247.5, 282.5]);
}

#[test]
fn the_reader_of_the_table_can_fail_four_times() {
    let source = prose::source(CHAPTER);
    let reader = source.split("fn read_trials").nth(1).unwrap().split("// %%").next().unwrap();
    assert_eq!(reader.matches('?').count(), 4);
    stated("Four things can fail");
    assert_eq!(data::connectome().regions(), 80);
    stated("the strengths of the connections between 80 regions");
}

#[test]
fn a_file_of_the_course_is_found_and_a_misspelt_one_is_named() {
    let found: PathBuf = data::file("reaction_times.csv").unwrap();
    assert!(found.ends_with("data/reaction_times.csv"));
    let message = data::file("conectome.csv").unwrap_err().to_string();
    assert!(message.contains("data/conectome.csv") && message.contains("compare the name"), "{message}");
}

fn misconception(verdict: Verdict) -> String {
    verdict.misconception.map(|found| found.name).unwrap_or_default()
}

#[test]
fn a_check_lends_texts_and_lists() {
    fn announce(region: &str) -> String {
        format!("{region}: a region of the brain")
    }
    assert_eq!(misconception(check!(announce(&region) -> line)), "no region is special");

    fn mean(values: &[f64]) -> f64 {
        values.iter().sum()
    }
    assert_eq!(misconception(check!(mean(&values) -> mean)), "the sum alone");

    fn known_ages(texts: &[String]) -> Vec<u32> {
        texts.iter().filter_map(|text| text.trim().parse().ok()).collect()
    }
    assert!(check!(known_ages(&texts) -> ages).passed());

    fn mean_time(labels: &[String], times: &[f64], wanted: &str) -> f64 {
        mean_of(labels, times, wanted)
    }
    assert!(check!(mean_time(&labels, &times, &wanted) -> mean).passed());
}

#[test]
fn the_words_of_a_figure_are_checked_without_regard_to_capitals() {
    fn fc_figure(matrix: &Array2<f64>) -> Figure {
        let figure = Figure::new().title("fc").heat_map(matrix).color_bar("Correlation");
        figure.x_label("Region Index").y_label("region index")
    }
    assert!(check!(fc_figure(&matrix) -> figure).passed());
    let unlabelled = |matrix: &Array2<f64>| fc_figure(matrix).y_label("");
    let verdict = check!(fc_figure: |matrix| unlabelled(&matrix) => figure);
    assert_eq!(misconception(verdict), "the vertical axis has no label");
}

#[test]
fn the_second_panel_of_a_figure_is_checked_too() {
    fn noisy_figure(time: &Array1<f64>, clean: &Array1<f64>, _: &Array1<f64>) -> Figure {
        let panel = |title| Figure::new().title(title).line(time, clean);
        Figure::row([panel("Clean"), panel("Noisy")])
    }
    assert_eq!(misconception(check!(noisy_figure(&time, &clean, &noise) -> figure)), "twice the clean signal");
}
