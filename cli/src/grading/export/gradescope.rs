//! `results.json` as Gradescope's autograder reads it. Learners see it: no hidden input, and of no hidden
//! case what was expected.

use serde_json::{Value, json};

use super::html::{counted, seen};
use crate::grading::record::{ExerciseResult, Outcome, Record, Test, Visibility};

/// Gradescope's file for one submission.
pub fn results(record: &Record) -> Value {
    let tests: Vec<Value> =
        record.exercises.iter().enumerate().map(|(index, marked)| test(index + 1, marked)).collect();
    let mut output = vec![match record.exercises.is_empty() {
        true => format!("Chapter {}: {}.", record.chapter, record.status),
        // How it fared is said exercise by exercise; a hidden case is told from no other by its status.
        false => format!("Chapter {}.", record.chapter),
    }];
    output.extend(record.message_for_learner().map(str::to_owned));
    if record.waiting() > 0 {
        output.push(format!("{} written answers wait for the teacher.", record.waiting()));
    }
    json!({
        "score": record.score,
        "output": seen(&output.join("\n")),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    })
}

fn test(number: usize, marked: &ExerciseResult) -> Value {
    let mut test = json!({
        "name": marked.title,
        "number": number.to_string(),
        "max_score": marked.points,
        "output": seen(&output(marked)),
        "visibility": "visible",
        "tags": [marked.id],
    });
    if let Some(score) = marked.score {
        test["score"] = json!(score);
        test["status"] = json!(if score >= marked.points { "passed" } else { "failed" });
    }
    test
}

fn output(marked: &ExerciseResult) -> String {
    let mut lines = vec![marked.message.clone()];
    if let Some(misconception) = &marked.misconception {
        lines.push(format!("{}: {}", misconception.name, misconception.explanation));
    }
    lines.extend(marked.compiler.clone());
    let public = marked.tests.iter().filter(|test| test.visibility == Visibility::Public);
    lines.extend(public.filter(|test| test.status == Outcome::Failed).map(failure));
    let hidden = marked.hidden_problems();
    lines.extend(
        hidden.iter().map(|(message, count)| format!("wrong: {}\n  {message}", counted(*count, "hidden input"))),
    );
    lines.join("\n")
}

/// Of a public case.
fn failure(test: &Test) -> String {
    let mut line = format!("wrong: {}", test.name);
    let mut say = |what: &str, text: &Option<String>| {
        if let Some(text) = text {
            line.push_str(&format!("\n  {what} {text}"));
        }
    };
    say("input", &test.input);
    say("expected", &test.expected);
    say("got", &test.got);
    if !test.message.is_empty() {
        line.push_str(&format!("\n  {}", test.message));
    }
    line
}
