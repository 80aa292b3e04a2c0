//! The frame of the pages, and what several of them show. Whatever is in a page goes through `maud`,
//! which escapes it.

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::grading::spreadsheet_cell::points;
use crate::support::plain_text::is_unseen;

const STYLE: &str = include_str!("style.css");

/// A page that needs no other file but its pictures.
pub fn page(title: &str, body: Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Whatever a submission's text may bring: nothing in this page runs, or is fetched from elsewhere.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self' file:";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    let page = page.into_string();
    seen(&page).into_owned()
}

/// A learner's text as a file that somebody opens shows it: what turns the direction of a line, or hides a part of it, is seen
/// where it is. Joiners, which some scripts cannot be without, stay.
pub fn seen(text: &str) -> Cow<'_, str> {
    let is_harmful = |it: char| !matches!(it, '\n' | '\t' | '\u{200c}' | '\u{200d}') && is_unseen(it);
    match text.contains(is_harmful) {
        true => Cow::Owned(text.chars().map(|it| if is_harmful(it) { '\u{fffd}' } else { it }).collect()),
        false => Cow::Borrowed(text),
    }
}

/// The pictures of a written answer: each by its name, with its address if it is kept.
pub fn pictures<'a>(pictures: impl Iterator<Item = (&'a str, Option<String>)>) -> Markup {
    html! {
        @for (name, address) in pictures {
            @match address {
                Some(address) => figure.picture { img alt=(name) src=(address) loading="lazy"; figcaption dir="auto" { (name) } },
                None => p.soft { "The picture " (name) " is too large to be shown here, or cannot be read: look into the notebook." },
            }
        }
    }
}

/// "12.5 of 20", the first part large.
pub fn score(score: f64, most: f64) -> Markup {
    html! { p.score { strong { (points(score)) } " of " (points(most)) " points" } }
}

/// How much of the whole this is, as a bar.
pub fn meter(part: f64, whole: f64) -> Markup {
    let share = if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 0.0 };
    html! {
        svg.meter viewBox="0 0 100 4" preserveAspectRatio="none" role="img"
            aria-label={ (format!("{:.0}", share * 100.0)) " percent" } {
            rect.track width="100" height="4" rx="1" {}
            rect.filled width=(format!("{:.1}", share * 100.0)) height="4" rx="1" {}
        }
    }
}

/// How many fall into each of some classes. Large bars bear their numbers; small ones show them on hover.
pub fn bars(counts: &[(String, usize)], large: bool) -> Markup {
    let (width, height, gap) = (18.0, 44.0, 3.0);
    let head = if large { 9.0 } else { 0.0 };
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1) as f64;
    let total = counts.len() as f64 * (width + gap) - gap;
    let said: Vec<String> = counts.iter().map(|(name, count)| format!("{name}: {count}")).collect();
    html! {
        svg class=(if large { "bars large" } else { "bars small" }) viewBox=(format!("0 0 {total} {}", head + height + 1.0))
            role="img" aria-label=(said.join(", ")) {
            @for (index, (name, count)) in counts.iter().enumerate() {
                @let x = index as f64 * (width + gap);
                // Whoever is alone in a class is still seen.
                @let tall = if *count == 0 { 0.0 } else { (*count as f64 / most * height).max(2.0) };
                @let top = head + height - tall;
                g {
                    title { (name) ": " (count) }
                    rect.touch x=(x) width=(width) height=(head + height) {}
                    rect.bar x=(x) y=(format!("{top:.1}")) width=(width) height=(format!("{tall:.1}")) rx="1.5" {}
                    @if large && *count > 0 { text x=(x + width / 2.0) y=(format!("{:.1}", top - 2.0)) { (count) } }
                }
            }
            line.ground x1="0" x2=(total) y1=(head + height + 0.5) y2=(head + height + 0.5) {}
        }
    }
}

/// "1 submission", "2 submissions".
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
