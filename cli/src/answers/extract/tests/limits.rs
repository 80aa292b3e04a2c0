//! Notebooks that nobody has written by hand, at the limits of what is read.

use super::*;
use crate::answers::cells::LONGEST_CELL;
use crate::answers::search::MOST_VERSIONS;

#[test]
fn a_notebook_at_its_limits_is_read_in_no_time() {
    let uses: String = (0..9_000).map(|number| format!("use a{number}::b{number};\n")).collect();
    let chain: String = (0..9_000).map(|number| format!("use x{}::x{number};\n", number + 1)).collect();
    let copies: String = (0..9_000).map(|number| format!("fn area() {{ {number} }}\n")).collect();
    let traits: String = (0..6_000).map(|number| format!("trait T {{ fn m{}(); }}\n", number % 9)).collect();
    let blocks: String = (0..6_000).map(|number| format!("impl T for X{number} {{ }}\n")).collect();
    let calls: String = (0..9_000).map(|number| format!("fn f{number}() {{ f{}() }}\n", number + 1)).collect();
    let long = format!("use {}::{{{}}};\n", "a".repeat(90_000), "b,".repeat(50_000));
    let own = "fn area(a: f64) -> f64 { x0(); f0(); m1(); T; a }";
    for text in [uses, chain, copies, traits, blocks, calls, long] {
        let text = &text[..text.floor_char_boundary(LONGEST_CELL - 10)];
        let text = &text[..=text.rfind('\n').unwrap()];
        let begin = Instant::now();
        found(&[text, own], "area");
        assert!(begin.elapsed() < Duration::from_secs(60), "{:?} for {}", begin.elapsed(), &text[..40]);
    }
    let much = format!("// {}", "x".repeat(150_000));
    // In a list each name has the whole path in front.
    let list = format!("use {}::{{{}}};\n{own}", ["a"; 160].join("::"), "b,".repeat(5_000));
    for cells in [&[&much, &much, &much, own][..], &[&list]] {
        let Answer::Missing(why) = found(cells, "area") else { panic!() };
        assert!(why.contains("more than 300 kB of code"), "{why}");
    }
}

#[test]
fn thousands_of_cells_that_define_two_names_again_and_again_are_read_in_no_time() {
    let mut cells = vec!["use q::a;\nuse q::b;"];
    cells.extend((0..9_000).map(|number| ["fn a() { b() }", "fn b() { a() }"][number % 2]));
    let own: String =
        (0..MOST_VERSIONS).map(|number| format!("fn area(a: f64) -> f64 {{ a(); {number}.0 }}\n")).collect();
    cells.push(&own);
    let begin = Instant::now();
    assert!(matches!(found(&cells, "area"), Answer::Candidates(_)));
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
}
