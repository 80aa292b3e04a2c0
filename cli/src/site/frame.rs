//! What stands around the text of each page.

use crate::page::escape;

use super::prose::Heading;

/// A page of the site.
#[derive(Debug, Default)]
pub struct Page {
    /// `02_single_node_dynamics.html`
    pub file: String,
    pub title: String,
    /// One or two sentences about it.
    pub lead: String,
    /// The HTML of its text.
    pub body: String,
    pub headings: Vec<Heading>,
    /// Whether it is read in order.
    pub is_chapter: bool,
}

/// The light or dark page that the reader chose is there before anything is drawn.
const THEME: &str =
    "try{const t=localStorage.getItem('neurobook-theme');if(t)document.documentElement.dataset.theme=t}catch{}";

/// The whole of a page.
pub fn html(pages: &[Page], number: usize) -> String {
    let page = &pages[number];
    let Page { file, title, lead, body, .. } = page;
    let (title, lead) = (escape(title), escape(lead));
    let texts: String = pages.iter().filter(|page| !page.is_chapter).map(|other| link(other, file)).collect();
    let (contents, order) = (contents(page), order(pages, number));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} · neurobook</title>\n<meta name=\"description\" content=\"{lead}\">\n\
         <script>{THEME}</script>\n<link rel=\"stylesheet\" href=\"site.css\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <script defer src=\"search.js\"></script>\n<script defer src=\"site.js\"></script>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#text\">To the text</a>\n\
         <header>\n<a class=\"home\" href=\"index.html\">neurobook</a>\n<nav aria-label=\"Course\">{texts}</nav>\n\
         <search><label for=\"search\" class=\"unseen\">Search the course</label>\
         <input id=\"search\" type=\"search\" placeholder=\"Search  ( / )\" autocomplete=\"off\" spellcheck=\"false\" aria-controls=\"found\">\
         <div id=\"found\" hidden></div></search>\n\
         <button id=\"theme\" type=\"button\" aria-label=\"Light or dark page\" hidden>◐</button>\n</header>\n\
         <div class=\"page\">\n{contents}<main id=\"text\">\n{body}{order}</main>\n</div>\n\
         <footer><p>neurobook · MIT or Apache-2.0 · texts, code and data are the course's own</p></footer>\n</body>\n</html>\n"
    )
}

fn link(page: &Page, here: &str) -> String {
    let current = if page.file == here { " aria-current=\"page\"" } else { "" };
    format!("<a href=\"{}\"{current}>{}</a>", page.file, escape(&page.title))
}

/// The headings of a page, but its first, which is its title.
fn contents(page: &Page) -> String {
    let entries: String = page
        .headings
        .iter()
        .skip(1)
        .filter(|heading| heading.level <= 2)
        .map(|heading| {
            format!(
                "<li class=\"level-{}\"><a href=\"#{}\">{}</a></li>\n",
                heading.level,
                heading.id,
                escape(&heading.title)
            )
        })
        .collect();
    if entries.is_empty() {
        return String::new();
    }
    format!(
        "<nav class=\"contents\" aria-label=\"On this page\"><details open><summary>On this page</summary>\n<ol>\n{entries}</ol></details></nav>\n"
    )
}

/// The chapters before and after this one.
fn order(pages: &[Page], number: usize) -> String {
    if !pages[number].is_chapter {
        return String::new();
    }
    let before = number.checked_sub(1).map(|before| &pages[before]).filter(|page| page.is_chapter);
    let after = pages.get(number + 1).filter(|page| page.is_chapter);
    let side = |page: Option<&Page>, relation: &str, word: &str| {
        page.map(|page| {
            format!("<a rel=\"{relation}\" href=\"{}\"><span>{word}</span>{}</a>", page.file, escape(&page.title))
        })
        .unwrap_or_else(|| "<span></span>".to_owned())
    };
    format!(
        "<nav class=\"order\" aria-label=\"Chapters\">{}{}</nav>\n",
        side(before, "prev", "Before this"),
        side(after, "next", "Next")
    )
}
