//! `neurobook site` on a small course, whose chapters the kernel runs.

use std::fs;

use crate::mini::{CHAPTER, Mini, names, stderr};

/// A figure with a slider, and what a cell says of files, which is not the same on every machine.
const NODES: &str = r#"//! Chapter 2.
fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Nodes & edges
    //
    // A node has a state $x$. See [doubling](01_double.ipynb) and [the source](../../src/lib.rs).

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;
    let state = 21.0;

    // %% [markdown]
    // ## A slider
    //
    // Drag it.

    // %%
    interact([Slider::new("slope", 0.0, 1.0).step(0.5)], |[slope]| {
        Figure::new().title("A line").line([0.0, 1.0], [0.0, slope])
    })
    .show();

    // %%
    println!("{}", std::env::current_dir().unwrap().display());

    // %% exercise id=half points=1 minutes=3
    fn half(x: f64) -> f64 {
        // SOLUTION
        let hidden_divisor = 2.0;
        x / hidden_divisor
        // STUB
        // blank!("half of x")
        // END
    }

    // %% check
    assert_eq!(half(8.0), 4.0);
    println!("the check is {}", "content");

    // %% [markdown] hint
    // Think of *a cake*.

    // %% [markdown] hint
    // Divide.

    // %%
    println!("half of it is {}", half(state));

    Ok(())
}
"#;

const SYLLABUS: &str = "# The chapters\n\nHow they are made.\n\n## Syllabus\n\n\
    | Chapter | What it is about | Minutes |\n|---|---|---|\n\
    | [02 Nodes, part 1](02_nodes.rs) | a *state* | 30 in class |\n| [02 Nodes, part 2](02_nodes.rs) | an edge | 10 |\n\n\
    ## Credits\n\nTo all, and to [nobody](nobody.md).\n";

fn course() -> Mini {
    let mini = Mini::new(&[("01_double", CHAPTER), ("02_nodes", NODES)]);
    mini.write("README.md", "# Small course\n\nA course of *two* chapters.\n");
    mini.write("notebooks/README.md", SYLLABUS);
    mini.succeed(&["build"]);
    mini
}

/// Runs `site`; gives what it said on the way.
fn site(mini: &Mini, arguments: &[&str]) -> String {
    let output = mini.command(&[&["site"], arguments].concat()).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    stderr(&output)
}

#[test]
fn a_course_becomes_pages_and_a_chapter_that_has_not_changed_is_not_run_again() {
    let mini = course();
    let said = site(&mini, &[]);
    assert!(said.contains("01_double has run") && said.contains("02_nodes has run"), "{said}");
    let folder = mini.path("target/site");
    let expected = [
        "01_double.html",
        "02_nodes.html",
        "cells",
        "icon.svg",
        "index.html",
        "search.js",
        "site.js",
        "style.css",
        "syllabus.html",
        "theme.js",
    ];
    assert_eq!(names(&folder), expected);
    its_pages_show_what_the_learner_gets(&mini);
    its_first_page_is_the_syllabus(&mini);

    let said = site(&mini, &["--graded", "--out", "handed out"]);
    assert!(!said.contains("has run"), "{said}");
    a_graded_site_leaves_the_answers_out(&mini);

    // The other chapter fails now: nothing is written, and this one is kept.
    mini.write(
        "notebooks/01_double.rs",
        &CHAPTER.replace("assert_eq!(double(2.0), 4.0)", "assert_eq!(double(2.0), 5.0)"),
    );
    mini.succeed(&["build"]);
    let before = fs::read_to_string(folder.join("01_double.html")).unwrap();
    let failure = mini.fail(&["site"]);
    assert!(failure.contains("notebooks/01_double.rs, cell 6, exercise double"), "{failure}");
    assert!(!failure.contains("02_nodes"), "{failure}");
    assert_eq!(fs::read_to_string(folder.join("01_double.html")).unwrap(), before);
    assert_eq!(names(&mini.path("target")), ["site", "site-cache"]);
}

fn its_pages_show_what_the_learner_gets(mini: &Mini) {
    let page = mini.read("target/site/02_nodes.html");
    for part in [
        "<title>Nodes &amp; edges · Small course</title>",
        "content=\"A node has a state x. See doubling and the source.\"",
        "<mark class=\"blank\">blank!(",
        "<summary>Hint 1</summary><div class=\"prose\"><p>Think of <em>a cake</em>.",
        "<summary>Solution</summary>",
        "the check is content",
        "half of it is 10.5",
        "<section class=\"exercise\" id=\"exercise-half\"",
        "<span>3 minutes</span><span>1 point</span>",
        "class=\"neurobook-sliders\"",
        "<a href=\"01_double.html\">doubling</a> and the source.",
        "<h2 id=\"a-slider\">",
        "<a href=\"#a-slider\">A slider</a>",
        "cargo run -- lab 02",
    ] {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
    let unfolded = page.split("<details").map(|piece| piece.split("</details>").last().unwrap()).collect::<String>();
    assert!(!unfolded.contains("hidden_divisor") && !unfolded.contains("the check is content"), "{unfolded}");
    assert!(page.contains("~/") && !page.contains(mini.root.to_str().unwrap()), "a path of this machine is published");
    let question = mini.read("target/site/01_double.html");
    assert!(question.contains("<summary>Model answer</summary>"), "{question}");
    let search = mini.read("target/site/search.js");
    assert!(search.contains("Drag it.") && search.contains("half of x"), "{search}");
    for folded in ["hidden_divisor", "a cake", "secret"] {
        assert!(!search.contains(folded), "the search tells of {folded}");
    }
}

fn its_first_page_is_the_syllabus(mini: &Mini) {
    let index = mini.read("target/site/index.html");
    for part in [
        "<h1 id=\"top\">Small course</h1>",
        "A course of <em>two</em> chapters.",
        "<p class=\"part\">Part 2</p>",
        "a <em>state</em>",
        "30 minutes in class",
        "10 minutes of exercises",
        "<a href=\"syllabus.html#credits\">",
    ] {
        assert!(index.contains(part), "{part} is missing in\n{index}");
    }
    let syllabus = mini.read("target/site/syllabus.html");
    assert!(syllabus.contains("<a href=\"02_nodes.html\">02 Nodes, part 1</a>"), "{syllabus}");
    assert!(syllabus.contains("To all, and to nobody."), "{syllabus}");
}

fn a_graded_site_leaves_the_answers_out(mini: &Mini) {
    let cells = names(&mini.path("handed out/cells")).into_iter().map(|file| format!("cells/{file}"));
    for page in names(&mini.path("handed out")).into_iter().filter(|page| page != "cells").chain(cells) {
        let text = String::from_utf8_lossy(&fs::read(mini.path(&format!("handed out/{page}"))).unwrap()).into_owned();
        for secret in
            ["hidden_divisor", "secret", "half of it is 10.5", "the check is content", "Solution<", "Model answer<"]
        {
            assert!(!text.contains(secret), "{page} tells {secret}");
        }
    }
    let page = mini.read("handed out/02_nodes.html");
    assert!(
        page.contains("Hint 1") && page.contains("with your own code") && page.contains("neurobook-sliders"),
        "{page}"
    );
}
