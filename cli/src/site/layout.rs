//! What is around the text of a page: the way to all others, the search, light and dark.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Page;
use super::about_page::About;
use super::publish::GENERATOR;
use crate::page::markdown::Section;

/// How the frame looks, after [`crate::page::STYLE`].
pub const STYLE: &str = include_str!("style.css");
/// What the frame does.
pub const SCRIPT: &str = include_str!("site.js");

/// Before anything is drawn: the reader's own choice of light or dark, if there is one.
pub const THEME: &str = include_str!("theme.js");

/// A small wave: without an icon of its own, a browser asks the server for one.
pub const ICON: &str = include_str!("icon.svg");

/// A search engine shows no more of a description.
const DESCRIPTION: usize = 160;

/// The page of this number as it is published.
pub fn framed(pages: &[Page], number: usize, about: &About) -> String {
    let page = &pages[number];
    let title = if number == 0 { about.name.clone() } else { format!("{} · {}", page.name, about.name) };
    let framed = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                @if !page.description.is_empty() { meta name="description" content=(shortened(&page.description)); }
                meta name="generator" content=(GENERATOR);
                link rel="icon" href="icon.svg";
                link rel="stylesheet" href="style.css";
                script src="theme.js" {}
                script src="site.js" defer {}
            }
            body {
                a.skip href="#text" { "Skip to the text" }
                header.bar {
                    a.brand href="index.html" { (about.name) }
                    // They need their script, which shows them.
                    button #open-search type="button" hidden { "Search " kbd { "/" } }
                    button #theme type="button" hidden aria-pressed="false" { "Dark" }
                }
                div.columns {
                    (contents(pages, number))
                    main #text tabindex="-1" { (page.body) (turn(pages, number)) }
                }
                footer.colophon { (colophon(pages, about)) }
                (search())
            }
        }
    };
    framed.into_string()
}

/// The chapters, and below the present one its headings.
fn contents(pages: &[Page], number: usize) -> Markup {
    html! {
        nav.contents aria-label="Contents" {
            details #contents {
                summary { "Contents" }
                ol {
                    @for (other, page) in pages.iter().enumerate().skip(1) {
                        // What is not a chapter is set off from them.
                        li.apart[page.number.is_none() && pages[other - 1].number.is_some()] {
                            a href=(page.file) aria-current=[(other == number).then_some("page")] {
                                span.number { (page.number.as_deref().unwrap_or_default()) }
                                span { (page.name) }
                            }
                            @if other == number { (headings(&page.sections)) }
                        }
                    }
                }
            }
        }
    }
}

fn headings(sections: &[Section]) -> Markup {
    // The first is the page's title; a later one of its level begins a part of the chapter.
    let title = sections.iter().position(|section| section.level == 1);
    let below_title = sections.iter().skip(title.map_or(0, |title| title + 1));
    let shown: Vec<&Section> = below_title.filter(|section| (1..=3).contains(&section.level)).collect();
    html! {
        @if !shown.is_empty() {
            ol.headings {
                @for section in shown {
                    li.part[section.level == 1] .below[section.level == 3] { a href={ "#" (section.id) } { (PreEscaped(&section.html)) } }
                }
            }
        }
    }
}

/// The way on, and back.
fn turn(pages: &[Page], number: usize) -> Markup {
    let name = |page: &Page| match &page.number {
        Some(number) => format!("{number} {}", page.name),
        None => page.name.clone(),
    };
    html! {
        nav.turn aria-label="Previous and next page" {
            @if number > 0 { @let page = &pages[number - 1];
                a rel="prev" href=(page.file) { span { "Previous" } (name(page)) }
            }
            @if let Some(page) = pages.get(number + 1) {
                a rel="next" href=(page.file) { span { @if number == 0 { "Begin" } @else { "Next" } } (name(page)) }
            }
        }
    }
}

fn colophon(pages: &[Page], about: &About) -> Markup {
    let credits = pages.iter().find_map(|page| {
        let section = page.sections.iter().find(|section| section.title == "Credits")?;
        Some(format!("{}#{}", page.file, section.id))
    });
    html! {
        p {
            (about.name) ", made with " (GENERATOR) "."
            @if let Some(credits) = credits { " " a href=(credits) { "Credits and sources" } "." }
        }
    }
}

/// Empty until its script fills it.
fn search() -> Markup {
    html! {
        dialog #search aria-label="Search the course" {
            form method="dialog" {
                input type="search" aria-label="Words to look for" placeholder="Words to look for"
                    autocomplete="off" spellcheck="false";
                button type="submit" { "Close" }
            }
            p role="status" {}
            ol {}
        }
    }
}

/// As many whole words as fit.
fn shortened(text: &str) -> String {
    if text.chars().count() <= DESCRIPTION {
        return text.to_owned();
    }
    let start: String = text.chars().take(DESCRIPTION - 1).collect();
    let end = start.rfind(' ').unwrap_or(start.len());
    format!("{}…", start[..end].trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_ends_at_a_word() {
        assert_eq!(shortened("short"), "short");
        let long = shortened(&"neuron, ".repeat(30));
        assert!(long.ends_with("neuron…") && long.chars().count() <= DESCRIPTION, "{long}");
    }
}
