//! What learners and teachers read.

use super::{Class, SECRET};

const HOSTILE: &str = "<script>alert(1)</script>";

fn pages() -> Class {
    let class = Class::new(&[
        ("Änne Öst", "it grows"),
        ("bo & co", HOSTILE),
        ("cy", "broken"),
        ("di", "not json"),
        ("ed", "attack"),
        ("فاطمة", "لأن المعدل موجب"),
        ("a#b?c%20", "x"),
    ]);
    for number in 0..30 {
        class.submit(&format!("learner {number:02}"), &"x".repeat(number * 7 % 19));
    }
    class.grade("out", &["--seed", "11"]);
    class
}

#[test]
fn nothing_that_a_submission_says_becomes_part_of_a_page() {
    let class = pages();
    for page in ["feedback/bo & co.html", "written/answers.html", "overview.html"] {
        let html = class.read(&format!("out/{page}"));
        assert!(!html.contains("<script"), "{page}");
        assert!(
            !html.contains("src=") && !html.contains("@import") && !html.contains("url("),
            "{page} asks for a file"
        );
    }
    assert!(class.read("out/feedback/bo & co.html").contains("&lt;script&gt;"));
    assert!(
        class.read("out/overview.html").contains("feedback/a_b_c%2520.html")
            || class.read("out/overview.html").contains("feedback/a%23b_c%2520.html")
    );
}

#[test]
fn nothing_that_a_submission_says_turns_the_direction_of_a_line_or_hides_a_part_of_it() {
    // A joiner changes what a Persian word means.
    let class = Class::new(&[("anna", "right \u{202e}gnorw\u{202c}\u{2066}\u{ad}\u{200b} می\u{200c}خواهم")]);
    class.grade("out", &[]);
    for file in ["feedback/anna.html", "written/answers.html", "written/answers.csv"] {
        let text = class.read(&format!("out/{file}"));
        assert!(text.contains("right \u{fffd}gnorw\u{fffd}\u{fffd}\u{fffd}\u{fffd} می\u{200c}خواهم"), "{file}: {text}");
    }
}

#[test]
fn the_pictures_of_a_written_answer_are_on_the_teachers_page_and_on_the_learners() {
    let class = Class::new(&[("anna", "a sketch"), ("bo", "no picture")]);
    class.grade("out", &[]);
    let feedback = class.read("out/feedback/anna.html");
    assert!(feedback.contains("alt=\"&lt;sketch&gt;.png\" src=\"data:image/png;base64,AAEC\""), "{feedback}");
    let page = class.read("out/written/answers.html");
    let file = page.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
    assert_eq!(std::fs::read(class.path("out/written").join(file)).unwrap(), [0, 1, 2]);
    for text in [&feedback, &page] {
        assert!(text.contains("The picture large.png is too large"), "{text}");
    }
    assert_eq!(page.matches("src=").count(), 1, "{page}");
    let versions = |class: &Class| class.read("out/written/answers.csv");
    let before = versions(&class);
    class.submit("anna", "a sketch, another");
    class.grade("out", &[]);
    assert_ne!(versions(&class), before);
}

#[test]
fn no_picture_is_a_file_that_a_browser_runs() {
    let class = Class::new(&[("anna", "a drawing"), ("bo", "a sketch")]);
    class.grade("out", &[]);
    assert!(class.read("out/written/answers.html").contains("src=\"data:image/svg+xml;base64,PHN2Zz4=\""));
    let pictures = std::fs::read_dir(class.path("out/written/pictures")).unwrap();
    let names: Vec<_> = pictures.map(|entry| entry.unwrap().path()).collect();
    assert!(names.len() == 1 && names[0].extension().is_some_and(|ending| ending == "png"), "{names:?}");
}

#[test]
fn no_learner_sees_what_was_expected_of_a_hidden_case() {
    let class = pages();
    let mut failures = 0;
    for folder in ["feedback", "gradescope"] {
        for entry in std::fs::read_dir(class.path("out").join(folder)).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            assert!(!text.contains(SECRET));
            // Nor in which of them an answer is wrong.
            assert!(!text.contains("a random negative rate") && !text.contains("a random positive rate"));
            failures += usize::from(text.contains("1 input<") || text.contains("1 hidden input\\n"));
        }
    }
    assert!(failures > 1, "of hidden cases it is said how many are wrong");
    assert!(class.read("out/results.json").contains(SECRET), "the teacher sees all");
}

#[test]
fn feedback_names_the_input_the_mistake_and_the_compilers_message() {
    let class = pages();
    let failed: String = (0..30).map(|number| class.read(&format!("out/feedback/learner {number:02}.html"))).collect();
    for part in ["a = -0.5, x0 = 2.0, dt = 0.01", "[2.0, 1.99, 1.9801, 1.9702]", "dt is forgotten", "right for "] {
        assert!(failed.contains(part), "{part}");
    }
    assert!(class.read("out/feedback/cy.html").contains("cell 7, line 3"));
    assert!(class.read("out/feedback/di.html").contains("it is not a notebook"));
}

#[test]
fn the_overview_shows_the_class_its_mistakes_and_who_needs_a_look() {
    let page = pages().read("out/overview.html");
    for part in [
        "37</strong><span>submissions",
        "Euler's method",
        "dt is forgotten",
        "Need a look",
        "tried to open a socket",
        "it is not a notebook",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn gradescopes_file_holds_what_gradescope_reads() {
    let class = pages();
    let results: serde_json::Value = serde_json::from_str(&class.read("out/gradescope/learner 01.json")).unwrap();
    assert!(results["score"].is_number());
    let tests = results["tests"].as_array().unwrap();
    assert_eq!(tests.len(), 3);
    for test in tests {
        assert!(test["name"].is_string() && test["max_score"].is_number() && test["visibility"] == "visible");
        assert!(test.get("status").is_none_or(|status| status == "passed" || status == "failed"));
    }
    assert!(tests[1].get("score").is_none(), "a written answer waits");
}

/// Leaves the pages for somebody to look at: `NEUROBOOK_TEST_PAGES=folder`.
#[test]
fn pages_can_be_looked_at() {
    let Ok(folder) = std::env::var("NEUROBOOK_TEST_PAGES") else { return };
    let class = pages();
    for (name, bytes) in super::bytes_of(&class.path("out")) {
        let path = std::path::Path::new(&folder).join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
