use proptest::prelude::*;

use super::*;

fn names(text: &str) -> Vec<String> {
    items(text).unwrap().into_iter().flat_map(|item| item.names).collect()
}

#[test]
fn items_are_told_from_statements() {
    let text = "let a = 1;\n/// Twice.\npub fn double(x: f64) -> [f64; 2] { [x; 2] }\ndouble(3.0)";
    let found = items(text).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(&text[found[0].place.clone()], "/// Twice.\npub fn double(x: f64) -> [f64; 2] { [x; 2] }");
    assert_eq!(
        names("for k in 0..3 { f(k); } const A: [f64; 2] = [1.0, 2.0]; if a { b } else { c } fn g() {}"),
        ["A", "g"]
    );
    assert_eq!(
        names("struct P { x: f64 } struct Q(f64); type R = f64; macro_rules! m { () => {} } enum E { A }"),
        ["P", "Q", "R", "m", "E"]
    );
    assert_eq!(names("let a: fn(f64) -> f64 = b\nfn c() {} d fn e() {}"), ["c", "e"]);
    assert_eq!(names("#![allow(unused)]\nstruct A;\n#![allow(dead_code)] const B: f64 = 1.0;"), ["A", "B"]);
    assert_eq!(
        names("//! Mine.\nstruct A { x: f64 } 'outer: for k in 0..3 { break 'outer; } const B: f64 = 1.0;"),
        ["A", "B"]
    );
    assert_eq!(
        names("println! { \"x\" } struct A; vec![1].len() fn b() {} line!() + 1; const C: u8 = 1;"),
        ["A", "b", "C"]
    );
    assert_eq!(names("fn a() -> K<{ 1 + 1 }> { K } const { assert!(true) } fn r#b() {}"), ["a", "b"]);
    assert_eq!(names("let s = S { x: 1 }; const fn h() {} async fn i() {} extern \"C\" fn j() {}"), ["h", "i", "j"]);
}

#[test]
fn a_statement_without_its_semicolon_does_not_swallow_the_item_below_it() {
    for item in [
        "struct A { x: f64 }",
        "#[derive(Clone)]\nstruct A;",
        "pub enum A { B }",
        "const A: f64 = 1.0;",
        "static A: &'static str = \"\";",
        "trait A {}",
        "type A = f64;",
        "mod A {}",
        "macro_rules! A { () => {} }",
        "use b::c;\nstruct A;",
        "impl B { fn c() {} }\nstruct A;",
    ] {
        let text = format!("double(3.0)\n{item}\nstd::println! {{ \"x\" }}\n{item}\nfn d() {{}}");
        let mut found = names(&text);
        found.retain(|name| ["A", "d"].contains(&name.as_str()));
        assert_eq!(found, ["A", "A", "d"], "{text}");
    }
    let types = "let a: *const f64 = p; let b: &'static str = q; let b: &'static dyn Fn(f64) = q; let c = &raw const r; let d: fn(f64) -> f64 = s;";
    assert_eq!(names(types), [""; 0]);
}

#[test]
fn the_head_of_an_implementation_may_hold_brackets_in_each_other_without_end() {
    let of = |depth: usize| format!("impl T for {}u8{} {{}}", "(".repeat(depth), ")".repeat(depth));
    let head = |depth: usize| items(&of(depth)).unwrap().remove(0).head;
    assert_eq!((head(90_000) == head(90_000), head(90_000) == head(89_999)), (true, false));
    assert!(items("impl T for (A, B) {}").unwrap()[0].head != items("impl T for (A), B {}").unwrap()[0].head);
}

#[test]
fn a_macro_is_taken_without_its_attributes() {
    let text = "/// Mine.\n#[macro_export]\nmacro_rules! m { () => {} }";
    assert_eq!(&text[items(text).unwrap()[0].place.clone()], "macro_rules! m { () => {} }");
}

#[test]
fn a_constant_of_a_functions_type_is_a_function() {
    let functions = |text: &str| items(text).unwrap().iter().filter(|item| item.defines_function("f")).count();
    assert_eq!(functions("const f: fn(&[f64]) -> f64 = |x| x[0];\npub static f: fn() = g;"), 2);
    assert_eq!(functions("const f: f64 = 1.0; struct f { a: fn() } const g: fn() = f; let f: fn() = g;"), 0);
}

#[test]
fn names_are_found_at_any_depth() {
    let found = items("fn f() { g({ [h(ä)] }) }").unwrap();
    for name in ["f", "g", "h", "ä"] {
        assert!(found[0].mentions.contains(name), "{name}");
    }
}

#[test]
fn a_name_is_the_same_with_an_umlaut_of_one_letter_or_two() {
    let found = items("fn gro\u{308}sse() { gr\u{f6}sse2(); gro\u{308}sse3() }").unwrap();
    assert_eq!(found[0].names, ["gr\u{f6}sse"]);
    assert!(["gr\u{f6}sse2", "gr\u{f6}sse3"].iter().all(|name| found[0].mentions.contains(*name)));
}

#[test]
fn a_bracket_without_its_other_half_gives_nothing() {
    for text in ["fn f() {", "fn f() }", "let s = \"abc", "(]"] {
        assert_eq!(items(text), None, "{text}");
    }
}

#[test]
fn no_nesting_is_too_deep() {
    for (open, close) in [("(", ")"), ("{", "}"), ("[", "]")] {
        let text = format!("fn f() {{ {}{} }}", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(items(&text).unwrap().len(), 1);
    }
    assert_eq!(items(&format!("fn f() {{ {}1 }}", "!".repeat(100_000))).unwrap().len(), 1);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(any in any::<String>(), scraps in "(fn |f|\\(\\)|\\{|\\}|;|use |a::\\*|impl |for |struct |const |#\\[x\\]|pub|let |=|\"|'|//!|/\\*|\r|macro_rules! |\n|ä){0,30}") {
        for text in [any, scraps] {
            for item in items(&text).unwrap_or_default() {
                prop_assert!(text.get(item.place.clone()).is_some_and(|text| !text.is_empty()), "{:?}", item);
            }
        }
    }
}
