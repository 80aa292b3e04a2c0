//! Tables from elsewhere, and our own.

use neurobook::data::*;
use neurobook::network::Connectome;
use neurobook::prelude::*;
use std::path::Path;

#[test]
fn the_files_of_data_are_what_the_crate_generates() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (name, text) in generated_files().unwrap() {
        let kept = std::fs::read_to_string(folder.join(&name)).unwrap();
        assert!(kept == text, "data/{name} is old: cargo run -p neurobook --example make_data");
    }
    let connectome = Connectome::read(folder.join("connectome_weights.csv"), folder.join("connectome_lengths.csv"));
    assert_eq!(connectome.unwrap(), neurobook::data::connectome());
}

#[test]
fn a_matrix_is_read_as_it_was_written() {
    let matrix = array![[0.1, -2.0], [1e-300, 1.0 / 3.0]];
    let path = std::env::temp_dir().join(format!("neurobook-matrix-{}.csv", std::process::id()));
    write_matrix(&path, &matrix).unwrap();
    assert_eq!(read_matrix(&path).unwrap(), matrix);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(parse_matrix("m", b"1, 2\r\n3 ,4\r\n\r\n").unwrap(), array![[1.0, 2.0], [3.0, 4.0]]);
}

#[test]
fn a_bad_file_is_refused_with_its_name_row_and_column() {
    let cases: [(&[u8], &str); 19] = [
        (b"", "m.csv, row 1, column 1: the file is empty"),
        (b"0,1\n1", "m.csv, row 2, column 2: this row has 1 value, and the first one 2"),
        (b"0,1\n1,0,3\n", "m.csv, row 2, column 3: this row has 3 values"),
        (b"0,1\n\n1,0,3\n", "m.csv, row 3, column 3"),
        (b"0,1\n,0\n", "m.csv, row 2, column 1: the value is blank"),
        (b"0,1,\n1,0,\n", "m.csv, row 1, column 3: the whole column is blank"),
        (b"0,,1\n1,,0\n", "m.csv, row 1, column 2: the whole column is blank"),
        (b"0,1\n89+,0\n", "m.csv, row 2, column 1: \"89+\" is not a number"),
        (b"0,NaN\n1,0\n", "m.csv, row 1, column 2: the value is NaN"),
        (b"0,1\ninf,0\n", "m.csv, row 2, column 1: the value is inf"),
        (b"left,right\n1,0\n", "m.csv, row 1, column 1: \"left\" is not a number: delete this row if it is a header"),
        (b"0;1\n1;0\n", "m.csv, row 1, column 1: \"0;1\" has semicolons between its numbers: save it with commas"),
        (b"0,5;0,25\n1,5;0\n", "m.csv, row 1, column 1: \"5;0\" has semicolons"),
        (b"0\t1\n1\t0\n", "m.csv, row 1, column 1: \"0\\t1\" has tabs"),
        (b"0 1\n1 0\n", "m.csv, row 1, column 1: \"0 1\" has blanks"),
        (b"\xef\xbb\xbf0,1\n1,0\n", "m.csv, row 1, column 1: the file begins with a byte-order mark"),
        (b"\xff\xfe0\x00", "m.csv, row 1, column 1: the file is UTF-16"),
        (b"0,1\n\xff,0\n", "m.csv, row 2, column 1: this is not CSV text in UTF-8"),
        (b"0,1\nhello world,0\n", "m.csv, row 2, column 1: \"hello world\" is not a number"),
    ];
    for (text, words) in cases {
        let message = parse_matrix("m.csv", text).unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
    let message = read_matrix("no/such.csv").unwrap_err().to_string();
    assert!(message.contains("no/such.csv could not be read") && message.contains("check the path"), "{message}");
}

#[test]
fn a_file_of_series_has_names_and_its_blank_columns_are_no_numbers() {
    let text = b"left, right ,mid\r\n1,,2\n\n0.5,,-1\n";
    let series = parse_series("s.csv", text, 2.0).unwrap();
    assert_eq!(
        (series.names.as_slice(), series.times.to_vec()),
        (["left", "right", "mid"].map(String::from).as_slice(), vec![0.0, 2.0])
    );
    assert_eq!(series.variable("mid").unwrap().to_vec(), [2.0, -1.0]);
    assert!(series.variable("right").unwrap().iter().all(|value| value.is_nan()));
    let cases: [(&[u8], &str); 6] = [
        (b"1,2\n3,4\n", "s.csv, row 1, column 1: the first line has to hold the names"),
        (b"a,\n3,4\n", "s.csv, row 1, column 2: the first line has to hold the names"),
        (b"a,b\n", "s.csv, row 2, column 1: there is no line of values"),
        (b"a,b\n1,2\n,3\n", "s.csv, row 3, column 1: the value is blank"),
        (b"a,b\n1,2\n1,x\n", "s.csv, row 3, column 2: \"x\" is not a number"),
        (b"a,b\n1,2\n1\n", "s.csv, row 3, column 2: this row has 1 value, and the first one 2"),
    ];
    for (text, words) in cases {
        let message = parse_series("s.csv", text, 2.0).unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
    assert!(parse_series("s.csv", text, 0.0).unwrap_err().to_string().starts_with("repetition_time is 0"));
    assert!(read_series("no/such.csv", 2.0).unwrap_err().to_string().contains("no/such.csv could not be read"));
}

#[test]
fn a_table_of_people_bears_blanks_and_an_age_that_is_not_told() {
    let people = participants();
    let old: Vec<&Participant> = people.iter().filter(|person| person.group == "old").collect();
    assert_eq!((people.len(), old.len()), (48, 24));
    assert_eq!(people.iter().filter(|person| person.sex.is_none()).count(), 1);
    assert_eq!(people.iter().filter(|person| person.education.is_none()).count(), 9);
    let told: Vec<String> =
        people.iter().flat_map(|person| person.age).filter(|age| age.or_more).map(|age| age.to_string()).collect();
    assert_eq!(told, ["89+"]);
    assert!(old.iter().flat_map(|person| person.age).all(|age| (60.0..=89.0).contains(&age.years)));
    let with: Vec<&str> =
        people.iter().map(|person| person.id.as_str()).filter(|id| WITH_SERIES.contains(id)).collect();
    assert_eq!(with, WITH_SERIES);

    let header = "participant_id\tsex\tage\tgroup\teducation\n";
    for (text, words) in [
        ("id\tage\n".to_owned(), "p.tsv, row 1, column 1: there is no column \"participant_id\", only id, age"),
        (format!("{header}n/a\tF\t30\tx\t\n"), "p.tsv, row 2, column 1: the participant has no id"),
        (format!("{header}a\tF\told\tx\t\n"), "p.tsv, row 2, column 3: \"old\" is not a number"),
        (format!("{header}a\tF\t30\tx\t\na\tF\t31\tx\t\n"), "p.tsv, row 3, column 1: a is there twice"),
        (format!("{header}\tF\t30\tx\t\n"), "p.tsv, row 2, column 1: the participant has no id"),
    ] {
        let message = parse_participants("p.tsv", text.as_bytes()).unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
    let message = bold("sub-04").unwrap_err().to_string();
    assert_eq!(message, format!("there are no series of \"sub-04\": there are some of {}", WITH_SERIES.join(", ")));
}

#[test]
fn a_table_of_people_needs_only_their_ids_and_says_n_a_for_what_is_missing() {
    let people = parse_participants("p.tsv", b"participant_id\nsub-01\nsub-02\n").unwrap();
    let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    assert_eq!(ids, ["sub-01", "sub-02"]);
    assert!(people.iter().all(|person| person.group.is_empty() && person.sex.is_none() && person.age.is_none()));
    let text = b"participant_id\tsex\tage\tgroup\teducation\nsub-01\tn/a\tn/a\tn/a\tN/A\nsub-02\tF\t31\told\t9\n";
    let people = parse_participants("p.tsv", text).unwrap();
    let missing = &people[0];
    assert!(missing.sex.is_none() && missing.age.is_none() && missing.education.is_none() && missing.group.is_empty());
    assert_eq!((people[1].sex.as_deref(), people[1].education), (Some("F"), Some(9.0)));
}

#[test]
fn a_table_of_people_keeps_the_columns_that_have_no_field() {
    let text = b"site\tparticipant_id\tmmse\nKiel\tsub-01\t29\nBonn\tsub-02\tn/a\n";
    let people = parse_participants("p.tsv", text).unwrap();
    let first = (people[0].id.as_str(), people[0].other["site"].as_str(), people[0].other["mmse"].as_str());
    assert_eq!(first, ("sub-01", "Kiel", "29"));
    assert_eq!(people[1].other.keys().collect::<Vec<_>>(), ["site"]);
}

#[test]
fn a_gap_in_series_is_nan_where_the_file_says_so_and_a_slip_where_it_is_blank() {
    let series = parse_series("s.csv", b"dvars,x\nn/a,1\n1.5,N/A\n", 2.0).unwrap();
    assert!(series.states[[0, 0]].is_nan() && series.states[[1, 1]].is_nan());
    assert_eq!((series.states[[0, 1]], series.states[[1, 0]]), (1.5, 1.0));
    let message = parse_series("s.csv", b"dvars,x\n,1\n1.5,2\n", 2.0).unwrap_err().to_string();
    assert!(message.starts_with("s.csv, row 2, column 1: the value is blank"), "{message}");
}

#[test]
fn series_with_tabs_are_read_from_a_file_that_is_called_tsv() {
    let series = parse_series("sub-01_timeseries.TSV", b"left V1\tright V1\n1\tn/a\n0.5\t2\n", 2.0).unwrap();
    assert_eq!(series.names, ["left V1", "right V1"]);
    assert!(series.states[[1, 0]].is_nan() && series.states[[0, 1]] == 0.5 && series.states[[1, 1]] == 2.0);
    let message = parse_series("s.csv", b"left\tright\n1\t2\n", 2.0).unwrap_err().to_string();
    assert!(message.starts_with("s.csv, row 2, column 1: \"1\\t2\" has tabs"), "{message}");
}

#[test]
fn labels_are_lines_and_a_blank_one_is_named() {
    assert_eq!(parse_labels("l.txt", "left V1\r\nrechts Ä, B\n\n".as_bytes()).unwrap(), ["left V1", "rechts Ä, B"]);
    for (text, words) in [
        (b"".as_slice(), "l.txt is empty"),
        (b"a\n\nb\n", "l.txt, row 2: the name is blank"),
        (b"\xff", "l.txt is not text"),
    ] {
        let message = parse_labels("l.txt", text).unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
}

#[test]
fn every_mixture_of_line_ends_keeps_every_row_and_its_number() {
    // What may be between two rows and how many lines it ends.
    let ends = [
        ("\n", 1),
        ("\r\n", 1),
        ("\r", 1),
        ("\n\n", 2),
        ("\r\r", 2),
        ("\r\n\r\n", 2),
        ("\r\n\n", 2),
        ("\r\r\n", 2),
        ("\n\r", 2),
    ];
    let rows = ["1,2", "3,4", "5,6", "7,8"];
    for code in 0..ends.len().pow(3) {
        let chosen: Vec<(&str, usize)> = (0..3).map(|place| ends[code / ends.len().pow(place) % ends.len()]).collect();
        for last in ["", "\n", "\r", "\r\n"] {
            let text = |wrong: usize| -> String {
                let row = |index: usize| if index == wrong { "x,0" } else { rows[index] };
                let begin: String = (0..3).map(|index| format!("{}{}", row(index), chosen[index].0)).collect();
                format!("{begin}{}{last}", row(3))
            };
            let whole = text(9);
            let matrix = parse_matrix("m", whole.as_bytes()).unwrap_or_else(|error| panic!("{whole:?}: {error}"));
            assert_eq!(matrix, array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]], "{whole:?}");
            for wrong in 0..4 {
                let line = 1 + chosen[..wrong].iter().map(|(_, lines)| lines).sum::<usize>();
                let message = parse_matrix("m", text(wrong).as_bytes()).unwrap_err().to_string();
                assert!(message.starts_with(&format!("m, row {line}, column 1")), "{:?}: {message}", text(wrong));
            }
        }
    }
    let people = parse_participants("p.tsv", b"participant_id\tage\rsub-01\t30\rsub-02\t31\r").unwrap();
    assert_eq!(people.len(), 2);
}

/// The mean and the standard deviation of a participant's correlations, how they go with the weights of fibres, and
/// the mean correlation of a sample with the next.
fn statistics(participant: &str) -> [f64; 4] {
    let bold = bold(participant).unwrap();
    let connectivity = analysis::functional_connectivity(&bold.states);
    let pairs: Array1<f64> = analysis::upper_triangle(&connectivity).into_iter().filter(|r| !r.is_nan()).collect();
    let next = |row: usize| {
        let (now, later) = (bold.states.slice(s![row, ..-1]).to_owned(), bold.states.slice(s![row, 1..]).to_owned());
        analysis::correlation(&now, &later).unwrap()
    };
    let lags: Array1<f64> = (0..80).map(next).filter(|r| !r.is_nan()).collect();
    let structure = analysis::matrix_correlation(&connectivity, &connectome().weights).unwrap();
    [pairs.mean().unwrap(), pairs.std(0.0), structure, lags.mean().unwrap()]
}

#[test]
fn the_series_have_the_statistics_of_measured_ones() {
    let mut means = [Vec::new(), Vec::new()];
    for (index, participant) in WITH_SERIES.into_iter().enumerate() {
        let [mean, deviation, structure, lag] = statistics(participant);
        println!("{participant}: mean {mean:.3}, deviation {deviation:.3}, structure {structure:.3}, lag {lag:.2}");
        means[index / 3].push(mean);
        assert!(
            (0.05..0.35).contains(&mean) && (0.15..0.25).contains(&deviation),
            "{participant}: {mean}, {deviation}"
        );
        assert!((0.1..0.45).contains(&structure) && (0.6..0.8).contains(&lag), "{participant}: {structure}, {lag}");
        let spread = bold(participant).unwrap().states.row(0).std(0.0);
        assert!((1.9..6.1).contains(&spread));
    }
    let [young, old] = means.map(|means| means.iter().sum::<f64>() / 3.0);
    assert!(old - young > 0.05, "the old have higher correlations: {old} and {young}");
    let gaps = bold("sub-27").unwrap();
    assert_eq!(gaps.states.rows().into_iter().filter(|row| row.iter().all(|x| x.is_nan())).count(), 2);
}

#[test]
fn the_models_of_the_recovery_exercises_are_recovered() {
    let distance = |model: HopfNetwork, series: &Array2<f64>| {
        let gap = model.simulate(50.0)?.nodes("x")? - series;
        Ok(-(&gap * &gap).mean().unwrap().sqrt())
    };
    let a = model_series("A").unwrap();
    assert_eq!(a.dim(), (2, 501));
    let scores = scan(&Array1::linspace(0.5, 2.5, 21), |coupling| distance(model_a(coupling), &a)).unwrap();
    let best = scores.best().unwrap();
    assert!((best.value - 1.2).abs() < 1e-9 && best.score > -1e-6 && scores.scores[0] < -5e-3);

    // With the same noise from another initial state the distance says nothing about the coupling.
    let found = |start: u64| {
        let states = HopfNetwork { seed: start, ..model_a(1.2) }.simulate(0.0).unwrap().states;
        let initial_states = Some(states.into_shape_with_order((2, 2)).unwrap());
        let model = |coupling: f64| HopfNetwork { initial_states: initial_states.clone(), ..model_a(coupling) };
        scan(&Array1::linspace(0.5, 2.5, 21), |coupling| distance(model(coupling), &a)).unwrap().best().unwrap()
    };
    assert!((found(1).value - 1.2).abs() < 1e-9);
    let others: Vec<f64> = (100..130).map(|start| found(start).value).collect();
    let near = others.iter().filter(|value| (*value - 1.2).abs() < 0.15).count();
    let on_edge = others.iter().filter(|value| [0.5, 2.5].contains(value)).count();
    assert!(near <= 10 && on_edge >= 10, "{near} of 30 are near 1.2 and {on_edge} on the edge: {others:.1?}");

    let b = model_series("b").unwrap();
    let best = scan(&Array1::linspace(0.1, 1.8, 35), |omega| distance(model_b(omega), &b)).unwrap().best().unwrap();
    assert!((best.value - 0.6).abs() < 1e-9 && best.score > -1e-6);

    let c = analysis::functional_connectivity(&model_series("c").unwrap());
    let likeness = |coupling: f64| {
        let x = model_c(coupling).simulate(50.0)?.nodes("x")?;
        analysis::matrix_correlation(&analysis::functional_connectivity(&x), &c)
    };
    let best = scan(&Array1::linspace(0.05, 2.8, 56), likeness).unwrap().best().unwrap();
    assert!((best.value - 1.25).abs() < 1e-9 && best.score > 1.0 - 1e-9);
    assert!(model_series("d").unwrap_err().to_string().starts_with("there is no model \"d\""));
}

#[test]
fn no_region_of_the_small_brain_hides_another_from_above() {
    let positions = data::small_positions();
    for one in 0..16 {
        for other in 0..one {
            let gap = |axis: usize| positions[[one, axis]] - positions[[other, axis]];
            assert!(gap(0).hypot(gap(1)) > 13.9, "regions {one} and {other} hide each other");
        }
    }
}

#[test]
fn every_region_of_the_small_brain_is_drawn_on_its_own_side() {
    let positions = data::small_positions();
    let names = data::virtual_subject(1).unwrap().names;
    for (name, right) in names.iter().zip(positions.column(0)) {
        let is_left = name.starts_with('L');
        assert!(if is_left { *right < -6.5 } else { *right > 6.5 }, "{name} is {right} mm right of the midline");
    }
}

#[test]
fn a_virtual_subject_is_a_run_of_the_small_brain_at_half_the_step_to_the_bit() {
    let model = HopfNetwork { seed: 101, dt: 0.1, ..data::model_d(0.06, 0.8) };
    let run = model.simulate(60_500.0).unwrap().after(500.0).every(10);
    let subject = data::virtual_subject(1).unwrap();
    assert_eq!(subject.times, &run.times - 500.0);
    assert!(subject.states == run.nodes("x").unwrap());
    let beginning = data::virtual_recording(1, 2500.0).unwrap();
    assert_eq!(beginning.times, subject.times.slice(s![..2501]));
    assert_eq!(beginning.states, subject.states.slice(s![.., ..2501]));
    let refused = data::virtual_recording(1, 60_001.0).unwrap_err().to_string();
    assert_eq!(refused, "there is no recording of 60001 ms: a virtual subject's has 60000 ms");
}
