//! A notebook in which a name has meant several things.

use super::*;

/// Whether one of the forms has all of these texts and none of those.
pub fn has_form(cells: &[&str], with: &[&str], without: &[&str]) -> bool {
    is_among(&forms(cells, "area"), with, without)
}

/// The same where the kernel refused the cells of these numbers.
fn has_form_without(refused: &[usize], cells: &[&str], with: &[&str], without: &[&str]) -> bool {
    let run = KernelRun { refused: refused.iter().copied().collect(), ..KernelRun::default() };
    let answer = answers_after(&notebook_of(cells), &chapter(), &run).remove("area").unwrap();
    is_among(&texts(&answer), with, without)
}

fn is_among(forms: &[String], with: &[&str], without: &[&str]) -> bool {
    let fits =
        |form: &String| with.iter().all(|text| form.contains(text)) && !without.iter().any(|text| form.contains(text));
    forms.iter().any(fits)
}

#[test]
fn each_state_of_a_notebook_is_tried_in_which_a_helper_was_another_one() {
    let (good, failed) = ("fn side(a: f64) -> f64 { a }", "fn side(a: f64) -> f64 { missing(a) }");
    let edge = "const EDGE: fn(f64) -> f64 = side;";
    let own = "fn area(a: f64) -> f64 { EDGE(a) * a }";
    let failed_edge = "const EDGE: fn(f64) -> f64 = missing;";
    assert!(has_form(&[good, failed, edge, failed_edge, own], &[good, edge], &["missing"]));
    let later = "fn side() {}";
    assert!(has_form(&[failed, edge, own, good, later, "fn side(x: u8) {}"], &[good, edge], &["missing", later]));
}

#[test]
fn a_later_try_of_the_function_does_not_take_away_what_its_helper_was_for_an_earlier_one() {
    let (wrong, right) = ("fn side(a: f64) -> f64 { 2.0 * a }", "fn side(a: f64) -> f64 { a }");
    let own = "fn area(a: f64) -> f64 { side(a) * a }";
    let later = "fn side(a: f64) -> f64 { a + 1.0 }\nfn area(a: f64) -> f64 { side(a) }";
    let in_one_cell = format!("{wrong}\n{own}");
    for cells in [&[wrong, own, right, later][..], &[&in_one_cell, right, later]] {
        assert!(has_form(cells, &[own, right], &[wrong, "a + 1.0"]));
    }
}

#[test]
fn what_is_implemented_below_a_state_was_not_there_yet() {
    let own = "struct Tile(f64);\nfn area(a: f64) -> f64 { Tile(a).area() }";
    let (wrong, right) = ("fn side(a: f64) -> f64 { 2.0 * a }", "fn side(a: f64) -> f64 { a }");
    let of_trait =
        "trait Area { fn area(&self) -> f64; }\nimpl Area for Tile { fn area(&self) -> f64 { side(self.0) * self.0 } }";
    let later = "struct Tile(f64);\nimpl Tile { fn area(&self) -> f64 { 1.0 } }\nfn area(a: f64) -> f64 { a }";
    assert!(has_form(&[wrong, own, of_trait, right, later], &["impl Area for Tile", right], &["impl Tile"]));
}

#[test]
fn what_is_imported_later_replaces_a_definition_and_the_other_way_round() {
    let (defined, imported) = ("const PI: f64 = 3.0;", "use std::f64::consts::PI;");
    let own = "fn area(a: f64) -> f64 { PI * a }";
    assert!(has_form(&[defined, imported, own], &[imported], &[defined]));
    assert!(has_form(&[imported, defined, own], &[defined], &[imported]));
}

#[test]
fn what_is_implemented_for_another_name_or_in_a_module_is_tried() {
    let alias = "struct Tile<T>(T);\ntype Square = Tile<f64>;\n/// Mine.\nimpl Square { fn area(&self) -> f64 { self.0 * self.0 } }";
    assert!(has_form(&[alias, "fn area(a: f64) -> f64 { Tile(a).area() }"], &["impl Square"], &[]));
    let module = "mod squares {\n    impl super::Squared for f64 { fn squared(self) -> f64 { self * self } }\n}";
    let of_trait = "trait Squared { fn squared(self) -> f64; }";
    assert!(has_form(&[of_trait, module, "fn area(a: f64) -> f64 { a.squared() }"], &["mod squares"], &[]));
}

#[test]
fn what_is_defined_below_takes_the_place_of_what_is_in_the_functions_own_cell_too() {
    let own = "fn side(a: f64) -> f64 { 2.0 * a }\nfn area(a: f64) -> f64 { side(a) * a }";
    let mended = "fn side(a: f64) -> f64 { a }";
    assert!(forms(&[own, mended], "area")[0].contains("2.0 * a"));
    assert!(has_form(&[own, mended], &[mended], &["2.0 * a"]));
    assert!(has_form(&[own, mended, "fn side() {}"], &[mended], &["2.0 * a", "fn side() {}"]));
    let imported = "use std::f64::consts::PI;";
    let own = "const PI: f64 = 3.0;\nfn area(a: f64) -> f64 { PI * a }";
    assert!(has_form(&[own, imported], &[imported], &["3.0"]));
    let tile =
        "struct Tile(f64);\nimpl Tile { fn area(&self) -> f64 { 1.0 } }\nfn area(a: f64) -> f64 { Tile(a).area() }";
    let other = "struct Tile(f64);\nimpl Tile { fn area(&self) -> f64 { self.0 * self.0 } }";
    assert!(has_form(&[tile, other], &["self.0 * self.0"], &["1.0 }"]));
}

#[test]
fn one_text_of_a_function_stands_for_several_where_its_cells_differ() {
    let cell = |side: &str| format!("fn side(a: f64) -> f64 {{ {side} }}\nfn area(a: f64) -> f64 {{ side(a) * a }}");
    let (right, wrong, empty) = (cell("a"), cell("2.0 * a"), cell("blank!(\"the side\")"));
    for below in [&wrong, &empty] {
        assert!(has_form(&[&right, below], &["{ a }"], &["2.0 * a", "blank!"]));
    }
    assert_eq!(forms(&[&right, &right, &right], "area"), forms(&[&right], "area"));
}

#[test]
fn of_a_type_that_a_cell_defines_twice_the_last_one_counts() {
    let tile = |area: &str| format!("struct Tile(f64);\nimpl Tile {{ fn area(&self) -> f64 {{ {area} }} }}\n");
    let cell = tile("1.0") + &tile("self.0 * self.0") + "fn area(a: f64) -> f64 { Tile(a).area() }";
    assert!(has_form(&[&cell], &["self.0 * self.0"], &["1.0 }"]));
}

#[test]
fn what_somebody_has_made_of_a_cell_of_the_chapter_is_tried_without_it() {
    let changed = "fn unit() -> f64 { 2.0 }";
    let helper = "fn side(a: f64) -> f64 { a }";
    let own = "fn area(a: f64) -> f64 { side(a) * a * unit() }";
    assert!(forms(&[changed, helper, own], "area")[0].contains(changed));
    assert!(has_form(&[changed, helper, own], &["fn unit() -> f64 {\n    1.0\n}", helper], &[changed]));
}

#[test]
fn of_blocks_that_implement_the_same_in_cells_of_their_own_each_is_tried() {
    let tile = "struct Tile(f64);";
    let (right, wrong) =
        ("impl Tile { fn area(&self) -> f64 { self.0 * self.0 } }", "impl Tile { fn area(&self) -> f64 { 1.0 } }");
    let own = "fn side(a: f64) -> f64 { a }\nfn area(a: f64) -> f64 { Tile(side(a)).area() }";
    // The kernel refuses the second one, unless it has refused the first.
    for cells in [[tile, right, wrong, own], [tile, wrong, right, own], [tile, own, right, wrong]] {
        assert!(has_form(&cells, &[right], &[wrong]), "{cells:?}");
    }
}

#[test]
fn a_type_that_is_defined_again_has_lost_what_was_implemented_in_its_old_cell() {
    let old = "struct Tile(f64);\nimpl Tile { fn area(&self) -> f64 { 1.0 } }";
    let of_trait =
        "trait Area { fn area(&self) -> f64; }\nimpl Area for Tile { fn area(&self) -> f64 { self.0 * self.0 } }";
    let own = "fn area(a: f64) -> f64 { Tile(a).area() }";
    assert!(has_form(
        &[old, "#[derive(Debug)]\nstruct Tile(f64);", of_trait, own],
        &["impl Area for Tile"],
        &["impl Tile"]
    ));
}

#[test]
fn an_import_that_each_cell_repeats_hides_no_state_behind_it() {
    let failed = "fn side(a: f64) -> f64 { missing(a) }";
    let right = "fn side(a: f64) -> f64 { PI * a }";
    let own = "use std::f64::consts::PI;\nfn area(a: f64) -> f64 { side(a) * PI }";
    let others: Vec<String> =
        (0..12).map(|number| format!("use std::f64::consts::PI;\nfn other_{number}() {{}}")).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    assert!(has_form(&[&[right, failed, own], &others[..]].concat(), &[right], &[failed]));
}

#[test]
fn what_is_imported_further_below_replaces_an_import_of_the_functions_own_cell() {
    let (own_import, later) = ("use std::f64::consts::E as RATE;", "use std::f64::consts::PI as RATE;");
    let own = format!("{own_import}\nfn area(a: f64) -> f64 {{ RATE * a }}");
    assert!(has_form(&[&own, later], &[later], &[own_import]));
}

#[test]
fn a_try_that_the_kernel_refused_takes_away_neither_what_was_before_it_nor_what_was_mended_since() {
    let (right, failed) = ("fn side(a: f64) -> f64 { a }", "fn side(a: f64) -> f64 { missing(a) }");
    let failed_again = "fn side(a: f64) -> f64 { missing(1) }";
    let (wrong, mended) = ("fn twice(a: f64) -> f64 { a }", "fn twice(a: f64) -> f64 { 2.0 * a }");
    let own = "fn area(a: f64) -> f64 { twice(side(a)) * a }";
    let in_one_cell = format!("{right}\n{wrong}");
    for (cells, refused) in [
        (&[right, wrong, failed, failed_again, mended, own][..], &[3, 4][..]),
        (&[&in_one_cell, failed, failed_again, mended, own], &[2, 3]),
        (&[right, wrong, own, failed, mended], &[4]),
        (&[right, wrong, failed, own, mended, "fn other() {}"], &[3]),
    ] {
        assert!(has_form_without(refused, cells, &[right, mended], &["missing", wrong]), "{cells:?}");
    }
    let tile = "struct Tile(f64);";
    let failed = "impl Tile { fn area(&self) -> f64 { missing(self.0) } }";
    let right = "impl Tile { fn area(&self) -> f64 { self.0 * self.0 } }";
    let own = "fn area(a: f64) -> f64 { twice(Tile(a).area()) }";
    let cells = [tile, wrong, failed, right, mended, own];
    assert!(has_form_without(&[3], &cells, &[right, mended], &["missing", wrong]));
}
