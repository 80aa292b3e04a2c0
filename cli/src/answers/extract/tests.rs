//! Notebooks as people make them, and as people make them who try something.

use std::time::{Duration, Instant};

use serde_json::json;

use super::*;

mod kernel_state;
mod limits;
mod random_notebooks;
mod states;

/// `volume` calls `area`, as its solution does; `edge` calls nothing.
const CHAPTER: &str = r#"//! Chapter 1.
fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Bodies

    // %%
    use neurobook::prelude::*;
    fn unit() -> f64 {
        1.0
    }

    // %% exercise id=area points=1
    fn area(a: f64) -> f64 {
        // SOLUTION
        a * a
        // STUB
        // blank!("the area")
        // END
    }

    // %% check
    check!(area(a) -> y);
    // CASES
    // one: 1.0
    // END

    // %% [markdown] hint
    // one

    // %% [markdown] hint
    // two

    // %% exercise id=volume points=1
    fn volume(a: f64) -> f64 {
        // SOLUTION
        a * area(a)
        // STUB
        // area(a)
        // END
    }

    // %% check
    check!(volume(a) -> y);
    // CASES
    // one: 1.0
    // END

    // %% [markdown] hint
    // one

    // %% [markdown] hint
    // two

    // %% exercise id=edge points=1
    fn edge(a: f64) -> f64 {
        // SOLUTION
        12.0 * a
        // STUB
        // blank!("the edge")
        // END
    }

    // %% check
    check!(edge(a) -> y);
    // CASES
    // one: 1.0
    // END

    // %% [markdown] hint
    // one

    // %% [markdown] hint
    // two

    Ok(())
}
"#;

pub fn chapter() -> Chapter {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("01_bodies.rs");
    std::fs::write(&path, CHAPTER).unwrap();
    Chapter::read(&path, "01_bodies.rs").unwrap_or_else(|error| panic!("{error:#}"))
}

/// The answer to an exercise in a notebook of these cells.
fn found(cells: &[&str], id: &str) -> Answer {
    found_in(cells, id, &chapter())
}

fn found_in(cells: &[&str], id: &str, chapter: &Chapter) -> Answer {
    answers(&notebook_of(cells), chapter).code.remove(id).unwrap()
}

pub fn notebook_of(cells: &[&str]) -> Notebook {
    let cells: Vec<_> =
        cells.iter().map(|text| json!({"cell_type": "code", "metadata": {}, "outputs": [], "source": text})).collect();
    let notebook = json!({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).to_string();
    Notebook::parse_text("a", notebook.as_bytes()).unwrap()
}

/// The texts of all forms of it.
fn forms(cells: &[&str], id: &str) -> Vec<String> {
    texts(&found(cells, id))
}

fn texts(answer: &Answer) -> Vec<String> {
    let Answer::Candidates(candidates) = answer else { panic!("{answer:?}") };
    let text =
        |candidate: &Candidate| candidate.pieces.iter().map(|piece| piece.text.clone()).collect::<Vec<_>>().join("\n");
    candidates.iter().map(text).collect()
}

#[test]
fn a_variable_with_the_name_of_a_function_brings_no_function_and_none_of_its_errors() {
    let helper = "fn kept(a: f64) -> f64 { edge(a) }";
    let broken = "fn edge(a: f64) -> f64 { missing(a) }";
    for cell in [
        "fn area(kept: f64) -> f64 { kept * kept }",
        "fn area(a: f64) -> f64 { let kept = a; kept * kept }",
        "fn area(a: f64) -> f64 { let mut sum = 0.0; for kept in [a] { sum += kept * kept; } sum }",
    ] {
        assert!(!forms(&[helper, broken, cell], "area")[0].contains("missing"), "{cell}");
    }
    let cell = "fn area(a: f64) -> f64 { let kept = kept(a); kept * a }";
    assert!(forms(&[helper, broken, cell], "area")[0].contains("missing"), "what is called is taken");
}

#[test]
fn all_impl_blocks_of_a_type_in_one_cell_go_with_it() {
    let cell = "struct Cube(f64);\nimpl Cube { fn new(a: f64) -> Cube { Cube(a) } }\nimpl Cube { fn face(&self) -> f64 { self.0 * self.0 } }\nfn area(a: f64) -> f64 { Cube::new(a).face() }";
    let forms = forms(&[cell], "area");
    assert!(forms.iter().all(|form| form.contains("fn new") && form.contains("fn face")), "{forms:?}");
}

#[test]
fn impl_blocks_of_several_cells_go_together_unless_one_defines_again_what_another_does() {
    let blocks = [
        "struct Cube(f64);",
        "impl Cube { fn new(a: f64) -> Cube { Cube(a) } }",
        "impl Cube { fn face(&self) -> f64 { self.0 } }",
        "impl Cube { fn face(&self) -> f64 { self.0 * self.0 } }",
        "fn area(a: f64) -> f64 { Cube::new(a).face() }",
    ];
    let forms = forms(&blocks, "area");
    let is_whole = |form: &String| form.contains("fn new") && form.contains("self.0 * self.0");
    assert!(forms.iter().any(is_whole), "{forms:?}");
    assert!(forms.iter().all(|form| form.matches("fn face").count() <= 1), "{forms:?}");
}

#[test]
fn of_a_trait_there_is_one_implementation_for_a_type_also_where_it_is_empty() {
    let marked = "trait Marked {}\nstruct Cube(f64);\nimpl Marked for Cube {}";
    let cell = "fn area(a: f64) -> f64 { fn of(cube: &impl Marked) {} of(&Cube(a)); a * a }";
    for form in forms(&[marked, marked, cell], "area") {
        assert!(form.matches("impl Marked for Cube").count() <= 1, "{form}");
    }
    let text = "impl<F> Cube<F> where F: for<'a> Fn(&'a f64) { fn f() {} }\nimpl for<'a> Fn<&'a f64> for Cube {}";
    let of_trait: Vec<bool> = items(text).unwrap().iter().map(|item| item.is_of_trait).collect();
    assert_eq!(of_trait, [false, true]);
}

#[test]
fn what_a_notebooks_own_macros_make_is_tried_where_nothing_else_compiles() {
    let cells = [
        "macro_rules! constant { ($name:ident, $value:expr) => { fn $name() -> f64 { $value } }; }\nconstant!(one, 1.0);\nprintln!(\"x\");",
        "use std::cell::Cell;\nthread_local! { static CALLS: Cell<u64> = const { Cell::new(0) } }",
        "fn area(a: f64) -> f64 { CALLS.with(|calls| calls.set(1)); a * a * one() }",
    ];
    let Answer::Candidates(candidates) = found(&cells, "area") else { panic!() };
    let has = |candidate: &Candidate, text: &str| candidate.pieces.iter().any(|piece| piece.text.contains(text));
    let with = candidates.iter().find(|candidate| has(candidate, "constant!(one, 1.0)")).unwrap();
    assert!(with.is_for_refused && has(with, "thread_local!") && !has(with, "println!"), "{with:?}");
    assert!(!has(&candidates[0], "constant!(one"));
}

#[test]
fn the_chapters_own_prose_is_not_taken_for_an_answer_in_a_cell_of_text() {
    let text = "| a function | `fn area(a: f64) -> f64` |";
    let said = |id: &str| {
        let cell = json!({"cell_type": "markdown", "id": id, "metadata": {}, "source": text});
        let notebook = json!({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}).to_string();
        let notebook = Notebook::parse_text("a", notebook.as_bytes()).unwrap();
        answers(&notebook, &chapter()).code.remove("area").unwrap()
    };
    assert!(matches!(said("mine"), Answer::Missing(why) if why.contains("but as text")));
    let made = crate::notebook::from_chapter::content_id(false, text);
    assert!(matches!(said(&made), Answer::Missing(why) if why.contains("No cell defines the function `area`")));
}

#[test]
fn a_variable_called_blank_is_no_blank() {
    let right = "fn area(a: f64) -> f64 { let blank = a; blank * a }";
    let forms = forms(&[right, "fn area(a: f64) -> f64 { a }"], "area");
    assert!(forms.iter().any(|form| form.contains("blank * a")), "{forms:?}");
}

#[test]
fn an_old_try_with_a_refused_word_does_not_take_away_from_a_later_one() {
    let old = "fn area(a: f64) -> f64 { unsafe { std::hint::black_box(a) } }";
    let forms = forms(&[old, "fn area(a: f64) -> f64 { a * a }"], "area");
    assert!(forms.iter().all(|form| !form.contains("unsafe")) && forms.iter().any(|form| form.contains("a * a")));
    assert!(matches!(found(&[old], "area"), Answer::Refused(_)));
    let imported = "use std::arch::global_asm as words;\nwords!(\"\");\nfn area(a: f64) -> f64 { a }";
    assert!(matches!(found(&[imported], "area"), Answer::Refused(_)));
}

#[test]
fn a_variable_called_asm_is_no_assembler() {
    let smoothing = "fn area(a: f64) -> f64 { let asm = a * a; asm }";
    assert!(matches!(found(&[smoothing], "area"), Answer::Candidates(_)));
}

#[test]
fn each_of_sixteen_versions_is_tried() {
    let versions: Vec<String> = (0..16).map(|number| format!("fn area(a: f64) -> f64 {{ a * {number}.0 }}")).collect();
    let cells: Vec<&str> = versions.iter().map(String::as_str).collect();
    let forms = forms(&cells, "area");
    for version in &versions {
        assert!(forms.iter().any(|form| form.contains(version.as_str())), "{version}");
    }
}

#[test]
fn what_two_cells_import_is_imported_once() {
    let above = "use ndarray::{Array1, Axis};\nfn rows(x: &Array1<f64>) -> Axis { Axis(x.len()) }";
    let own = "use ndarray::{Axis, Array2};\nuse std::fmt::Write as _;\nfn area(a: f64) -> f64 { rows(&Array1::zeros(3)); let _: Option<(Axis, Array2<f64>)> = None; a }";
    let forms = forms(&[above, own], "area");
    assert_eq!(forms[0].matches("use ndarray::Axis;").count(), 1, "{}", forms[0]);
    for name in ["use ndarray::Array1;", "use ndarray::Array2;", "use std::fmt::Write as _;"] {
        assert!(forms[0].contains(name), "{name} is not in\n{}", forms[0]);
    }
}

#[test]
fn a_trait_goes_with_who_calls_its_method_alone() {
    let helper =
        "trait Squared { fn squared(self) -> f64; }\nimpl Squared for f64 { fn squared(self) -> f64 { self * self } }";
    let forms = forms(&[helper, "fn area(a: f64) -> f64 { a.squared() }"], "area");
    assert!(forms[0].contains("trait Squared") && forms[0].contains("impl Squared for f64"), "{}", forms[0]);
}

#[test]
fn a_constant_of_a_trait_goes_with_who_names_it() {
    let helper = "trait Edge { const LOW: Self; }\nimpl Edge for f64 { const LOW: f64 = 4.0; }";
    let forms = forms(&[helper, "fn area(a: f64) -> f64 { a * f64::LOW }"], "area");
    assert!(forms[0].contains("trait Edge") && forms[0].contains("impl Edge for f64"), "{}", forms[0]);
}

#[test]
fn a_text_brings_the_constants_between_its_braces_and_no_function() {
    let above = "const UNIT: &str = \"mm\";\nfn a() -> Missing { 1 }\nmod words { pub const END: &str = \".\"; }";
    let own = "use words::END;\nfn area(a: f64) -> String { format!(\"{a:.2} {UNIT}{END}\") }";
    let forms = forms(&[above, own], "area");
    for piece in ["const UNIT", "use words::END;", "mod words"] {
        assert!(forms[0].contains(piece), "{piece} is not in\n{}", forms[0]);
    }
    assert!(!forms[0].contains("fn a("), "{}", forms[0]);
}

#[test]
fn a_module_a_function_and_a_macro_may_bear_one_name() {
    let all = [
        "mod area { pub fn of(a: f64) -> f64 { a } }",
        "macro_rules! area { ($a:expr) => { area::of($a) }; }",
        "fn area(a: f64) -> f64 { area!(a) * a }",
    ];
    for cells in [vec![all.join("\n")], all.map(str::to_owned).to_vec()] {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let forms = forms(&cells, "area");
        assert!(all.iter().all(|piece| forms[0].contains(piece)), "{}", forms[0]);
    }
}

#[test]
fn a_function_of_the_notebooks_own_may_be_brought_in_by_an_import() {
    let mine = "mod mine { pub fn size(a: f64) -> f64 { a * a } }";
    let stub = "fn area(a: f64) -> f64 { blank!(\"the area\") }";
    for cells in [vec![stub, mine, "use mine::size as area;"], vec![&*format!("{mine}\nuse mine::size as area;")]] {
        let forms = forms(&cells, "area");
        assert!(forms[0].contains("use mine::size as area;") && forms[0].contains(mine), "{}", forms[0]);
        assert!(!forms[0].contains("blank!"), "{}", forms[0]);
    }
    let of_the_library = found(&["use neurobook::analysis::correlation as area;"], "area");
    assert!(matches!(of_the_library, Answer::Missing(_)), "{of_the_library:?}");
}

#[test]
fn a_helper_that_is_defined_again_further_below_is_the_one_above() {
    let (first, second) = ("fn times(a: f64) -> f64 { a * a }", "fn times(a: f64) -> f64 { 2.0 * a }");
    let forms = forms(&[first, "fn area(a: f64) -> f64 { times(a) }", second], "area");
    assert!(forms[0].contains(first), "{}", forms[0]);
    assert!(forms.iter().any(|form| form.contains(second)), "the other one is tried, too: {forms:?}");
}

#[test]
fn an_exercise_is_lent_what_its_solution_calls_and_nothing_else() {
    let lent = |cells: &[&str], id: &str| -> Vec<String> {
        match found(cells, id) {
            Answer::Candidates(candidates) => candidates.into_iter().flat_map(|candidate| candidate.lent).collect(),
            other => panic!("{other:?}"),
        }
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(lent(&["fn volume(a: f64) -> f64 { a * area(a) }"], "volume"), ["area"]);
    assert_eq!(lent(&["fn volume(a: f64) -> f64 { a * a * a }"], "volume"), none);
    assert_eq!(lent(&["fn edge(a: f64) -> f64 { 12.0 * area(a) }"], "edge"), none, "its solution calls nothing");
    assert_eq!(lent(&["fn area(a: f64) -> f64 { volume(a) }"], "area"), none);
    assert_eq!(lent(&["fn volume(a: f64) -> f64 {\n    area(a)\n}"], "volume"), none, "it was never begun");
}

#[test]
fn what_is_lent_goes_with_a_helper_that_was_mended_below() {
    let (wrong, mended) = ("fn cube(a: f64) -> f64 { a }", "fn cube(a: f64, b: f64) -> f64 { a * b }");
    let own = format!("{wrong}\nfn volume(a: f64) -> f64 {{ cube(a, area(a)) }}");
    let Answer::Candidates(candidates) = found(&[own.as_str(), mended], "volume") else { panic!("it is there") };
    let is_it = |candidate: &Candidate| {
        let has = |text: &str| candidate.pieces.iter().any(|piece| piece.text == text);
        candidate.lent.contains("area") && has(mended) && !has(wrong)
    };
    assert!(candidates.iter().any(is_it), "{candidates:?}");
}

#[test]
fn no_source_of_a_solution_is_beside_an_answer() {
    for form in forms(&["fn volume(a: f64) -> f64 { a * area(a) }"], "volume") {
        assert!(!form.contains("a * a\n") && !form.contains("fn area"), "{form}");
    }
}

#[test]
fn a_function_may_come_from_a_module_by_a_star() {
    let cells = [
        "mod mine { pub fn area(a: f64) -> f64 { a * a } }\nuse mine::*;",
        "mod other { pub fn areas() {} }\nuse other::*;",
    ];
    assert!(states::has_form(&cells, &["mod mine", "use mine::*;"], &[]));
}

#[test]
fn below_rust_a_line_with_a_colon_is_rust() {
    let cell = ":dep a = { path = \"/b\" }\ntrait Named\n    : Copy { fn twice(self) -> f64; }\nimpl Named for f64 { fn twice(self) -> f64 { self + self } }\nfn area(a: f64) -> f64 {\n    let text = \"\n:dep\";\n    let b\n    :f64 = a;\n    b.twice()\n}\n:vars";
    let forms = forms(&[cell], "area");
    for piece in [": Copy {", "\n:dep\"", "    :f64 = a;"] {
        assert!(forms[0].contains(piece), "{piece} is not in\n{}", forms[0]);
    }
    assert!(!forms[0].contains("/b") && !forms[0].contains(":vars"), "{}", forms[0]);
}
