//! The tables for Moodle and Canvas, read as their imports read them.
//!
//! Moodle (`lib/csvlib.class.php`, `mod/assign/feedback/offline/importgradeslib.php`): PHP's `fgetcsv`, to which a backslash
//! takes the meaning of a quote behind it; all rows as long as the first; written again with quotes, and read once more. A
//! grade goes to the number behind `Participant `, and an empty one is passed over.
//!
//! Canvas (`lib/gradebook_importer.rb`): a row whose first cell has `Points Possible` is nobody's. A grade goes to the number
//! in the second column, and an empty cell takes away what is there.

use std::collections::BTreeMap;
use std::fs;

use super::Class;

/// Rows as PHP's `fgetcsv` reads them.
fn php_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut characters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' if is_quoted => {
                field.push(character);
                field.extend(characters.next_if_eq(&'"'));
            }
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if is_quoted || field.is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut field)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(character),
        }
    }
    if !row.is_empty() || !field.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

/// The grades that Moodle takes from a table, by the participants' numbers.
fn moodle(text: &str) -> BTreeMap<String, f64> {
    let rows = php_rows(text.trim());
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "Moodle refuses rows of several lengths: {rows:?}");
    let quoted = |field: &String| format!("\"{}\"", field.replace('"', "\"\""));
    let again = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    let rows = php_rows(&rows.iter().map(again).collect::<String>());
    let column = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    let (id, grade, _) = (column("Identifier"), column("Grade"), column("Last modified (grade)"));
    let rows = rows[1..].iter().filter(|row| !row[grade].is_empty());
    rows.map(|row| (row[id]["Participant ".len()..].to_owned(), row[grade].parse().unwrap())).collect()
}

/// What Canvas does to the grades, by the students' numbers; `None` where it takes one away.
fn canvas(text: &str) -> BTreeMap<u64, Option<f64>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows = reader.records().map(Result::unwrap);
    let head = rows.next().unwrap();
    assert!(head[0].contains("Student") && head[1].contains("ID"));
    assert_eq!((&head[2], &head[3], &head[4]), ("SIS User ID", "SIS Login ID", "Section"));
    // A line of semicolons would be read with these between its cells.
    assert!(text.lines().take(3).all(|line| !line.contains(';')), "{text}");
    let rows = rows.filter(|row| !row[0].contains("Points Possible"));
    rows.map(|row| (row[1].parse().unwrap(), row[5].parse().ok())).collect()
}

/// A class of these submissions, of whom these are in Moodle's or Canvas's list, with all answers marked.
fn class(submissions: &[&str], list: &str) -> Class {
    let class = Class::new(&submissions.iter().map(|id| (*id, "it grows")).collect::<Vec<_>>());
    fs::write(class.path("list.csv"), list).unwrap();
    assert_eq!(class.grade("out", &["--roster", &class.path("list.csv").to_string_lossy()]).0, 0);
    let sheet = class.read("out/written/answers.csv");
    let mut reader = csv::Reader::from_reader(sheet.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        writer.write_record(row.iter().enumerate().map(|(at, cell)| if at == 5 { "1" } else { cell })).unwrap();
    }
    fs::write(class.path("filled.csv"), writer.into_inner().unwrap()).unwrap();
    let (sheet, out) = (class.path("filled.csv"), class.path("out"));
    assert_eq!(class.command(&["grade", "--marks", &sheet.to_string_lossy(), "--out", &out.to_string_lossy()]).0, 0);
    class
}

#[test]
fn phps_backslash_is_read_as_php_reads_it() {
    // As `php -r` with `fgetcsv` says.
    assert_eq!(php_rows("a,\"b\\\",2,9\nc"), [["a", "b\\\",2,9\nc"]]);
    assert_eq!(php_rows("a,\"b\"\"c\"\nd,e\\\n"), [["a", "b\"c"], ["d", "e\\"]]);
}

#[test]
fn no_name_moves_a_grade_in_moodles_import() {
    let names = [r"bo\", r#"A\"",9,9,"""#, r#"Li, \"#, "Points Possible", "a;b", "=1+1", "c\nd"];
    let row = |(at, name): (usize, &&str)| format!("Participant {},\"{}\"\n", 200 + at, name.replace('"', "\"\""));
    let list: String = names.iter().enumerate().map(row).collect();
    let class = class(&["Anna Ek_123", "Zoe_124"], &format!("Identifier,Full name\n{list}"));
    let grades = moodle(&class.read("out/moodle.csv"));
    assert_eq!(grades.keys().collect::<Vec<_>>(), ["123", "124"], "{grades:?}");
}

#[test]
fn canvas_keeps_the_grades_of_those_who_have_no_mark_here() {
    let list = "Student,ID,Section\n\"Ek, Anna\",12,A\n\"Li, Cy\",14,A\nPoints Possible,15,A\n";
    let class = class(&["ekanna_12", "Points Possible_15", "x_16"], list);
    let grades = canvas(&class.read("out/canvas.csv"));
    assert_eq!(grades.keys().collect::<Vec<_>>(), [&12, &15, &16], "Canvas would take away 14's excuse");
    assert!(grades.values().all(Option::is_some), "{grades:?}");
}

#[test]
fn nobody_gets_a_grade_by_the_number_of_another() {
    let class = class(&["Anna Ek_77", "mallory_077", "bo_78"], "Identifier,Full name\nParticipant 77,Anna Ek\n");
    assert_eq!(moodle(&class.read("out/moodle.csv")).into_keys().collect::<Vec<_>>(), ["78"]);
    assert_eq!(canvas(&class.read("out/canvas.csv")).into_keys().collect::<Vec<_>>(), [78]);
}
