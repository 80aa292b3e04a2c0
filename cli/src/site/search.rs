//! What the search looks through: every heading of every page with the words below it. What is folded is not in it,
//! so no search finds a solution.

use serde_json::json;

use super::Page;

/// The script that holds it: a script, because a page that is opened as a file may load no other kind.
pub fn index(pages: &[Page]) -> String {
    let names: Vec<_> = pages.iter().map(|page| json!([page.file, page.name])).collect();
    let mut sections = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for section in &page.sections {
            let words = section.words.split_whitespace().collect::<Vec<_>>().join(" ");
            if section.level > 0 || !words.is_empty() {
                let anchor = if section.level > 1 { section.id.as_str() } else { "" };
                sections.push(json!([number, anchor, section.title, words]));
            }
        }
    }
    format!("neurobookSearch({});\n", json!({ "pages": names, "sections": sections }))
}
