//! Every number that the prose of chapter 1 and its quiz state is computed here, and found in them.

use crate::prose;
use neurobook::analysis::{
    functional_connectivity, functional_connectivity_dynamics, shrunk_connectivity, upper_triangle,
};
use neurobook::prelude::*;

#[track_caller]
fn stated(phrase: &str) {
    prose::says("01_connectivity", phrase);
}

fn series(participant: &str) -> Array2<f64> {
    data::bold(participant).unwrap().states
}

fn pairs(regions: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..regions).flat_map(move |i| (i + 1..regions).map(move |j| (i, j)))
}

/// The mean over the pairs that are kept and have a correlation, and how many these are.
fn mean_of(fc: &Array2<f64>, keep: impl Fn(usize, usize) -> bool) -> (f64, usize) {
    let kept = pairs(fc.nrows()).filter(|(i, j)| keep(*i, *j)).map(|pair| fc[pair]).filter(|r| !r.is_nan());
    let kept: Vec<f64> = kept.collect();
    (kept.iter().sum::<f64>() / kept.len() as f64, kept.len())
}

fn root_mean_square(one: &Array2<f64>, other: &Array2<f64>) -> f64 {
    let gap = upper_triangle(one) - upper_triangle(other);
    (gap.dot(&gap) / gap.len() as f64).sqrt()
}

#[test]
fn the_parts_add_up_and_leave_time_for_their_exercises() {
    prose::has_time("01_connectivity");
}

#[test]
fn the_example_on_paper_is_right() {
    let (x, y) = (array![1.0, 2.0, 3.0], array![2.0, 1.0, 3.0]);
    let r = analysis::correlation(&x, &y).unwrap();
    let (dx, dy) = (&x - x.mean().unwrap(), &y - y.mean().unwrap());
    let (products, squares) = (&dx * &dy, [dx.dot(&dx), dy.dot(&dy)]);
    stated(&format!("$x$ = {}, {}, {} and $y$ = {}, {}, {}.", x[0], x[1], x[2], y[0], y[1], y[2]));
    stated(&format!("Both means are {}.", x.mean().unwrap()));
    stated(&format!("are {}, {}, {} and {}, {}, {}.", dx[0], dx[1], dx[2], dy[0], dy[1], dy[2]));
    let [a, b, c] = [products[0].abs(), products[1].abs(), products[2]];
    stated(&format!("Their products are {a}, {b} and {c}, so step 2 gives {}.", products.sum()));
    stated(&format!("The sums of squares are {} and {}, so step 3 divides", squares[0], squares[1]));
    stated(&format!("$\\sqrt{{2 \\times 2}} = 2$: $r = {r}$."));
}

#[test]
fn the_two_clouds_are_of_the_regions_that_the_text_names() {
    let fc = functional_connectivity(&series("sub-01"));
    stated("Rows 18 and 58 are **mirror regions**");
    assert!(fc[[18, 58]] > 0.8 && fc[[18, 37]].abs() < 0.02);
}

#[test]
fn the_matrix_is_read_as_it_is() {
    let fc = functional_connectivity(&series("sub-01"));
    let (all, count) = mean_of(&fc, |_, _| true);
    let (mirror, forty) = mean_of(&fc, |i, j| j == i + 40);
    assert_eq!(forty, 40);
    stated(&format!("$80 \\times 79 / 2 = {count}$ numbers"));
    stated(&format!("Their mean is {mirror:.2}, against {all:.2} for all pairs."));
    let along = |away: usize| mean_of(&fc, |i, j| j - i == away).0;
    assert!((1..70).filter(|away| *away != 40).all(|away| along(away) < 0.6 * along(40)), "the line stands out");
    let below = pairs(80).filter(|pair| fc[*pair] < 0.0).count() as f64 / count as f64;
    stated(&format!("Most entries are above 0, {:.0} % are below.", 100.0 * below));
    assert!(pairs(80).filter(|pair| fc[*pair] < -0.3).count() < 10);
}

#[test]
fn the_wrong_way_round_there_is_a_band_along_the_diagonal() {
    let turned = functional_connectivity(&series("sub-01").t());
    assert_eq!(turned.dim(), (200, 200));
    stated("200 by 200");
    let near: f64 = (0..199).map(|k| turned[[k, k + 1]]).sum::<f64>() / 199.0;
    let far: f64 = (0..150).map(|k| turned[[k, k + 50]]).sum::<f64>() / 150.0;
    assert!(near > 0.6 && far.abs() < 0.1, "{near}, {far}");
}

#[test]
fn shrinkage_helps_where_there_are_few_samples() {
    let series = series("sub-01");
    let error = |volumes: usize| {
        let part = series.slice(s![.., ..volumes]).to_owned();
        let rest = functional_connectivity(&series.slice(s![.., volumes..]));
        let (pearson, shrunk) = (functional_connectivity(&part), shrunk_connectivity(&part));
        let delta = 1.0 - shrunk[[0, 1]] / pearson[[0, 1]];
        (delta, root_mean_square(&pearson, &rest), root_mean_square(&shrunk, &rest))
    };
    let (delta, pearson, shrunk) = error(20);
    assert!((delta - 1.0 / 3.0).abs() < 0.02, "a third: {delta}");
    stated(&format!("the error falls from {pearson:.2} to {shrunk:.2}"));
    let (_, pearson, shrunk) = error(100);
    assert!(pearson - shrunk < 0.025 && shrunk < pearson);
    let whole = 1.0 - shrunk_connectivity(&series)[[0, 1]] / functional_connectivity(&series)[[0, 1]];
    stated(&format!("Of this whole recording of 200 volumes it takes off {:.0} %.", 100.0 * whole));
}

#[test]
fn the_two_groups_are_described_as_they_are() {
    let people = data::participants();
    let ages = |group: &str| -> Vec<data::Age> {
        people.iter().filter(|person| person.group == group).filter_map(|person| person.age).collect()
    };
    let mean = |ages: &[data::Age], all: bool| {
        let told: Vec<f64> = ages.iter().filter(|age| all || !age.or_more).map(|age| age.years).collect();
        told.iter().sum::<f64>() / told.len() as f64
    };
    let (young, old) = (ages("young"), ages("old"));
    stated(&format!(
        "Of {} people ({} young, mean age {:.1}; {} old, mean age {:.1}, without one who is 89 or older)",
        people.len(),
        young.len(),
        mean(&young, false),
        old.len(),
        mean(&old, false)
    ));
    assert_eq!(old.iter().filter(|age| age.or_more).count(), 1);
    stated(&format!("Taken as 89, the mean of the old would be {:.1}.", mean(&old, true)));
    assert_eq!(people.iter().filter(|person| person.sex.is_none()).count(), 1);
    assert_eq!(people.iter().filter(|person| person.education.is_none()).count(), 9);
    stated("the sex is not given for one and the years of education for nine");
}

#[test]
fn the_old_have_the_stated_higher_means_over_the_pairs_that_there_are() {
    let means: Vec<(f64, usize)> = data::WITH_SERIES
        .map(|participant| mean_of(&functional_connectivity(&series(participant)), |_, _| true))
        .to_vec();
    let [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(|k| means[k].0);
    stated(&format!("{a:.2}, {b:.2} and {c:.2} in the young (mean {:.2})", (a + b + c) / 3.0));
    stated(&format!("{d:.2}, {e:.2} and {f:.2} in the old (mean {:.2})", (d + e + f) / 3.0));
    stated(&format!("its mean is over {} pairs instead of {}", means[5].1, means[0].1));
    // 3! 3! / 6!
    stated(&format!("$3!\\,3!/6! = 1/{}$", 720 / 36));
}

#[test]
fn windows_look_dynamic_though_nothing_changes() {
    let dynamics = functional_connectivity_dynamics(&series("sub-01"), 30, 5).unwrap();
    assert_eq!(dynamics.nrows(), 35);
    let (near, _) = mean_of(&dynamics, |i, j| j - i == 1);
    let (apart, _) = mean_of(&dynamics, |i, j| j - i >= 6);
    stated(&format!("neighbours are alike ({near:.2}), windows far apart hardly are ({apart:.2})"));
    stated("Neighbouring windows share 25 of their 30 volumes");
    stated("One matrix for 400 seconds");
}

#[test]
fn the_quiz_asks_ten_questions_and_its_numbers_are_computed_ones() {
    let quiz = quiz_preprocessing();
    let html = quiz.html();
    assert_eq!(quiz.questions(), 10);
    let kinds = ["choice", "number", "text"].map(|kind| html.matches(&format!("data-kind=\"{kind}\"")).count());
    assert_eq!(kinds, [6, 2, 2]);
    assert!(html.contains(&format!("data-value=\"{}\"", 0.5 / 2.0)), "half of a volume every 2 s");
    assert!(html.contains("data-value=\"48\""));
}

#[test]
fn the_signal_rises_though_more_oxygen_is_used_because_deoxyhaemoglobin_is_washed_out() {
    stated("So deoxyhaemoglobin is washed out, and the signal **rises**.");
    let activity = Trajectory::from_series(Array2::from_elem((1, 60_000), 0.3), 1.0).unwrap();
    let bold = BalloonWindkessel::default().simulate(&activity).unwrap();
    assert!(bold.states[[0, 29]] > 0.005);
    // More blood, and of its oxygen a smaller share: more than is needed flows in.
    let (inflow, extraction) = (1.0 + 0.3 / 0.41, |inflow: f64| 1.0 - (1.0 - 0.34_f64).powf(1.0 / inflow));
    assert!(extraction(inflow) < extraction(1.0) && inflow * extraction(inflow) > extraction(1.0));
    let volume = inflow.powf(0.32);
    let deoxyhaemoglobin = inflow * extraction(inflow) / 0.34 / volume.powf(1.0 / 0.32 - 1.0);
    assert!(deoxyhaemoglobin < 1.0, "{deoxyhaemoglobin}");
}

#[test]
fn fishers_z_hardly_matters_here_and_many_volumes_are_worth_few() {
    let fc = analysis::functional_connectivity(&series("sub-25"));
    let all: Vec<f64> = analysis::upper_triangle(&fc).to_vec();
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / all.len() as f64;
    let (plain, by_z) = (mean(&mut all.iter().copied()), mean(&mut all.iter().map(|r| r.atanh())).tanh());
    stated(&format!("sub-25 has {by_z:.3} instead of {plain:.3}"));
    let recording = series("sub-01");
    let next = |n: usize| {
        let row = recording.row(n).to_owned();
        analysis::correlation(&row.slice(s![..-1]), &row.slice(s![1..])).unwrap()
    };
    let lag = (0..80).map(next).sum::<f64>() / 80.0;
    stated(&format!("a correlation of {lag:.2}, so 200 volumes"));
    // Bartlett's formula for two series of this kind.
    let worth = 200.0 * (1.0 - lag * lag) / (1.0 + lag * lag);
    assert!((worth - 70.0).abs() < 3.0, "{worth}");
    stated("worth about 70 independent ones");
}

#[test]
fn the_windows_are_shorter_than_the_slowest_wave_that_the_filter_leaves() {
    stated(&format!("With 0.009 Hz that is {:.0} s, and ours are {} s long.", 1.0 / 0.009, 30 * 2));
}
