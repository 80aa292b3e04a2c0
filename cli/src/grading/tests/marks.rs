//! The sheet for written answers, as spreadsheets give it back.

use std::fs;

use super::Class;

const SHEET: &str = "out/written/answers.csv";

/// Writes the sheet with `mark` in the first row of this submission.
fn fill(class: &Class, submission: &str, mark: &str, comment: &str) -> String {
    let sheet = class.read(SHEET);
    let mut reader = csv::Reader::from_reader(sheet.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    for row in reader.records() {
        let mut cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        if cells[0] == submission {
            cells[5] = mark.to_owned();
            cells[6] = comment.to_owned();
        }
        writer.write_record(cells).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn row(class: &Class, submission: &str) -> String {
    let table = class.read("out/grades.csv");
    table.lines().find(|line| line.starts_with(submission)).unwrap().to_owned()
}

fn take(class: &Class, sheet: &str) -> u8 {
    fs::write(class.path("filled.csv"), sheet).unwrap();
    let (sheet, out) = (class.path("filled.csv"), class.path("out"));
    class.command(&["grade", "--marks", &sheet.to_string_lossy(), "--out", &out.to_string_lossy()]).0
}

#[test]
fn marks_given_by_hand_are_taken_and_survive_later_runs() {
    let class = Class::new(&[("anna", "it grows"), ("bo", "so")]);
    class.grade("out", &["--seed", "7"]);
    assert!(row(&class, "anna").contains(",graded,1,"), "one answer waits");
    let before = row(&class, "bo");
    assert_eq!(take(&class, &fill(&class, "anna", "1.5", "-Good, but why?")), 0);
    assert!(row(&class, "anna").contains(",graded,0,") && row(&class, "anna").contains(",1.5,"));
    assert_eq!(row(&class, "bo"), before);
    assert!(class.read("out/feedback/anna.html").contains(">-Good, but why?<"));
    let marked = super::bytes_of(&class.path("out"));
    class.submit("cy", "late");
    fs::remove_file(class.path("in/cy.ipynb")).unwrap();
    assert_eq!(class.grade("out", &[]), (0, 0));
    assert!(marked == super::bytes_of(&class.path("out")), "a rerun keeps the marks");
}

#[test]
fn marks_given_by_hand_outlive_a_marking_that_failed_also_where_two_wrote_the_same() {
    let class = Class::new(&[("anna", "it grows"), ("bo", "it grows")]);
    class.grade("out", &["--seed", "7"]);
    assert_eq!(take(&class, &fill(&class, "anna", "1.5", "good")), 0);
    let before = super::bytes_of(&class.path("out"));
    class.submit("anna", "machine");
    assert_eq!(class.grade("out", &[]).0, 3);
    assert!(class.read(SHEET).contains(",1.5,good,"));
    // Another has written the same, and is not in the sheet yet.
    class.submit("cy", "it grows");
    assert_eq!(class.grade("out", &[]).0, 3);
    assert!(class.read(SHEET).contains(",1.5,good,"));
    class.submit("anna", "it grows");
    assert_eq!(class.grade("out", &[]).0, 0);
    let after = super::bytes_of(&class.path("out"));
    let of_anna = |files: &[(std::path::PathBuf, Vec<u8>)]| -> Vec<_> {
        files.iter().filter(|(name, _)| name.to_string_lossy().contains("anna")).cloned().collect()
    };
    assert!(of_anna(&before) == of_anna(&after) && row(&class, "anna").contains(",1.5,"), "the mark is hers again");
}

#[test]
fn the_sheet_may_be_filled_in_where_it_stands() {
    let class = Class::new(&[("anna", "it grows")]);
    class.grade("out", &[]);
    fs::write(class.path(SHEET), fill(&class, "anna", "2", "")).unwrap();
    assert_eq!(class.grade("out", &[]), (0, 0));
    assert!(row(&class, "anna").contains(",2,"));
}

#[test]
fn a_spreadsheets_semicolons_and_decimal_commas_are_understood() {
    let class = Class::new(&[("anna", "it grows")]);
    class.grade("out", &[]);
    assert_eq!(take(&class, "\u{feff}mark;exercise;submission;notes\r\n1,5;why;anna;x\r\n;;;\r\n"), 0);
    assert!(row(&class, "anna").contains(",1.5,"));
}

#[test]
fn a_wrong_cell_is_named_with_file_row_and_column_and_nothing_is_changed() {
    let class = Class::new(&[("anna", "it grows"), ("bo", "so")]);
    class.grade("out", &[]);
    let before = super::bytes_of(&class.path("out"));
    let sheet = "submission,exercise,mark\nanna,why,two\nbo,why,3\nnobody,why,1\nbo,euler,1\nanna,why,1\n";
    assert_eq!(take(&class, sheet), 2);
    assert!(before == super::bytes_of(&class.path("out")));
    let folder = super::super::Folder::at(&class.path("out"));
    let settings = super::super::Settings::read(&folder.path("run.json")).unwrap().unwrap();
    let collect = |path: &str| super::super::Sheet::collect(&folder, &settings, Some(&class.path(path)));
    let error = collect("filled.csv").unwrap_err().to_string();
    for part in [
        "filled.csv, row 2, column mark: `two` is not a number: write a number from 0 to 2",
        "filled.csv, row 3, column mark: 3 is more than the exercise gives",
        "filled.csv, row 4, column submission: there is no submission `nobody` here",
        "filled.csv, row 5, column exercise: no exercise `euler` is answered in words; there are why",
        "filled.csv, row 6, column exercise: row 2 is about the same answer",
    ] {
        assert!(error.contains(part), "{part} is missing in\n{error}");
    }
    fs::write(class.path("filled.csv"), b"submission,exercise,mark\n\xfc,why,1\n").unwrap();
    assert!(collect("filled.csv").unwrap_err().to_string().contains("UTF-8"));
    fs::write(class.path("filled.csv"), "who,what\n").unwrap();
    assert!(collect("filled.csv").unwrap_err().to_string().contains("no column `submission`"));
}

#[test]
fn a_mark_does_not_pass_to_a_later_answer() {
    let class = Class::new(&[("anna", "it grows")]);
    class.grade("out", &[]);
    assert_eq!(take(&class, &fill(&class, "anna", "2", "fine")), 0);
    class.submit("anna", "it shrinks");
    assert_eq!(class.grade("out", &[]), (0, 1));
    assert!(row(&class, "anna").contains(",graded,1,"));
    assert!(class.read(SHEET).contains("[for an earlier answer: 2 points fine]"));
}

#[test]
fn marks_and_comments_of_several_sheets_are_joined_and_none_takes_away_what_another_says() {
    let class = Class::new(&[("anna", "it grows"), ("bo", "so")]);
    class.grade("out", &[]);
    let (of_one, of_other) = (fill(&class, "anna", "1.5", ""), fill(&class, "anna", "", "Why?"));
    for (first, second) in [(&of_one, &of_other), (&of_other, &of_one)] {
        take(&class, first);
        take(&class, second);
        assert!(row(&class, "anna").contains(",1.5,") && class.read(SHEET).contains(",1.5,Why?,"));
        fs::remove_file(class.path(SHEET)).unwrap();
    }
}

#[test]
fn where_one_column_was_sorted_alone_nobody_gets_the_mark_or_the_comment_of_another() {
    let class = Class::new(&[("anna", "it grows"), ("bo", "it shrinks")]);
    class.grade("out", &[]);
    let sheet = fill(&class, "anna", "2", "Well seen").replace("anna,why", "x,why");
    assert_eq!(take(&class, &sheet.replace("bo,why", "anna,why").replace("x,why", "bo,why")), 0);
    assert!(["anna", "bo"].iter().all(|id| row(&class, id).contains(",graded,1,")));
    assert!(!class.read(SHEET).contains("Well seen") && !class.read("out/feedback/bo.html").contains("Well seen"));
}

#[test]
fn an_older_sheet_does_not_take_away_the_mark_of_a_later_answer() {
    let class = Class::new(&[("anna", "it grows")]);
    class.grade("out", &[]);
    let older = fill(&class, "anna", "1", "so");
    take(&class, &older);
    class.submit("anna", "it grows exponentially");
    class.grade("out", &[]);
    take(&class, &fill(&class, "anna", "2", "better"));
    take(&class, &older);
    assert!(row(&class, "anna").contains(",2,") && class.read(SHEET).contains(",2,better,"), "{}", class.read(SHEET));
}

#[test]
fn no_cell_is_a_formula_and_an_odd_name_is_found_again() {
    let class = Class::new(&[("=HYPERLINK(1)", "x"), ("@sum", "x")]);
    class.grade("out", &[]);
    for table in ["out/grades.csv", SHEET] {
        let text = class.read(table);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for row in reader.records() {
            for cell in &row.unwrap() {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{table}: {cell}");
            }
        }
    }
    assert_eq!(take(&class, &fill(&class, "'@sum", "1", "")), 0);
    assert!(row(&class, "'@sum").contains(",graded,0,"));
}

#[test]
fn what_a_spreadsheet_has_made_of_a_name_is_taken_where_the_answer_tells_whose_it_is() {
    let class = Class::new(&[("00123", "it grows"), ("MAR1", "so it does"), ("bo", "no")]);
    class.grade("out", &[]);
    let sheet = fill(&class, "00123", "1.5", "").replace("00123,why", "123,why").replace("MAR1,why", "01-Mar,why");
    assert_eq!(take(&class, &sheet), 0);
    assert!(row(&class, "00123").contains(",1.5,"), "{}", row(&class, "00123"));
}

#[test]
fn a_mark_never_goes_to_another_submission_whose_name_a_spreadsheet_has_made() {
    let class = Class::new(&[("00123", "it grows"), ("123", "it shrinks")]);
    class.grade("out", &[]);
    let sheet = fill(&class, "00123", "1.5", "").replace("00123,why", "123,why");
    // The row of the real 123 is gone.
    let mut lines: Vec<&str> = sheet.lines().collect();
    lines.retain(|line| !line.contains("shrinks"));
    assert_eq!(take(&class, &lines.join("\n")), 2);
    assert!(row(&class, "123").contains(",graded,1,") && row(&class, "00123").contains(",graded,1,"));
}

#[test]
fn the_same_words_from_somebody_else_stop_no_run_and_take_no_mark() {
    let class = Class::new(&[("anna", "it grows")]);
    class.grade("out", &[]);
    assert_eq!(take(&class, &fill(&class, "anna", "2", "fine")), 0);
    // She writes something else, and who comes late writes what she had.
    class.submit("anna", "it shrinks");
    class.submit("bo", "it grows");
    assert_eq!(class.grade("out", &[]), (0, 2));
    assert!(row(&class, "anna").contains(",graded,1,") && row(&class, "bo").contains(",graded,1,"));
    // A row of nobody's is nobody's, whoever wrote the same.
    let class = Class::new(&[("bo", "it grows")]);
    class.grade("out", &[]);
    assert_eq!(take(&class, &fill(&class, "bo", "2", "").replace("bo,why", "anna,why")), 2);
    assert!(row(&class, "bo").contains(",graded,1,"));
}

#[test]
fn a_number_that_became_a_date_is_told_as_such() {
    let class = Class::new(&[("anna", "it grows")]);
    class.grade("out", &[]);
    fs::write(class.path("filled.csv"), fill(&class, "anna", "02.Mai", "")).unwrap();
    let folder = super::super::Folder::at(&class.path("out"));
    let settings = super::super::Settings::read(&folder.path("run.json")).unwrap().unwrap();
    let collected = super::super::Sheet::collect(&folder, &settings, Some(&class.path("filled.csv")));
    assert!(collected.unwrap_err().to_string().contains("takes for a date"));
}

#[test]
fn moodle_and_canvas_get_tables_that_their_imports_read() {
    let class = Class::new(&[("Anna Ek_123", "it grows"), ("=bo_77", "so"), ("without a number", "so")]);
    class.grade("out", &[]);
    assert!(class.read("out/grades.csv").starts_with('\u{feff}'));
    let rows = |name: &str| -> Vec<Vec<String>> {
        let text = class.read(name);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let moodle = rows("out/moodle.csv");
    for column in ["Identifier", "Grade", "Last modified (grade)"] {
        assert!(moodle[0].iter().any(|name| name == column), "{:?}", moodle[0]);
    }
    // An answer waits, so there is no grade yet.
    assert!(moodle.iter().any(|row| row[0] == "Participant 123" && row[2].is_empty()) && moodle.len() == 3);
    let canvas = rows("out/canvas.csv");
    assert_eq!(canvas[0][..5], ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]);
    assert_eq!((canvas[1][0].as_str(), canvas[1][5].as_str()), ("    Points Possible", "9"));
    assert_eq!(canvas.len(), 2, "an empty cell would take away a grade");
    let marked = fill(&class, "Anna Ek_123", "2", "");
    assert_eq!(take(&class, &marked), 0);
    assert!(rows("out/moodle.csv").iter().any(|row| row[0] == "Participant 123" && !row[2].is_empty()));
    assert_eq!(rows("out/canvas.csv")[2][1], "123");
    let marked = fill(&class, "'=bo_77", "2", "");
    assert_eq!(take(&class, &marked), 0);
    let canvas = rows("out/canvas.csv");
    assert!(canvas.len() == 4 && canvas.iter().all(|row| !row[0].starts_with('=')), "{canvas:?}");
}
