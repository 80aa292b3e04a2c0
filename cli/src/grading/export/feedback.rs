//! What a learner gets back. Of the hidden cases it says how many were right, and how the others were wrong: never an input,
//! never what was expected, and not of which one it speaks.

use maud::{Markup, html};

use super::html;
use super::html::{counted, meter, pictures, score};
use crate::grading::record::{ExerciseResult, Kind, Outcome, Record, Status, Test, Visibility};
use crate::grading::settings::Settings;
use crate::grading::spreadsheet_cell::points;
use crate::notebook::cell_number::COUNTED;

/// A learner's page.
pub fn page(settings: &Settings, record: &Record) -> String {
    let waiting = record.waiting();
    let hash = record.submission.sha256.get(..12).unwrap_or_default();
    html::page(
        &format!("{}: {}", record.submission.id, settings.title),
        html! {
            header {
                p.kicker { (settings.title) }
                h1 dir="auto" { (record.submission.id) }
                @if record.exercises.is_empty() {
                    p.score { strong { (capital(&record.status.to_string())) } }
                } @else {
                    (score(record.score, record.max_score))
                    (meter(record.score, record.max_score))
                }
                @if let Some(message) = record.message_for_learner() { p.notice dir="auto" { (message) } }
                @if waiting > 0 {
                    p.lead { (counted(waiting, "written answer")) " will be read by your teacher, and may bring more points." }
                }
            }
            @for marked in &record.exercises { (exercise(marked)) }
            footer { p { (COUNTED) } p { "Chapter " (record.chapter) @if !hash.is_empty() { ", notebook " code { (hash) } } } }
        },
    )
}

fn exercise(marked: &ExerciseResult) -> Markup {
    let (class, word) = verdict(marked);
    let public: Vec<&Test> = of(marked, Visibility::Public).collect();
    html! {
        section class={ "card " (class) } {
            h2 {
                span.verdict { (word) }
                span.title { (marked.title) }
                span.points {
                    @match marked.score {
                        Some(score) => { strong { (points(score)) } " of " (points(marked.points)) },
                        None => { (points(marked.points)) (if marked.points == 1.0 { " point" } else { " points" }) },
                    }
                }
            }
            @if !marked.message.is_empty() { p dir="auto" { (marked.message) } }
            @if let Some(misconception) = &marked.misconception {
                div.misconception {
                    p { strong { (misconception.name) } }
                    p { (misconception.explanation) }
                }
            }
            @if let Some(compiler) = &marked.compiler {
                p.label { "The compiler says" }
                pre { code { (compiler) } }
            }
            @if let Some(answer) = &marked.answer {
                p.label { "Your answer" }
                p.answer dir="auto" { (answer) }
                (pictures(marked.pictures.iter().map(|picture| (picture.name.as_str(), picture.address()))))
            }
            @if !public.is_empty() { ul.tests { @for test in public { (public_test(test)) } } }
            (hidden(marked))
        }
    }
}

fn public_test(test: &Test) -> Markup {
    let failed = test.status == Outcome::Failed;
    let values = [("input", &test.input), ("expected", &test.expected), ("got", &test.got)];
    html! {
        li class=(if failed { "failed" } else { "passed" }) {
            p.name { (test.name) }
            @if failed {
                @if !test.message.is_empty() { p dir="auto" { (test.message) } }
                dl { @for (what, value) in values { @if let Some(value) = value {
                    dt { (what) } dd { pre { (value) } }
                } } }
            }
        }
    }
}

/// The hidden cases, described.
fn hidden(marked: &ExerciseResult) -> Markup {
    let all = of(marked, Visibility::Hidden).count();
    let problems = marked.hidden_problems();
    html! {
        @if all > 0 {
            p.hidden {
                "Other inputs, which are not shown: right for " strong { (all - problems.values().sum::<usize>()) " of " (all) } "."
            }
            @if !problems.is_empty() {
                ul.tests { @for (message, count) in problems {
                    li.failed {
                        p.name { (counted(count, "input")) }
                        @if !message.is_empty() { p { (message) } }
                    }
                } }
            }
        }
    }
}

fn of(marked: &ExerciseResult, visibility: Visibility) -> impl Iterator<Item = &Test> {
    marked.tests.iter().filter(move |test| test.visibility == visibility)
}

fn verdict(marked: &ExerciseResult) -> (&'static str, String) {
    match (marked.status, marked.score) {
        (_, None) if marked.kind == Kind::Text => ("waits", "to be read".to_owned()),
        (Status::Graded, Some(score)) if score >= marked.points => ("full", "right".to_owned()),
        (Status::Graded, Some(score)) if score > 0.0 => ("part", "in part".to_owned()),
        (Status::Graded, _) => ("none", "not yet".to_owned()),
        (status, _) => ("none", status.to_string()),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
