use proptest::prelude::*;
use serde_json::json;

use super::*;

const RUST: &str = r#"{"kernelspec": {"name": "rust", "display_name": "Rust", "language": "rust"}}"#;

fn with(metadata: &str, minor: u64, cells: &str) -> String {
    format!(r#"{{"cells": [{cells}], "metadata": {metadata}, "nbformat": 4, "nbformat_minor": {minor}}}"#)
}

fn code(source: &str) -> String {
    format!(r#"{{"cell_type": "code", "execution_count": null, "metadata": {{}}, "outputs": [], "source": {source}}}"#)
}

fn parse(text: &str) -> Result<Notebook> {
    Notebook::parse("a.ipynb", text.as_bytes(), Outputs::Keep)
}

#[test]
fn each_bad_notebook_is_refused_with_what_to_do() {
    let python =
        r#"{"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}"#;
    let cases = [
        (String::new(), "a.ipynb is empty: is it a notebook?"),
        ("{\n \"cells\": [}".into(), "a.ipynb is not JSON (line 2, column 12): is it a notebook?"),
        (
            "{\"cells\": [\n<<<<<<< HEAD\n".into(),
            "a.ipynb holds the marks of an unfinished merge (line 2): settle it first, or take one side whole",
        ),
        ("<!DOCTYPE html>".into(), "a.ipynb is a web page, not a notebook: download the .ipynb file itself"),
        ("[]".into(), "a.ipynb holds no JSON object: is it a notebook?"),
        ("{}".into(), "a.ipynb has no nbformat: is it a notebook?"),
        (r#"{"nbformat": 4}"#.into(), "a.ipynb has no list of cells: is it a notebook?"),
        (
            r#"{"nbformat": 3, "worksheets": []}"#.into(),
            "a.ipynb is of nbformat 3: open it in JupyterLab and save it once, which makes it nbformat 4",
        ),
        (
            r#"{"nbformat": 5, "cells": []}"#.into(),
            "a.ipynb is of nbformat 5, and this program reads 4: save it as nbformat 4, or use a newer neurobook",
        ),
        (
            with(python, 5, ""),
            "a.ipynb is a Python notebook (kernel `python3`): open it in JupyterLab, choose the kernel Rust and save it, if it is one of this course",
        ),
        (with(RUST, 5, "7"), "a.ipynb: cell 1 is not an object: is it a notebook?"),
        (with(RUST, 5, "{}"), "a.ipynb: cell 1 has no cell_type: make it code or markdown"),
        (
            with(RUST, 5, r#"{"cell_type": "heading"}"#),
            "a.ipynb: cell 1 is of the unknown type `heading`: make it code or markdown",
        ),
        (with(RUST, 5, &code("7")), "a.ipynb: cell 1 has no text: its source must be a string or a list of lines"),
    ];
    for (text, message) in cases {
        for outputs in [Outputs::Keep, Outputs::Drop] {
            assert_eq!(Notebook::parse("a.ipynb", text.as_bytes(), outputs).unwrap_err().to_string(), message);
        }
    }
    let bytes = [b'{', 0xff];
    assert_eq!(
        Notebook::parse("a.ipynb", &bytes, Outputs::Keep).unwrap_err().to_string(),
        "a.ipynb is not UTF-8 (byte 1): if it is a notebook, save it as UTF-8"
    );
}

#[test]
fn notebooks_of_other_editors_and_ages_are_read() {
    let vscode = r#"{"language_info": {"name": "rust"}, "orig_nbformat": 4}"#;
    let colab = r#"{"colab": {"provenance": []}, "kernelspec": {"name": "rust", "display_name": "Rust"}}"#;
    for metadata in [RUST, vscode, colab, "{}"] {
        for minor in 0..=5 {
            let notebook = parse(&with(metadata, minor, &code(r#"["let a = 1;\n", "a"]"#))).unwrap();
            assert_eq!(notebook.cells[0].source(), "let a = 1;\na");
        }
    }
    assert!(parse(r#"{"cells": [], "nbformat": 4}"#).unwrap().cells.is_empty());
    let colab_cell = r#"{"cell_type": "markdown", "metadata": {"id": "why"}, "source": "one\r\ntwo"}"#;
    let cell = &parse(&with(colab, 0, colab_cell)).unwrap().cells[0];
    assert_eq!((cell.id(), cell.source().as_str(), cell.is_markdown()), (Some("why"), "one\ntwo", true));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_obstacle() {
    let text = format!("\u{feff}{}", with(RUST, 5, &code("\"a\"")).replace(", ", ",\r\n"));
    assert_eq!(parse(&text).unwrap().cells.len(), 1);
}

#[test]
fn cells_with_the_same_id_are_both_named_and_reading_goes_on() {
    let cell = |id: &str| format!(r#"{{"cell_type": "markdown", "id": "{id}", "metadata": {{}}, "source": []}}"#);
    let notebook = parse(&with(RUST, 5, &[cell("a"), cell("b"), cell("a")].join(","))).unwrap();
    assert_eq!(notebook.cells.len(), 3);
    assert_eq!(notebook.warnings, ["a.ipynb: cells 1 and 3 have the same id `a`: delete the one that is a copy"]);
}

#[test]
fn what_is_unknown_is_written_back_as_it_was() {
    let cell = r#"{"attachments": {"a.png": {"image/png": "AA=="}}, "cell_type": "markdown", "future": [1, {"a": null}], "id": "x", "metadata": {"vscode": {"languageId": "rust"}}, "source": "text"}"#;
    let text = with(r#"{"kernelspec": {"name": "rust"}, "mine": {"b": 1, "a": 2.5}}"#, 4, cell);
    let written = parse(&text).unwrap().to_json();
    let before: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), before);
    assert_eq!(parse(&written).unwrap().to_json(), written);
}

#[test]
fn a_new_notebook_has_the_bytes_that_jupyter_writes() {
    let mut notebook = Notebook::new(
        Object::from_iter([("title".to_string(), json!("T"))]),
        vec![Cell::code("a", "let x = \"ä\";\nx"), Cell::markdown("b", "")],
    );
    let stream = json!({"output_type": "stream", "name": "stdout", "text": "1\n2"});
    let display = json!({"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>\n</b>", "application/json": "a\nb"}});
    notebook.cells[0].set_outputs(Some(1), vec![stream, display]);
    let expected = r#"{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "a",
   "metadata": {},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "1\n",
      "2"
     ]
    },
    {
     "data": {
      "application/json": "a\nb",
      "text/html": [
       "<b>\n",
       "</b>"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": [
    "let x = \"ä\";\n",
    "x"
   ]
  },
  {
   "cell_type": "markdown",
   "id": "b",
   "metadata": {},
   "source": []
  }
 ],
 "metadata": {
  "title": "T"
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
"#;
    assert_eq!(notebook.to_json(), expected);
}

#[test]
fn fifty_megabytes_of_outputs_are_read_or_passed_over() {
    let output = json!({"output_type": "stream", "name": "stdout", "text": "0123456789".repeat(5_000_000)});
    let mut notebook = Notebook::new(Object::new(), vec![Cell::code("a", "let x = 1;")]);
    notebook.cells[0].set_outputs(Some(3), vec![output]);
    let text = notebook.to_json();
    assert_eq!(parse(&text).unwrap(), notebook);
    let lean = Notebook::parse("a.ipynb", text.as_bytes(), Outputs::Drop).unwrap();
    assert_eq!((lean.cells[0].source().as_str(), lean.cells[0].outputs()), ("let x = 1;", &[][..]));
}

fn any_json() -> impl Strategy<Value = Value> {
    let words =
        ["cells", "metadata", "nbformat", "cell_type", "code", "source", "outputs", "id", "kernelspec", "name", "rust"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..6u64).prop_map(Value::from),
        prop::sample::select(words.to_vec()).prop_map(Value::from)
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        let key = prop::sample::select(words.to_vec()).prop_map(String::from);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6).prop_map(|pairs| Value::Object(pairs.into_iter().collect()))
        ]
    })
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in prop_oneof![any::<String>(), any_json().prop_map(|value| value.to_string()), any_json().prop_map(|cell| with(RUST, 5, &cell.to_string()))]) {
        for outputs in [Outputs::Keep, Outputs::Drop] {
            if let Ok(notebook) = Notebook::parse("a.ipynb", text.as_bytes(), outputs) {
                prop_assert!(parse(&notebook.to_json()).is_ok());
            }
        }
    }
}

#[test]
fn what_is_no_text_of_a_notebook_takes_no_memory_and_is_no_error() {
    let filler = "[[0,1],{\"a\":{}}],".repeat(200_000);
    let text = format!(
        "{{\"x\":[{filler}0],\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{{\"y\":[{filler}0],\"neurobook\":{{\"chapter\":\"02_x\"}}}},\
         \"cells\":[{{\"cell_type\":\"code\",\"id\":7,\"outputs\":[{filler}0],\"metadata\":{{\"neurobook\":{{\"exercise\":\"e\",\"role\":\"answer\"}}}},\
         \"source\":[\"a\\n\",\"b\"]}}]}}"
    );
    let notebook = Notebook::parse_text("a.ipynb", text.as_bytes()).unwrap();
    assert_eq!(notebook.cells[0].source(), "a\nb");
    assert_eq!((notebook.cells[0].exercise(), notebook.cells[0].id()), (Some("e"), None));
    assert!(notebook.to_json().len() < 1000);
    let many = format!("{{\"nbformat\":4,\"cells\":[{}{{}}]}}", "{},".repeat(20_000));
    let error = Notebook::parse_text("a.ipynb", many.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("more than 10000 cells"), "{error}");
    let deep = format!("{{\"cells\":{}", "[".repeat(1_000_000));
    assert!(Notebook::parse_text("a.ipynb", deep.as_bytes()).is_err());
}

#[test]
fn no_number_and_no_name_of_pictures_is_more_than_a_page_can_hold() {
    let names = |prefix: usize| -> Object {
        (0..90).map(|number| (format!("{number}{}", "<".repeat(prefix)), json!({"image/png": ""}))).collect()
    };
    let cell = |number: usize| json!({"cell_type": "markdown", "id": number.to_string(), "metadata": {}, "source": "", "attachments": names(5_000)});
    let text =
        json!({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": (0..20).map(cell).collect::<Vec<_>>()});
    let notebook = Notebook::parse_text("a.ipynb", text.to_string().as_bytes()).unwrap();
    let pictures: Vec<_> = notebook.cells.iter().flat_map(Cell::pictures).collect();
    assert_eq!(pictures.len(), 100);
    assert!(pictures.iter().all(|picture| picture.name.chars().count() <= 201));
}

#[test]
fn grading_knows_what_a_question_of_an_older_chapter_began_as() {
    let cell = json!({"cell_type": "markdown", "source": "*Write here.*", "metadata": {"neurobook": {"role": "text", "stub": "0a1b"}}});
    let text = json!({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]});
    let notebook = Notebook::parse_text("a.ipynb", text.to_string().as_bytes()).unwrap();
    assert_eq!(notebook.cells[0].metadata(&["neurobook", "stub"]), Some(&json!("0a1b")));
}
