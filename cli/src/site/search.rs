//! What the search looks through. It is a script, because a page that is opened from a disk may read no other file.

use serde_json::json;

use super::frame::Page;

/// The headings of all pages, with the words below them.
pub fn index(pages: &[Page]) -> String {
    let entries: Vec<_> = pages
        .iter()
        .flat_map(|page| {
            page.headings
                .iter()
                .map(|heading| json!([page.file, page.title, heading.id, heading.title, heading.words.trim()]))
        })
        .collect();
    format!("window.neurobookIndex = {};\n", json!(entries))
}
