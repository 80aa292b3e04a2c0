//! What is near a question, in all the ways in which learners have written there.

mod above_all;
mod merged;
mod replaced;
mod without_marks;

use std::fs;

use serde_json::{Value, json};

use super::*;

const CHAPTER: &str = r#"//! Test.
fn main() -> neurobook::Result<()> {
// %% [markdown]
// # Title
// The time series of a brain.

// %% [markdown] text id=why points=2
// **Why does it grow?**
//
// SOLUTION
// Because a > 0.
// STUB
// 1. The reason:
// 2. A doubt:
// END

// %% [markdown] hint
// Look at a.

// %% [markdown] hint
// Its sign.

// %%
let after = 1;

// %% [markdown]
// The end.

Ok(())
}
"#;

fn chapter() -> Chapter {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("01_test.rs");
    fs::write(&path, CHAPTER).unwrap();
    Chapter::read(&path, "01_test.rs").unwrap()
}

fn of(change: impl FnOnce(&mut Vec<Value>)) -> Written {
    let chapter = chapter();
    let bytes = made_of(&chapter, Variant::Student).to_json().into_bytes();
    let mut json: Value = serde_json::from_slice(&bytes).unwrap();
    change(json["cells"].as_array_mut().unwrap());
    written(&Notebook::parse_text("test", json.to_string().as_bytes()).unwrap(), &chapter, true)
}

fn position(cells: &[Value]) -> usize {
    cells.iter().position(|cell| cell["id"] == "why").unwrap()
}

fn cell(kind: &str, text: &str) -> Value {
    json!({"cell_type": kind, "id": "a1b2c3d4", "metadata": {}, "source": text, "outputs": [], "execution_count": null})
}

const OWN: &str = "It grows because a is positive.";

fn append(cell: &mut Value, text: &str) {
    let source: String = match &cell["source"] {
        Value::String(text) => text.clone(),
        lines => lines.as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect(),
    };
    cell["source"] = json!(source + text);
}

#[test]
fn what_is_written_anywhere_near_a_question_is_for_the_teacher_to_read() {
    type Change = fn(&mut Vec<Value>);
    let ways: [(&str, Change); 12] = [
        ("in its place", |cells| {
            let at = position(cells);
            append(&mut cells[at], &format!("\n{OWN}"));
        }),
        ("behind a line of the stub", |cells| {
            let at = position(cells);
            append(&mut cells[at], &format!(" {OWN}"));
        }),
        ("in place of all", |cells| {
            let at = position(cells);
            cells[at]["source"] = json!(OWN);
        }),
        ("below", |cells| {
            let at = position(cells);
            cells.insert(at + 1, cell("markdown", OWN));
        }),
        ("below an empty cell", |cells| {
            let at = position(cells);
            cells.insert(at + 1, cell("code", ""));
            cells.insert(at + 2, cell("markdown", OWN));
        }),
        ("below the hints", |cells| {
            let at = cells.iter().rposition(|cell| cell["metadata"]["neurobook"]["exercise"] == "why").unwrap();
            cells.insert(at + 1, cell("markdown", OWN));
        }),
        ("as a comment in code", |cells| {
            let at = position(cells);
            cells.insert(at + 1, cell("code", &format!("// {OWN}")));
        }),
        ("as raw text", |cells| {
            let at = position(cells);
            cells.insert(at + 1, cell("raw", OWN));
        }),
        ("above", |cells| {
            let at = position(cells);
            cells.insert(at, cell("markdown", OWN));
        }),
        ("in the prose above", |cells| {
            let at = position(cells);
            append(&mut cells[at - 1], &format!("\n{OWN}"));
        }),
        ("in a copy", |cells| {
            let at = position(cells);
            let mut copy = cells[at].clone();
            copy["id"] = json!("a1b2c3d4");
            append(&mut copy, &format!("\n{OWN}"));
            cells.push(copy);
        }),
        ("behind a split", |cells| {
            let at = position(cells);
            cells[at]["source"] = json!("**Why does it grow?**\n");
            cells.insert(at + 1, cell("markdown", &format!("1. The reason:\n{OWN}\n2. A doubt:")));
        }),
    ];
    for (way, change) in ways {
        let written = of(change);
        assert!(written.texts.get("why").is_some_and(|text| text.contains(OWN)), "{way}: {written:?}");
        assert!(written.unwritten.is_empty(), "{way}");
    }
}

#[test]
fn what_is_written_further_away_is_read_before_a_question_is_worth_nothing() {
    type Change = fn(&mut Vec<Value>);
    let ways: [(&str, Change); 5] = [
        ("as a comment in the chapter's own code", |cells| {
            let at = cells.iter().position(|cell| cell["source"][0] == "let after = 1;").unwrap();
            append(&mut cells[at], &format!(" // {OWN}"));
        }),
        ("at the end", |cells| cells.push(cell("markdown", OWN))),
        ("below the figure that the question is about", |cells| {
            let at = cells.iter().position(|cell| cell["source"][0] == "let after = 1;").unwrap();
            cells.insert(at + 1, cell("markdown", OWN));
        }),
        ("in the prose below", |cells| append(cells.last_mut().unwrap(), &format!("\n{OWN}"))),
        ("in a hint", |cells| {
            let at = cells.iter().position(|cell| cell["id"] == "why-hint-1").unwrap();
            append(&mut cells[at], &format!("\n{OWN}"));
        }),
    ];
    for (way, change) in ways {
        let written = of(change);
        assert!(written.texts.get("why").is_some_and(|text| text.contains(OWN)), "{way}: {written:?}");
        assert!(written.unwritten.is_empty() && written.far.contains("why") == (way != "in a hint"), "{way}");
        let answered = of(|cells| {
            let at = position(cells);
            append(&mut cells[at], "\nBecause.");
            change(cells);
        });
        assert_eq!(
            answered.texts["why"].contains(OWN),
            way == "in a hint",
            "an answer is not joined with notes: {way}"
        );
    }
}

#[test]
fn a_picture_that_colab_wrote_into_the_text_leaves_the_text_to_be_read() {
    let written = of(|cells| {
        let at = position(cells);
        append(&mut cells[at], &format!("\n![x](data:image/png;base64,{})\n{OWN}", "AAAA".repeat(200_000)));
    });
    assert!(
        written.texts["why"].ends_with(&format!("![x](attachment:picture-1.png)\n{OWN}")),
        "{}",
        written.texts["why"]
    );
    assert_eq!(written.pictures["why"][0].data.len(), 800_000);
}

#[test]
fn pictures_count_and_are_for_the_teacher_to_see() {
    type Change = fn(&mut Vec<Value>);
    let ways: [(&str, Change); 4] = [
        ("in its place", |cells| {
            let at = position(cells);
            append(&mut cells[at], "\n![image.png](attachment:image.png)");
            cells[at]["attachments"] = json!({"image.png": {"image/png": "AAEC"}});
        }),
        ("without a word about it", |cells| {
            let at = position(cells);
            cells[at]["attachments"] = json!({"image.png": {"image/png": "AAEC"}});
        }),
        ("below", |cells| {
            let at = position(cells);
            let mut below = cell("markdown", "![image.png](attachment:image.png)");
            below["attachments"] = json!({"image.png": {"image/png": ["AA\n", "EC"]}});
            cells.insert(at + 1, below);
        }),
        ("alone in a cell below", |cells| {
            let at = position(cells);
            let mut below = cell("markdown", "");
            below["attachments"] = json!({"image.png": {"image/png": "AAEC", "text/plain": "x"}});
            cells.insert(at + 1, below);
        }),
    ];
    for (way, change) in ways {
        let written = of(change);
        assert!(written.texts.contains_key("why") && written.unwritten.is_empty(), "{way}: {written:?}");
        let pictures = &written.pictures["why"];
        assert_eq!((pictures.len(), pictures[0].data.as_str()), (1, "AAEC"), "{way}");
    }
    let huge = "A".repeat(9_000_000);
    let written = of(|cells| {
        let at = position(cells);
        cells[at]["attachments"] = json!({"a.png": {"image/png": huge}, "b.pdf": {"application/pdf": "AAEC"}});
    });
    let pictures = &written.pictures["why"];
    assert_eq!((pictures.len(), pictures[0].name.as_str(), pictures[0].data.len()), (1, "a.png", 0));
}

#[test]
fn of_several_copies_all_that_are_written_count() {
    let written = of(|cells| {
        let at = position(cells);
        let copy = cells[at].clone();
        append(&mut cells[at], "\nfirst");
        for (number, text) in ["\nsecond", "", "\nthird"].into_iter().enumerate() {
            let mut copy = copy.clone();
            copy["id"] = json!(format!("copy{number}"));
            append(&mut copy, text);
            cells.push(copy);
        }
    });
    let text = &written.texts["why"];
    assert!(["first", "second", "third"].iter().all(|part| text.contains(part)), "{text}");
}

#[test]
fn where_nothing_is_written_there_is_no_answer() {
    type Change = fn(&mut Vec<Value>);
    let ways: [(&str, Change); 6] = [
        ("untouched", |_| ()),
        ("a line of code commented out, and another one in its place", |cells| {
            let at = cells.iter().position(|cell| cell["source"][0] == "let after = 1;").unwrap();
            cells[at]["source"] = json!("// let after = 1;\nlet after = 2;");
        }),
        ("emptied", |cells| {
            let at = position(cells);
            cells[at]["source"] = json!(" \n");
        }),
        ("a part of the question taken away", |cells| {
            let at = position(cells);
            cells[at]["source"] = json!("1. The reason:");
        }),
        ("code of one's own far away", |cells| cells.push(cell("code", "let mine = 1;"))),
        ("a question of another chapter", |cells| {
            let mut other = cells[position(cells)].clone();
            (other["id"], other["metadata"]["neurobook"]["exercise"]) = (json!("other"), json!("other"));
            append(&mut other, "\nBecause of that.");
            cells.push(other);
        }),
    ];
    for (way, change) in ways {
        let written = of(change);
        assert!(written.texts.is_empty() && written.unwritten.contains("why"), "{way}: {written:?}");
    }
    assert!(
        of(|cells| {
            let at = position(cells);
            cells.remove(at);
        })
        .unwritten
        .is_empty(),
        "its cell is gone"
    );
}

#[test]
fn thousands_of_copies_of_a_question_above_thousands_of_notes_are_read_in_no_time() {
    let begin = std::time::Instant::now();
    let written = of(|cells| {
        let question = cells[position(cells)].clone();
        cells.splice(0..0, (0..3_000).map(|_| question.clone()));
        cells.extend((0..3_000).map(|_| cell("markdown", &"note ".repeat(1_000))));
    });
    assert!(written.far.contains("why") && begin.elapsed().as_secs() < 10, "{:?}", begin.elapsed());
}
