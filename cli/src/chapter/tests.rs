mod introduced;

use proptest::prelude::*;

use super::*;

const HINTS: &str = "// %% [markdown] hint\n// one\n// %% [markdown] hint\n// two\n";
const BLANK: &str = "// SOLUTION\nlet a = 2;\n// STUB\n// let a: i32 = blank!(\"two\");\n// END\n";

/// A source with these lines in `fn main`, the first of them in line 5.
fn source(body: &str) -> String {
    let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "//! A chapter.\nfn main() -> neurobook::Result<()> {{\n    // %% [markdown]\n    // # Title\n{body}    Ok(())\n}}\n"
    )
}

fn read(body: &str) -> Chapter {
    Chapter::parse("notebooks/02_x.rs", &source(body)).unwrap()
}

fn messages(text: &str) -> Vec<String> {
    Chapter::parse("notebooks/02_x.rs", text).unwrap_err().messages()
}

/// An exercise with this marker and these lines, and all else that it needs.
fn exercise(marker: &str, lines: &str) -> String {
    source(&format!("// %% {marker}\n{lines}{HINTS}"))
}

#[test]
fn each_mistake_names_its_line_and_the_way_out() {
    let marker = "exercise id=a points=1";
    let cases = [
        (exercise(marker, "// SOLUTION\nx\n"), "6: SOLUTION without STUB: add // STUB and // END below it"),
        (exercise(marker, "// SOLUTION\nx\n// STUB\n// y\n"), "8: STUB without END: add // END below it"),
        (exercise(marker, &format!("{BLANK}// STUB\n")), "11: STUB without SOLUTION: add // SOLUTION above it"),
        (
            exercise(marker, &format!("{BLANK}// END\n")),
            "11: END without SOLUTION: add // SOLUTION and // STUB above it",
        ),
        (
            exercise(marker, &format!("{BLANK}// SOLUTION\nx\n// END\n")),
            "13: END without STUB: add // STUB between the SOLUTION of line 11 and this line",
        ),
        (
            exercise(marker, &format!("// SOLUTION\n{BLANK}")),
            "7: SOLUTION inside the SOLUTION of line 6: end that one first, with // STUB and // END",
        ),
        (
            exercise(marker, "// SOLUTION\nx\n// STUB\n// y\n// STUB\n// END\n"),
            "10: STUB inside the STUB of line 8: end that one first, with // END",
        ),
        (
            exercise(marker, "// SOLUTION\n// STUB\n// y\n// END\n"),
            "6: an empty SOLUTION: write the answer between // SOLUTION and // STUB",
        ),
        (
            exercise(marker, "// SOLUTION\nx\n// STUB\n// END\n"),
            "6: an empty STUB: write `// blank!(\"what goes here\")` between // STUB and // END",
        ),
        (
            exercise(marker, "// SOLUTION\nx\n// STUB\ny\n// END\n"),
            "9: a STUB line without //: add it, for the chapter itself runs the SOLUTION",
        ),
        (
            exercise(marker, &format!("{BLANK}// Solution:\nx\n")),
            "11: `// Solution:` is not a marker: write // SOLUTION",
        ),
        (
            exercise(marker, "let x = 1;\n"),
            "5: an exercise with nothing to fill in: put the answer between // SOLUTION and // STUB, the blank between // STUB and // END",
        ),
        (
            exercise("exercise id=a", BLANK),
            "5: exercise without points: add points=1 or more, or points=0 if it does not count",
        ),
        (exercise("exercise points=1", BLANK), "5: exercise without id: add id=name_of_the_exercise"),
        (
            exercise("exercise id=a points=four", BLANK),
            "5: points=four is not a whole number: write for example points=4",
        ),
        (exercise("exercise id=a points=-1", BLANK), "5: points=-1 is not a whole number: write for example points=4"),
        (
            exercise("exercise id=a points=1 minutes=ten", BLANK),
            "5: minutes=ten is not a whole number: write for example minutes=4",
        ),
        (exercise("exercise id=a id=b points=1", BLANK), "5: id is given twice: keep one"),
        (
            exercise("exercise id=A points=1", BLANK),
            "5: the id `A` cannot name a cell: use 1 to 40 of a-z, 0-9, _ and -",
        ),
        (
            exercise("exercise id=\"a b\" points=1", BLANK),
            "5: the id `a b` cannot name a cell: use 1 to 40 of a-z, 0-9, _ and -",
        ),
        (
            exercise("exercise id=a-check points=1", BLANK),
            "5: the id `a-check` is like that of a generated cell: write it without `-check`",
        ),
        (exercise("exercise id=\"a points=1", BLANK), "5: a quote is not closed: add \" after the value"),
        (exercise("exercise id=a point=1", BLANK), "5: unknown attribute `point`: did you mean `points`?"),
        (
            exercise("exercise id=a points=1 colour=red", BLANK),
            "5: unknown attribute `colour`: use one of id, points, minutes",
        ),
        (exercise("exercize id=a points=1", BLANK), "5: unknown word `exercize` after %%: did you mean `exercise`?"),
        (
            exercise("[Markdown] text id=a points=1", BLANK),
            "5: unknown word `[Markdown]` after %%: did you mean `[markdown]`?",
        ),
        (exercise("exercise check id=a points=1", BLANK), "5: a cell cannot be exercise and check: keep one of them"),
        (
            source("// %% text id=a points=1\n// SOLUTION\n// x\n// STUB\n// y\n// END\n") + "\n",
            "5: a text is markdown: write `// %% [markdown] text`",
        ),
        (
            source("// %% [markdown] exercise id=a points=1\n// SOLUTION\n// x\n// STUB\n// END\n"),
            "5: an exercise is code: write `// %% exercise`, or `// %% [markdown] text` if it is answered in words",
        ),
        (source("// %% [markdown] check\n// x\n"), "5: a check is code: write `// %% check`"),
        (source("// %% hint\n// x\n"), "5: a hint is markdown: write `// %% [markdown] hint`"),
        (source("// %% check\nx();\n"), "5: a check without an exercise before it: move it below its exercise"),
        (
            source("// %% [markdown] hint\n// x\n"),
            "5: a hint without an exercise before it: move it below its exercise",
        ),
        (
            source(&format!("// %% exercise id=a points=1\n{BLANK}")),
            "5: the exercise `a` has no hint: write at least two `// %% [markdown] hint` cells below it",
        ),
        (
            source(&format!("// %% exercise id=a points=1\n{BLANK}// %% [markdown] hint\n// x\n")),
            "5: the exercise `a` has one hint: write at least two `// %% [markdown] hint` cells below it",
        ),
        (source("// %% id=a\nx();\n"), "5: id belongs to an exercise: write `exercise id=…`, or delete it here"),
        (
            source(&format!("// %%\n{BLANK}")),
            "6: SOLUTION outside an exercise: write `exercise id=… points=…` after the cell's %%",
        ),
        (
            source("// %% [markdown]\n// x\ny\n"),
            "7: a line of markdown without //: add it, or put `// %%` above if this is code",
        ),
        (source("// %%\n\n// %%\nx();\n"), "5: an empty cell: write something below its marker, or delete the marker"),
        (
            source("// %%\nif true {\n// %%\nx();\n}\n"),
            "7: a cell begins inside braces: close the block of the cell above first",
        ),
        (
            source("// %%\nx();\n") + "fn helper() {}\n",
            "9: text outside fn main: move it into a cell, for notebooks hold nothing else",
        ),
        (source("// %%\nx();\n") + "// %%\n", "9: a cell outside fn main: move it inside"),
        (
            source("// %%\nx();\n").replace("//! A chapter.", "use std::fs;"),
            "1: text outside fn main: move it into a cell, for notebooks hold nothing else",
        ),
        (
            source("// %%\nx();\n").replace("    // %% [markdown]\n", "    // %%\n"),
            "3: no title: begin the first markdown cell with `// # The chapter's title`",
        ),
        (
            "fn main() {\n    x();\n    // %% [markdown]\n    // # Title\n}\n".into(),
            "2: text before the first cell: put a line `// %%` above it",
        ),
        (
            "fn main() {\n    x();\n}\n".into(),
            "1: no cells: begin each with a line `// %%` or `// %% [markdown]` inside fn main",
        ),
        (
            "fn main() {\n    // %%\n    let x = {\n}\n".into(),
            "1: fn main is not closed: a brace or a quote in a cell lacks its other half",
        ),
        (String::new(), "1: no fn main: write the cells inside `fn main() -> neurobook::Result<()> {`"),
    ];
    for (text, message) in cases {
        assert!(
            messages(&text).iter().any(|found| found == message),
            "{message}\nis not said of\n{text}\nbut {:#?}",
            messages(&text)
        );
    }
}

#[test]
fn one_mistake_is_one_message() {
    let cases = [
        exercise("exercize id=a points=1", BLANK),
        exercise("exercise id=a", BLANK),
        exercise("exercise id=a points=1", "// SOLUTION\nx\n"),
    ];
    for text in cases {
        assert_eq!(messages(&text).len(), 1, "{:#?}", messages(&text));
    }
}

#[test]
fn an_id_that_is_used_twice_is_an_error_with_both_lines() {
    let cell = format!("// %% exercise id=a points=1\n{BLANK}{HINTS}");
    assert_eq!(
        messages(&source(&format!("{cell}{cell}"))),
        ["15: the id `a` is taken by the exercise in line 5: give this one another"]
    );
}

#[test]
fn all_mistakes_of_a_file_are_reported_at_once_and_in_order() {
    let text = source(&format!("// %% exercise id=B\n{BLANK}{HINTS}// %% colour\nx();\n// %% [markdown]\ny\n"));
    let problems = Chapter::parse("notebooks/02_x.rs", &text).unwrap_err();
    let lines: Vec<usize> =
        problems.messages().iter().map(|message| message.split(':').next().unwrap().parse().unwrap()).collect();
    assert_eq!(lines, [5, 5, 15, 18]);
    assert!(problems.to_string().starts_with("notebooks/02_x.rs:5: "));
    assert_eq!(problems.to_string().lines().count(), problems.count());
}

#[test]
fn cells_are_dedented_and_commands_are_opened() {
    let chapter = read(
        "// %%\n\n// :dep neurobook = { path = \"../..\" }\nfor i in 0..2 {\n    // :not a command\n    go(i);\n}\n\n// %% [markdown]\n// one\n//\n//   two\n",
    );
    assert_eq!(
        chapter.cells[1].text(Variant::Student),
        ":dep neurobook = { path = \"../..\" }\nfor i in 0..2 {\n    // :not a command\n    go(i);\n}"
    );
    assert_eq!(chapter.cells[2].text(Variant::Student), "one\n\n  two");
    assert_eq!((chapter.name.as_str(), chapter.title.as_str()), ("02_x", "Title"));
}

#[test]
fn a_string_over_several_lines_keeps_its_blanks_and_hides_markers() {
    let text = "fn main() {\n    // %% [markdown]\n    // # T\n    // %%\n    let s = r#\"a  \n    // %%\n    // SOLUTION\n}\n\"#;\n    // %%\n    x();\n}\n";
    let chapter = Chapter::parse("x.rs", text).unwrap();
    assert_eq!(chapter.cells.len(), 3);
    assert_eq!(chapter.cells[1].text(Variant::Student), "let s = r#\"a  \n    // %%\n    // SOLUTION\n}\n\"#;");
}

#[test]
fn several_blanks_in_one_function_become_stubs_or_solutions() {
    let chapter = read(&format!(
        "// %% exercise id=f points=3 minutes=5\nfn f(x: f64) -> f64 {{\n    // kept\n    // SOLUTION\n    let a = 2.0;\n    // STUB\n    // let a: f64 = blank!(\"a\");\n    // END\n    let b = 1.0;\n    // SOLUTION\n    a * x + b\n    // STUB\n    // // the line\n    //\n    // blank!(\"line\")\n    // END\n}}\n{HINTS}"
    ));
    let cell = &chapter.cells[1];
    assert_eq!(
        cell.text(Variant::Student),
        "fn f(x: f64) -> f64 {\n    // kept\n    let a: f64 = blank!(\"a\");\n    let b = 1.0;\n    // the line\n\n    blank!(\"line\")\n}"
    );
    assert_eq!(
        cell.text(Variant::Solution),
        "fn f(x: f64) -> f64 {\n    // kept\n    let a = 2.0;\n    let b = 1.0;\n    a * x + b\n}"
    );
    assert_eq!(chapter.exercises().next(), Some(&Exercise { id: "f".into(), points: 3, minutes: Some(5) }));
}

#[test]
fn a_question_without_a_stub_asks_for_an_answer() {
    let chapter = read(&format!(
        "// %% [markdown] text id=why points=2\n// Why?\n//\n// SOLUTION\n// Because.\n// STUB\n// END\n{HINTS}"
    ));
    assert_eq!(chapter.cells[1].text(Variant::Student), format!("Why?\n\n{}", super::invitation::INVITATION));
    assert_eq!(chapter.cells[1].answers(), "Because.");
}

#[test]
fn every_question_asks_for_its_answer_once_and_in_the_same_words() {
    let invitation = super::invitation::INVITATION;
    let question = |stub: &str| {
        source(&format!(
            "// %% [markdown] text id=why points=2\n// Why?\n//\n// SOLUTION\n// 1. Because.\n// STUB\n{stub}// END\n//\n// And?\n//\n// SOLUTION\n// So.\n// STUB\n// 2. More:\n// END\n{HINTS}"
        ))
    };
    let chapter = Chapter::parse("x.rs", &question("// 1. The reason:\n")).unwrap();
    assert_eq!(
        chapter.cells[1].text(Variant::Student),
        format!("Why?\n\n{invitation}\n\n1. The reason:\n\nAnd?\n\n2. More:")
    );
    for own in [invitation, "*Double-click here and write your answer.*"] {
        let problems = Chapter::parse("x.rs", &question(&format!("// {own}\n"))).unwrap_err().messages();
        assert!(problems[0].ends_with("a STUB that says how to answer: leave that line out, every notebook gets it"));
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let text = source(&format!("// %% exercise id=a points=1\n{BLANK}{HINTS}"));
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(Chapter::parse("x.rs", &windows).unwrap(), Chapter::parse("x.rs", &text).unwrap());
}

#[test]
fn the_program_holds_one_variant_and_no_region_markers() {
    let chapter = read(&format!(
        "// %% exercise id=a points=1\n{BLANK}{HINTS}// %% [markdown] text id=b points=1\n// SOLUTION\n// Because.\n// STUB\n// END\n{HINTS}// %% check\ncheck();\n"
    ));
    let student = chapter.program(Variant::Student);
    let solution = chapter.program(Variant::Solution);
    assert!(
        student.contains("    let a: i32 = blank!(\"two\");\n")
            && !student.contains("let a = 2;")
            && !student.contains("Because.")
    );
    assert!(solution.contains("    let a = 2;\n") && solution.contains("// Because.") && !solution.contains("blank!"));
    for program in [student, solution] {
        assert!(program.contains("check();") && program.ends_with("    Ok(())\n}\n"));
        assert!(!["// SOLUTION", "// STUB", "// END"].iter().any(|marker| program.contains(marker)));
    }
}

fn scraps() -> impl Strategy<Value = String> {
    let scraps = [
        "fn main() {\n",
        "}\n",
        "    // %%",
        " [markdown]",
        " exercise",
        " id=a",
        " points=1",
        " \"",
        "\n",
        "    // SOLUTION\n",
        "    // STUB\n",
        "    // END\n",
        "    // # T\n",
        "'",
        "r#\"",
        "/*",
        "ä",
        "\t",
        "\\",
    ];
    prop::collection::vec(prop::sample::select(scraps.to_vec()), 0..40).prop_map(|scraps| scraps.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in prop_oneof![any::<String>(), scraps(), scraps().prop_map(|scraps| source(&scraps))]) {
        match Chapter::parse("x.rs", &text) {
            Ok(chapter) => prop_assert!(!chapter.program(Variant::Student).is_empty()),
            Err(problems) => prop_assert!(problems.count() > 0),
        }
    }
}

#[test]
fn what_is_folded_says_what_it_is_in_its_first_line() {
    let chapter = read("// %% folded\n// Picture: a neuron\nneuron().show();\n// %%\n// A comment\nx();\n");
    let folded: Vec<Option<&str>> = chapter.cells.iter().map(|cell| cell.folded.as_deref()).collect();
    assert_eq!(folded, [None, Some("Picture: a neuron"), None]);
    assert_eq!(chapter.cells[1].text(Variant::Student), "// Picture: a neuron\nneuron().show();");
    assert_eq!(chapter.cells[1].kind, Kind::Code);
}

#[test]
fn a_folded_cell_without_a_title_or_with_an_answer_in_it_is_a_mistake() {
    let title = "of a folded cell the first line is seen: begin it with what it is, such as `// Picture: a neuron`";
    let cases = [
        ("// %% folded\nneuron().show();\n", title),
        ("// %% folded\n/// Documentation.\nfn neuron() {}\n", title),
        ("// %% folded\n// :dep ndarray\n", title),
        ("// %% folded\n", "an empty cell: write something below its marker, or delete the marker"),
        ("// %% [markdown] folded\n// Words.\n", "what is folded is code: write `// %% folded`"),
    ];
    for (body, message) in cases {
        assert_eq!(messages(&source(body)), [format!("5: {message}")], "{body}");
    }
    let both = messages(&exercise("folded exercise id=a points=1", BLANK));
    assert_eq!(both, ["5: a cell cannot be folded and exercise: keep one of them"]);
}
