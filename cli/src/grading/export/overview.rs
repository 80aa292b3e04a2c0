//! The class on one page: how the points are spread, which mistakes were recognised, who needs a look.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::html;
use super::html::{bars, counted};
use crate::grading::record::{Kind, Record, Status};
use crate::grading::roster::Person;
use crate::grading::settings::{ExerciseInfo, Settings};
use crate::grading::spreadsheet_cell::points;

/// The classes of a distribution, from no points to all.
const CLASSES: [&str; 6] = ["none", "up to a quarter", "up to half", "up to three quarters", "nearly all", "all"];

/// What is kept of the records.
pub struct Overview<'a> {
    settings: &'a Settings,
    submissions: Vec<Line>,
    exercises: Vec<Spread>,
    /// How often, by exercise and name.
    misconceptions: BTreeMap<(usize, String), Misconceived>,
    /// Those who handed in nothing.
    absent: Vec<String>,
}

struct Line {
    id: String,
    score: f64,
    status: Status,
    message: String,
    waiting: usize,
}

#[derive(Default)]
struct Spread {
    counts: [usize; CLASSES.len()],
    sum: f64,
    waiting: usize,
}

struct Misconceived {
    explanation: String,
    count: usize,
}

impl<'a> Overview<'a> {
    pub fn new(settings: &'a Settings) -> Overview<'a> {
        let exercises = settings.exercises.iter().map(|_| Spread::default()).collect();
        Overview { settings, submissions: Vec::new(), exercises, misconceptions: BTreeMap::new(), absent: Vec::new() }
    }

    pub fn add(&mut self, record: &Record) {
        self.submissions.push(Line {
            id: record.submission.id.clone(),
            score: record.score,
            status: record.status,
            message: record.message.clone().unwrap_or_default(),
            waiting: record.waiting(),
        });
        for marked in &record.exercises {
            let place = self.settings.exercises.iter().position(|asked| asked.id == marked.id);
            let Some(place) = place else { continue };
            let spread = &mut self.exercises[place];
            match marked.score {
                Some(score) => {
                    spread.counts[class(score, marked.points)] += 1;
                    spread.sum += score;
                }
                None => spread.waiting += 1,
            }
            if let Some(misconception) = &marked.misconception {
                let new = || Misconceived { explanation: misconception.explanation.clone(), count: 0 };
                self.misconceptions.entry((place, misconception.name.clone())).or_insert_with(new).count += 1;
            }
        }
    }

    pub fn add_absent(&mut self, person: &Person) {
        self.absent.push(person.submission.clone());
    }

    /// The page. `missing` are submissions without a record.
    pub fn page(&self, missing: &[String]) -> String {
        let (settings, most) = (self.settings, self.settings.max_score());
        let marked: Vec<&Line> =
            self.submissions.iter().filter(|line| !line.status.needs_review() || line.score > 0.0).collect();
        let mut counts = [0; CLASSES.len()];
        for line in &marked {
            counts[class(line.score, most)] += 1;
        }
        let waiting: usize = self.submissions.iter().map(|line| line.waiting).sum();
        html::page(
            &format!("{}: the class", settings.title),
            html! {
                header {
                    p.kicker { (settings.course) }
                    h1 { (settings.title) }
                    div.tiles {
                        (tile(&self.submissions.len().to_string(), "submissions"))
                        (tile(&middle(&marked), &format!("of {} points, the middle of the class", points(most))))
                        (tile(&mean(&marked), "points on average"))
                        @if waiting > 0 { (tile(&waiting.to_string(), "written answers to mark")) }
                    }
                    @if !missing.is_empty() {
                        p.notice { (counted(missing.len(), "submission")) " not marked yet: " (missing.iter().take(10).cloned().collect::<Vec<_>>().join(", ")) @if missing.len() > 10 { " …" } }
                    }
                }
                section {
                    h2 { "Points" }
                    div.total { (bars(&named(&counts), true)) div.legend { span { "none" } span { "all " (points(most)) } } }
                }
                (self.needing_a_look())
                section {
                    h2 { "Exercises" }
                    div.scroll { table {
                        thead { tr { th { "Exercise" } th.number { "Points" } th.number { "Average" } th { "None to all points" } th.number { "All points" } th.number { "To mark" } } }
                        tbody { @for (asked, spread) in settings.exercises.iter().zip(&self.exercises) { (row(asked, spread)) } }
                    } }
                }
                (self.mistakes())
                section {
                    h2 { "Submissions" }
                    div.scroll { table {
                        thead { tr { th { "Submission" } th.number { "Points" } th { "" } th { "" } } }
                        tbody { @for line in &self.submissions { tr {
                            td dir="auto" { a href=(link(&line.id)) { (line.id) } }
                            td.number { (points(line.score)) }
                            td.wide { (html::meter(line.score, most)) }
                            td.soft {
                                @if line.status != Status::Graded { (line.status) }
                                @else if line.waiting > 0 { (line.waiting) " to mark" }
                            }
                        } } }
                    } }
                }
                @if !self.absent.is_empty() {
                    section {
                        h2 { "Nothing handed in" }
                        ul { @for id in &self.absent { li dir="auto" { (id) } } }
                    }
                }
                footer { p {
                    "Chapter " (settings.chapter) ", seed " (settings.seed) ", neurobook " (settings.neurobook) ", "
                    (settings.toolchain.lines().next().unwrap_or_default())
                    ". Tables: " a href="grades.csv" { "grades.csv" } ", " a href="results.json" { "results.json" }
                    @if settings.exercises.iter().any(|asked| asked.kind == Kind::Text) {
                        "; written answers: " a href="written/answers.html" { "to read" } ", " a href="written/answers.csv" { "to mark" }
                    }
                } }
            },
        )
    }

    fn needing_a_look(&self) -> Markup {
        let lines: Vec<&Line> = self.submissions.iter().filter(|line| line.status.needs_review()).collect();
        html! { @if !lines.is_empty() {
            section.look {
                h2 { "Need a look" }
                ul { @for line in lines { li {
                    a href=(link(&line.id)) dir="auto" { (line.id) } " " span.tag { (line.status) }
                    @if !line.message.is_empty() { br; span.soft dir="auto" { (line.message) } }
                } } }
            }
        } }
    }

    fn mistakes(&self) -> Markup {
        let mut mistakes: Vec<_> = self.misconceptions.iter().collect();
        mistakes.sort_by_key(|(key, mistake)| (usize::MAX - mistake.count, *key));
        let most = mistakes.first().map_or(1, |(_, mistake)| mistake.count) as f64;
        html! { @if !mistakes.is_empty() {
            section {
                h2 { "What the class gets wrong" }
                ol.mistakes { @for ((place, name), mistake) in mistakes { li {
                    p { strong { (name) } " " span.soft { (self.settings.exercises[*place].title) } span.points { (mistake.count) } }
                    (html::meter(mistake.count as f64, most))
                    p.soft { (mistake.explanation) }
                } } }
            }
        } }
    }
}

fn row(asked: &ExerciseInfo, spread: &Spread) -> Markup {
    let marked: usize = spread.counts.iter().sum();
    html! { tr {
        td { (asked.title) }
        td.number { (points(asked.points)) }
        td.number { @if marked > 0 { (two(spread.sum / marked as f64)) } }
        td { @if marked > 0 { (bars(&named(&spread.counts), false)) } }
        td.number { @if marked > 0 { (format!("{:.0} %", 100.0 * spread.counts[CLASSES.len() - 1] as f64 / marked as f64)) } }
        td.number { @if spread.waiting > 0 { (spread.waiting) } }
    } }
}

fn tile(number: &str, what: &str) -> Markup {
    html! { div.tile { strong { (number) } span { (what) } } }
}

fn named(counts: &[usize]) -> Vec<(String, usize)> {
    CLASSES.iter().zip(counts).map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

/// The class that a score falls into.
fn class(score: f64, most: f64) -> usize {
    match score / most {
        _ if score <= 0.0 => 0,
        share if share >= 1.0 - 1e-9 => 5,
        share if share > 0.75 => 4,
        share if share > 0.5 => 3,
        share if share > 0.25 => 2,
        _ => 1,
    }
}

fn mean(lines: &[&Line]) -> String {
    if lines.is_empty() {
        "–".to_owned()
    } else {
        two(lines.iter().map(|line| line.score).sum::<f64>() / lines.len() as f64)
    }
}

fn middle(lines: &[&Line]) -> String {
    let mut scores: Vec<f64> = lines.iter().map(|line| line.score).collect();
    scores.sort_by(f64::total_cmp);
    let half = scores.len() / 2;
    match scores.len() {
        0 => "–".to_owned(),
        odd if odd % 2 == 1 => two(scores[half]),
        _ => two((scores[half - 1] + scores[half]) / 2.0),
    }
}

/// Two decimals, where there are any.
fn two(number: f64) -> String {
    points((number * 100.0).round() / 100.0)
}

/// The address of a feedback page. A name's own characters must not end or redirect it.
fn link(id: &str) -> String {
    let kept = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let encoded = |byte: u8| if kept(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    format!("feedback/{}.html", id.bytes().map(encoded).collect::<String>())
}
