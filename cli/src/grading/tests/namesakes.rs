//! A class of a thousand in which many have the same name. They hand in one after the other, in an order of chance,
//! through Moodle, through Canvas and by mail, and the teacher marks what has come so far.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::super::submissions::Submissions;
use super::Class;

const NAMES: [&str; 8] = ["Anna Ek", "Bo", "Åsa Öst", "=1+1", "00123", "MAR1", "de la Cruz-Li", "bo"];
const SHEET: &str = "out/written/answers.csv";

/// The ways in which work comes: a folder for each.
const WAYS: [&str; 4] = ["moodle", "canvas", "group a", "group b"];

/// Somebody, and the file that they hand in.
struct Person {
    number: usize,
    file: PathBuf,
    id: String,
}

/// Of those who hand in by mail, everybody of group b has the name of somebody of group a.
fn person(number: usize) -> Person {
    let name = NAMES[number % NAMES.len()];
    let (file, id) = match number {
        0..500 => (format!("moodle/{name}_{number}_assignsubmission_file_/my work.ipynb"), format!("{name}_{number}")),
        500..900 => {
            let name = name.replace(' ', "").to_lowercase();
            (format!("canvas/{name}_{number}_{}_my work.ipynb", number + 40_000), format!("{name}_{number}"))
        }
        900..970 => (format!("group a/{name} {}.ipynb", number - 900), format!("{name} {}", number - 900)),
        _ => {
            let number = number - 970;
            let name = NAMES[(900 + number) % NAMES.len()];
            (format!("group b/{name} {number}.ipynb"), format!("{name} {number}"))
        }
    };
    Person { number, file: file.into(), id }
}

struct School {
    class: Class,
    came: Vec<Person>,
    /// Whose answers have been marked.
    marked: BTreeSet<usize>,
}

impl School {
    fn folders(&self) -> Vec<PathBuf> {
        WAYS.iter().map(|way| self.class.path(way)).filter(|folder| folder.exists()).collect()
    }

    fn hand_in(&mut self, person: Person) {
        let file = self.class.path(&person.file.to_string_lossy());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let notebook = serde_json::json!({
            "cells": [format!("person {}.", person.number)],
            "metadata": { "neurobook": { "chapter": "02_single_node_dynamics" } },
        });
        fs::write(file, notebook.to_string()).unwrap();
        self.came.push(person);
    }

    /// Gives somebody a name that nobody else has. Their mark was given to the old one.
    fn rename(&mut self, number: usize) {
        let position = self.came.iter().position(|person| person.number == number).unwrap();
        let person = self.came.swap_remove(position);
        fs::remove_file(self.class.path(&person.file.to_string_lossy())).unwrap();
        self.marked.remove(&number);
        let id = format!("{number} {}", person.id);
        self.hand_in(Person { number, file: person.file.with_file_name(format!("{id}.ipynb")), id });
    }

    fn grade(&self) {
        let folders = self.folders();
        let mut words = vec!["grade".to_owned(), "--out".to_owned(), self.class.path("out").display().to_string()];
        words.extend(folders.iter().map(|folder| folder.display().to_string()));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // 4 says that some could not be marked: two of one name.
        assert!([0, 4].contains(&self.class.command(&words).0));
    }

    /// Marks all answers that wait: each comment says whose answer the teacher has read.
    fn mark(&mut self) {
        let sheet = self.class.read(SHEET);
        let mut reader = csv::Reader::from_reader(sheet.trim_start_matches('\u{feff}').as_bytes());
        let columns = reader.headers().unwrap().clone();
        let column = |name: &str| columns.iter().position(|column| column == name).unwrap();
        let (mark, comment) = (column("mark"), column("comment"));
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&columns).unwrap();
        for row in reader.records() {
            let mut cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
            // Without an answer, the row waits for one.
            let Some(number) = cells.iter().find_map(|cell| number_after(cell, "person ")) else {
                writer.write_record(cells).unwrap();
                continue;
            };
            if cells[mark].is_empty() {
                cells[mark] = points(number).to_string();
                cells[comment] = format!("comment for {number}.");
                self.marked.insert(number);
            }
            assert_eq!(cells[comment], format!("comment for {number}."), "the sheet has another's comment");
            writer.write_record(cells).unwrap();
        }
        fs::write(self.class.path(SHEET), writer.into_inner().unwrap()).unwrap();
    }

    /// Everybody has one row and one page, with their own mark and comment or with none.
    fn judge(&self) {
        let mut people: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
        self.came.iter().for_each(|person| people.entry(&person.id).or_default().push(person));
        let table = self.class.read("out/grades.csv");
        let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let columns = reader.headers().unwrap().clone();
        let column = |name: &str| columns.iter().position(|column| column.contains(name)).unwrap();
        let (who, why) = (column("submission"), column("why"));
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), people.len());
        for row in rows {
            // A table never begins a cell with a sign that a spreadsheet would calculate.
            let id = row[who].strip_prefix('\'').unwrap_or(&row[who]);
            let page = self.class.read(&format!("out/feedback/{id}.html"));
            let comments: Vec<usize> = page
                .match_indices("comment for ")
                .filter_map(|(at, _)| number_after(&page[at..], "comment for "))
                .collect();
            match people[id][..] {
                [person] if self.marked.contains(&person.number) => {
                    assert_eq!(row[why].parse(), Ok(points(person.number)), "{id}");
                    assert!(!comments.is_empty() && comments.iter().all(|number| *number == person.number), "{id}");
                }
                // Of two by one name nobody is marked before the teacher says who is who.
                _ => {
                    assert!(comments.is_empty() && row[why].parse::<f64>().is_err(), "{id}: {comments:?} {}", &row[why])
                }
            }
        }
    }
}

/// The marks of neighbours differ.
fn points(number: usize) -> f64 {
    (number % 5) as f64 / 4.0
}

fn number_after(text: &str, words: &str) -> Option<usize> {
    let digits = text.split_once(words)?.1.split('.').next()?;
    digits.parse().ok()
}

#[test]
fn of_a_thousand_with_namesakes_who_come_one_by_one_nobody_gets_anothers_name_mark_or_comment() {
    let mut dice = Pcg64Mcg::seed_from_u64(20_261_129);
    let mut order: Vec<usize> = (0..1000).collect();
    order.shuffle(&mut dice);
    let mut school = School { class: Class::new(&[]), came: Vec::new(), marked: BTreeSet::new() };
    for (position, number) in order.into_iter().enumerate() {
        school.hand_in(person(number));
        let found = Submissions::find(&school.folders(), &[]).unwrap();
        let ids: BTreeSet<&str> = found.found.iter().map(|found| found.id.as_str()).collect();
        let expected: BTreeSet<&str> = school.came.iter().map(|person| person.id.as_str()).collect();
        assert_eq!(ids, expected, "after {} people", position + 1);
        // A run now and then, and often while there are few.
        if position < 20 || dice.random_range(0..150) == 0 || position == 999 {
            school.grade();
            school.judge();
            school.mark();
            school.grade();
            school.judge();
        }
    }
    // The teacher gives one of two by one name a name of their own.
    for number in 0..30 {
        school.rename(if number % 2 == 0 { 970 + number } else { 900 + number });
    }
    school.grade();
    school.judge();
    school.mark();
    school.grade();
    school.judge();
    assert_eq!(school.marked.len(), 1000);
}
