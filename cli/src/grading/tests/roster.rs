//! Whoever is in the class and handed in nothing has a row, whichever list names the class.

use std::fs;

use super::Class;

fn rows(class: &Class, name: &str) -> Vec<Vec<String>> {
    let text = class.read(name);
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The ids in `grades.csv` with their statuses.
fn statuses(class: &Class) -> Vec<(String, String)> {
    rows(class, "out/grades.csv").into_iter().skip(1).map(|row| (row[0].clone(), row[3].clone())).collect()
}

fn grade(class: &Class, list: &str) -> u8 {
    let path = class.path("list.csv");
    fs::write(&path, list).unwrap();
    class.grade("out", &["--roster", &path.to_string_lossy()]).0
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(id, status)| ((*id).to_owned(), (*status).to_owned())).collect()
}

const NOTHING: &str = "nothing_handed_in";

#[test]
fn a_plain_list_and_an_earlier_table_name_who_handed_in_nothing() {
    for list in [
        "anna\r\nbo\r\n'=cy\r\n\r\n",
        "\u{feff}submission,score,max_score\nanna,1,9\nbo,2,9\n'=cy,3,9\n",
        "submission;score\nanna;1\nbo;2\n'=cy;3\n",
        "Anna\nbo\n'=cy\n",
    ] {
        let class = Class::new(&[("anna", "it grows"), ("dan", "late")]);
        assert_eq!(grade(&class, list), 0, "{list:?}");
        let expected = pairs(&[("anna", "graded"), ("dan", "graded"), ("'=cy", NOTHING), ("bo", NOTHING)]);
        assert_eq!(statuses(&class), expected, "{list:?}");
        assert!(class.read("out/overview.html").contains("Nothing handed in"));
        assert!(!class.path("out/feedback/bo.html").exists(), "nobody is told of what was not handed in");
        assert!(!class.path("out/moodle.csv").exists());
    }
}

#[test]
fn whoever_hands_in_later_has_one_row_and_a_later_run_knows_the_class() {
    let class = Class::new(&[("anna", "it grows")]);
    assert_eq!(grade(&class, "anna\nbo\n"), 0);
    class.submit("bo", "at last");
    assert_eq!(class.grade("out", &[]), (0, 1));
    assert_eq!(statuses(&class), pairs(&[("anna", "graded"), ("bo", "graded")]));
    fs::remove_file(class.path("in/bo.ipynb")).unwrap();
    class.submit("cy", "new");
    assert_eq!(class.grade("out", &[]).0, 0);
    assert_eq!(statuses(&class).len(), 3, "bo's record stays");
}

#[test]
fn moodles_worksheet_names_the_class_and_gets_a_row_of_each() {
    let worksheet = "\u{feff}Identifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum Grade\",\"Grade can be changed\",\"Last modified (submission)\",\"Last modified (grade)\",\"Feedback comments\"\n\
        \"Participant 123\",\"Anna Ek\",a@x.org,Submitted,,9.00,Yes,\"Monday, 3 November 2025, 9:00 AM\",-,\n\
        \"Participant 124\",\"Bo, the Younger\",b@x.org,\"No submission\",,9.00,Yes,-,-,\n\
        \"Participant 125\",\"Anna Ek\",c@x.org,\"No submission\",,9.00,Yes,-,-,\n";
    let class = Class::new(&[]);
    let folder = class.path("in/Anna Ek_123_assignsubmission_file_");
    fs::create_dir(&folder).unwrap();
    class.submit("x", "it grows");
    fs::rename(class.path("in/x.ipynb"), folder.join("x.ipynb")).unwrap();
    assert_eq!(grade(&class, worksheet), 0);
    let expected = pairs(&[("Anna Ek_123", "graded"), ("Anna Ek_125", NOTHING), ("Bo, the Younger_124", NOTHING)]);
    assert_eq!(statuses(&class), expected);
    let moodle = rows(&class, "out/moodle.csv");
    let identifiers: Vec<&str> = moodle.iter().skip(1).map(|row| row[0].as_str()).collect();
    assert_eq!(identifiers, ["Participant 123", "Participant 125", "Participant 124"]);
    assert!(moodle[2][2].is_empty() && moodle[3][2].is_empty(), "Moodle has its own rule for them");
}

#[test]
fn canvas_gradebook_names_the_class_and_gets_a_row_of_each() {
    let gradebook = "Student,ID,SIS User ID,SIS Login ID,Section,\"Chapter 2 (77)\"\n\
        \"    Points Possible\",,,,,9\n\
        \"Ek, Anna\",12,s1,anna,A,\n\"O'Neil-Sørensen, Bo\",13,s2,bo,A,\n\"Li, Cy\",14,s3,cy,A,\n";
    let class = Class::new(&[("ekanna_12_345_x", "it grows"), ("oneil_sorensenbo_LATE_13_346_x", "late")]);
    assert_eq!(grade(&class, gradebook), 0);
    let expected = pairs(&[("ekanna_12", "graded"), ("oneil_sorensenbo_13", "graded"), ("licy_14", NOTHING)]);
    assert_eq!(statuses(&class), expected, "Canvas's number tells whose it is");
    // An empty cell would take away what Canvas has of somebody.
    let canvas = rows(&class, "out/canvas.csv");
    assert_eq!(canvas.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["ID", ""], "all answers wait");
}

#[test]
fn a_list_that_cannot_be_meant_is_refused_before_anything_is_marked() {
    for (list, says) in [
        ("", "names nobody"),
        ("Name,Grade\nAnna,1\n", "none of the lists"),
        ("anna\nbo\nanna\n", "anna stands there twice"),
        ("Identifier,Full name\nanna,Anna Ek\n", "not an identifier of Moodle's"),
    ] {
        let class = Class::new(&[("anna", "it grows")]);
        fs::write(class.path("list.csv"), list).unwrap();
        let error = super::super::Roster::read(&class.path("list.csv")).unwrap_err();
        assert!(format!("{error:#}").contains(says), "{error:#}");
        assert_eq!(grade(&class, list), 2);
        assert!(!class.path("out").exists());
    }
}

#[test]
fn shards_hold_the_class_and_what_is_merged_names_who_is_absent_once() {
    let class = Class::new(&[("anna", "it grows"), ("bo", "so")]);
    fs::write(class.path("list.csv"), "anna\nbo\ncy\n").unwrap();
    let list = class.path("list.csv");
    let list = list.to_string_lossy();
    for shard in ["1/2", "2/2"] {
        let out = format!("part {}", &shard[..1]);
        assert_eq!(class.grade(&out, &["--roster", &list, "--seed", "7", "--shard", shard]).0, 0);
    }
    assert_eq!(class.grade("whole", &["--roster", &list, "--seed", "7"]).0, 0);
    super::runs::merged(&class, &["part 1", "part 2"], "out");
    super::assert_same(&class.path("out"), &class.path("whole"));
    assert!(statuses(&class).contains(&("cy".to_owned(), NOTHING.to_owned())));
}

#[test]
fn two_names_that_differ_in_capital_letters_alone_are_both_named() {
    let class = Class::new(&[("ann", "it grows")]);
    let path = class.path("list.csv");
    fs::write(&path, "ann\nbo\nAnn\n").unwrap();
    let error = format!("{:#}", super::super::roster::Roster::read(&path).unwrap_err());
    assert!(error.contains("ann and Ann differ in capital letters alone"), "{error}");
}
