//! The first page: what the course is, and its chapters.

use maud::{Markup, PreEscaped, html};

use super::Page;
use super::about_page::About;
use super::syllabus::Row;
use crate::chapter::Chapter;
use crate::page::markdown::{Prose, plain};

/// The first page of these others.
pub fn page(chapters: &[Chapter], about: &About, others: &[Page]) -> Page {
    let entries = chapters.iter().zip(others);
    let (links, mut more) = (|address: &str| about.link(address), others[chapters.len()..].iter().peekable());
    let written = |text: &str| PreEscaped(Prose::new(&links).folded(text));
    let body = html! {
        div.prose.opening {
            h1 id="top" { (about.name) }
            @if !about.lead.is_empty() { div.lead { (written(&about.lead)) } }
        }
        h2 #chapters { "Chapters" }
        ol.syllabus { @for (chapter, page) in entries { (entry(chapter, page, about, &written)) } }
        div.prose {
            h2 #reading { "Reading and working" }
            p {
                "Every chapter is here from its first line to its last. All cells have run, and the sliders move. An exercise shows "
                "its blanks as you get them; below it are hints, each behind a click. Search all of it with " kbd { "/" } "."
            }
            p {
                "To fill in the blanks, and to be told at once what is right and why, open the workbook: "
                code { "cargo run -- lab" } " in a copy of the course."
            }
            @if more.peek().is_some() {
                h2 #more { "More" }
                ul { @for page in more { li { a href=(page.file) { (page.name) } } } }
            }
        }
    };
    Page {
        file: "index.html".to_owned(),
        name: about.name.clone(),
        number: None,
        description: plain(&about.lead),
        sections: Vec::new(),
        body,
    }
}

fn entry(chapter: &Chapter, page: &Page, about: &About, written: &dyn Fn(&str) -> PreEscaped<String>) -> Markup {
    let rows: Vec<&Row> = about.syllabus.iter().filter(|row| row.chapter == chapter.name).collect();
    html! {
        li {
            span.number aria-hidden="true" { (page.number.as_deref().unwrap_or_default()) }
            div {
                h3 { a href=(page.file) { (page.name) } }
                @if rows.is_empty() {
                    p { (page.description) }
                    p.facts { (work(chapter, None)) }
                }
                @for row in &rows {
                    @if rows.len() > 1 { p.part { (part(&row.name)) } }
                    (written(&row.about))
                    // The exercises of a chapter in parts are told with the last one.
                    @let is_last = row.name == rows[rows.len() - 1].name;
                    p.facts { @if is_last { (work(chapter, Some(row))) } @else { (minutes(&row.minutes)) } }
                }
            }
        }
    }
}

/// How long a chapter takes and how many exercises it has: "90 minutes, alone · 17 exercises".
fn work(chapter: &Chapter, row: Option<&Row>) -> String {
    let together: u32 = chapter.exercises().filter_map(|exercise| exercise.minutes).sum();
    let time = match row {
        Some(row) => minutes(&row.minutes),
        None if together > 0 => format!("{together} minutes of exercises"),
        None => String::new(),
    };
    let exercises = match chapter.exercises().count() {
        0 => String::new(),
        1 => "1 exercise".to_owned(),
        count => format!("{count} exercises"),
    };
    [time, exercises].into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// "02 Single-node dynamics, part 1" is "Part 1" below its chapter's title.
fn part(name: &str) -> String {
    let part = name.rsplit_once(", ").map_or(name, |(_, part)| part);
    let mut letters = part.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// "90, alone" is "90 minutes, alone".
fn minutes(written: &str) -> String {
    let written = plain(written);
    let digits = written.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = written.split_at(digits);
    if number.is_empty() { written.clone() } else { format!("{number} minutes{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_the_syllabus_reads_well_below_its_title() {
        assert_eq!(part("02 Single-node dynamics, part 1"), "Part 1");
        assert_eq!(minutes("85 in class; bonus 35"), "85 minutes in class; bonus 35");
        assert_eq!(minutes("at home"), "at home");
    }
}
