//! Answers in notebooks that have lost all ids and roles, as other programs save them: they are what they are with them.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::*;
use crate::chapter::Kind;
use crate::chapter::course::Course;

/// The chapters with their notebooks' cells.
pub(super) fn chapters(variant: Variant) -> Vec<(Chapter, Vec<Value>)> {
    let course = Course::at(crate::caches::root());
    let read = |name: String| Chapter::read(&course.source(&name), &name).unwrap();
    let chapters = course.chapters().unwrap().into_iter().map(read);
    let all: Vec<_> = chapters
        .filter(|chapter| chapter.cells.iter().any(|cell| matches!(cell.kind, Kind::Text(_))))
        .map(|chapter| {
            let json: Value = serde_json::from_str(&made_of(&chapter, variant).to_json()).unwrap();
            let mut cells = json["cells"].as_array().unwrap().clone();
            for cell in &mut cells {
                cell["source"] = json!(source(cell));
            }
            (chapter, cells)
        })
        .collect();
    assert!(all.len() >= 10, "the course has its chapters");
    all
}

pub(super) fn source(cell: &Value) -> String {
    match &cell["source"] {
        Value::String(text) => text.clone(),
        lines => lines.as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect(),
    }
}

pub(super) fn found(cells: &[Value], chapter: &Chapter) -> Written {
    let json = json!({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4});
    written(&Notebook::parse_text("test", json.to_string().as_bytes()).unwrap(), chapter, true)
}

/// The cells as programs leave them that know nothing of ids and of the course's metadata.
pub(super) fn bare(cells: &[Value]) -> Vec<Value> {
    let mut cells = cells.to_vec();
    for cell in &mut cells {
        cell.as_object_mut().unwrap().remove("id");
        cell["metadata"] = json!({});
    }
    cells
}

/// The cells with one of the two.
fn half_bare(cells: &[Value]) -> [Vec<Value>; 2] {
    let (mut without_ids, mut without_roles) = (cells.to_vec(), cells.to_vec());
    without_ids.iter_mut().for_each(|cell| _ = cell.as_object_mut().unwrap().remove("id"));
    without_roles.iter_mut().for_each(|cell| cell["metadata"] = json!({}));
    [without_ids, without_roles]
}

pub(super) fn questions(chapter: &Chapter) -> Vec<String> {
    let asks = chapter.cells.iter().filter(|cell| matches!(cell.kind, Kind::Text(_)));
    asks.map(|cell| cell.asks().unwrap().id.clone()).collect()
}

pub(super) fn place_of(cells: &[Value], id: &str) -> usize {
    cells.iter().position(|cell| cell["id"] == id).unwrap()
}

pub(super) fn same(one: &Written, other: &Written, what: &str) {
    assert_eq!(one.texts, other.texts, "{what}");
    assert_eq!(one.unwritten, other.unwritten, "{what}");
    assert_eq!(one.far, other.far, "{what}");
}

/// A way to answer the question in this place.
type Style = fn(&mut Vec<Value>, usize, &str);

const STYLES: [(&str, Style); 12] = [
    ("nothing", |_, _, _| ()),
    ("in its place", |cells, at, words| append(&mut cells[at], &format!("\n\n{words}"))),
    ("behind each label", |cells, at, words| {
        let lines = source(&cells[at]).lines().map(|line| format!("{line} {words}\n")).collect::<String>();
        cells[at]["source"] = json!(lines);
    }),
    ("in place of the invitation and all below", |cells, at, words| {
        let text = source(&cells[at]);
        let above = text.split("\n\n*Click").next().unwrap();
        cells[at]["source"] = json!(format!("{above}\n\n{words}"));
    }),
    ("above the question in its cell", |cells, at, words| {
        cells[at]["source"] = json!(format!("{words}\n\n{}", source(&cells[at])));
    }),
    ("with a letter more in its first line", |cells, at, words| {
        let text = source(&cells[at]);
        let (first, rest) = text.split_once('\n').unwrap();
        cells[at]["source"] = json!(format!("x{first}\n{rest}\n{words}"));
    }),
    ("in a cell below", |cells, at, words| cells.insert(at + 1, cell("markdown", words))),
    ("in a comment below", |cells, at, words| cells.insert(at + 1, cell("code", &format!("// {words}")))),
    ("below its first hint", |cells, at, words| {
        let at = (at + 1..cells.len()).find(|&at| cells[at]["metadata"]["neurobook"]["role"] == "hint").unwrap();
        cells.insert(at + 1, cell("raw", words));
    }),
    ("in its first hint", |cells, at, words| {
        let at = (at + 1..cells.len()).find(|&at| cells[at]["metadata"]["neurobook"]["role"] == "hint").unwrap();
        append(&mut cells[at], &format!("\n{words}"));
    }),
    ("in two cells", |cells, at, words| {
        let text = source(&cells[at]);
        let (question, labels) = text.split_once("*Click").unwrap();
        cells[at]["source"] = json!(question);
        cells.insert(at + 1, cell("markdown", &format!("*Click{labels}\n{words}")));
    }),
    ("with other line ends and white space", |cells, at, words| {
        let text = source(&cells[at]).replace('\n', "  \r\n");
        cells[at]["source"] = json!(format!("\u{feff}{text}\t\r\n{words}"));
    }),
];

#[test]
fn answers_in_all_styles_are_what_they_are_with_ids_and_roles() {
    for (chapter, cells) in chapters(Variant::Student) {
        let ids = questions(&chapter);
        let mut dice = Pcg64Mcg::seed_from_u64(20_261_130);
        for round in 0..STYLES.len() + 4 {
            let mut cells = cells.clone();
            let mut styles = BTreeMap::new();
            for id in &ids {
                let (name, style) = STYLES.get(round).unwrap_or_else(|| &STYLES[dice.random_range(0..STYLES.len())]);
                let at = place_of(&cells, id);
                style(&mut cells, at, &format!("My words on zebra_{id}."));
                styles.insert(id.clone(), *name);
            }
            let (with, without) = (found(&cells, &chapter), found(&bare(&cells), &chapter));
            same(&with, &without, &format!("{}, {styles:?}", chapter.name));
            for half in half_bare(&cells).iter().filter(|_| round == 0 || round >= STYLES.len()) {
                same(&with, &found(half, &chapter), &format!("{}, half, {styles:?}", chapter.name));
            }
            for (id, style) in styles.iter().filter(|(_, style)| **style != "nothing") {
                let told = |id: &String| without.texts[id].contains(&format!("zebra_{id}."));
                assert!(told(id) && !without.far.contains(id), "{}: {id}, {style}", chapter.name);
            }
        }
    }
}

#[test]
fn an_untouched_notebook_has_no_answers_and_a_solution_has_all() {
    for (chapter, cells) in chapters(Variant::Student) {
        let found = found(&bare(&cells), &chapter);
        assert!(found.texts.is_empty(), "{}: {:?}", chapter.name, found.texts);
        assert_eq!(found.unwritten.into_iter().collect::<BTreeSet<_>>(), questions(&chapter).into_iter().collect());
    }
    for (chapter, cells) in chapters(Variant::Solution) {
        let without = found(&bare(&cells), &chapter);
        same(&found(&cells, &chapter), &without, &chapter.name);
        assert_eq!(without.texts.len(), questions(&chapter).len(), "{}", chapter.name);
    }
}

#[test]
fn an_answer_is_never_counted_for_another_question() {
    for (chapter, cells) in chapters(Variant::Student) {
        let ids = questions(&chapter);
        // Each in its turn is answered alone, with the first line of the next question in its words.
        for (number, id) in ids.iter().enumerate() {
            let mut cells = cells.clone();
            let next = source(&cells[place_of(&cells, &ids[(number + 1) % ids.len()])]);
            let at = place_of(&cells, id);
            append(&mut cells[at], &format!("\nOf this:\n{}\nI say zebra.", next.lines().next().unwrap()));
            let (with, without) = (found(&cells, &chapter), found(&bare(&cells), &chapter));
            same(&with, &without, &format!("{}: {id}", chapter.name));
            assert_eq!(without.texts.keys().collect::<Vec<_>>(), [id], "{}", chapter.name);
        }
    }
}

#[test]
fn a_part_of_a_question_is_enough() {
    for (chapter, cells) in chapters(Variant::Student) {
        for id in questions(&chapter) {
            let at = place_of(&cells, &id);
            let text = source(&cells[at]);
            let (question, labels) = text.split_once("*Click").unwrap();
            let labels = labels.split_once('\n').map_or("", |(_, labels)| labels.trim());
            let first = question.lines().next().unwrap();
            let labelled: String = labels.lines().map(|label| format!("{label} It is zebra.\n")).collect();
            for left in [format!("{first}\nIt is zebra."), format!("{first} It is zebra."), labelled] {
                if left.is_empty() {
                    continue;
                }
                let mut cells = cells.clone();
                cells[at]["source"] = json!(left);
                let found = found(&bare(&cells), &chapter);
                let expected = BTreeMap::from([(id.clone(), left)]);
                assert_eq!(found.texts, expected, "{}: {id}", chapter.name);
            }
        }
    }
}

#[test]
fn an_answer_in_place_of_a_question_is_found_above_its_hints() {
    let mut count = 0;
    for (chapter, cells) in chapters(Variant::Student) {
        for id in questions(&chapter) {
            let mut cells = cells.clone();
            let at = place_of(&cells, &id);
            cells[at]["source"] = json!("It is zebra.");
            let found = found(&bare(&cells), &chapter);
            let is_below_question =
                matches!(cells[at - 1]["metadata"]["neurobook"]["role"].as_str(), Some("text" | "hint" | "solution"));
            count += usize::from(is_below_question);
            match is_below_question {
                // It may be the answer to that question, so nobody says that there is none to this one.
                true => assert!(!found.unwritten.contains(&id), "{}: {id}", chapter.name),
                false => assert_eq!(
                    found.texts,
                    BTreeMap::from([(id.clone(), "It is zebra.".to_owned())]),
                    "{}",
                    chapter.name
                ),
            }
        }
    }
    assert!(count < 20, "{count}");
}

#[test]
fn a_question_without_id_beside_one_with_it_is_a_copy_and_no_question() {
    let (chapter, cells) = chapters(Variant::Student).swap_remove(1);
    let id = &questions(&chapter)[0];
    let at = place_of(&cells, id);
    let mut copy = cell("markdown", &source(&cells[at]));
    append(&mut copy, "\nzebra");
    let mut cells = cells;
    cells.push(copy);
    let found = found(&cells, &chapter);
    assert!(found.texts[id].contains("zebra") && found.far.contains(id));
}

#[test]
fn a_large_notebook_is_read_in_a_time_that_follows_its_size() {
    let (chapter, cells) = chapters(Variant::Student).swap_remove(1);
    let own = bare(&cells);
    let lines: Vec<String> =
        own.iter().flat_map(|cell| source(cell).lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let all = lines.join("\n");
    for text in [all.repeat(5_000_000 / all.len()), "<details>\n".repeat(500_000), "1. The ".repeat(700_000)] {
        let begin = std::time::Instant::now();
        let mut cells = own.clone();
        cells.push(cell("markdown", &text));
        found(&bare(&cells), &chapter);
        assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
    }
}
