//! What the course says of itself in files beside its chapters: its name, the syllabus, its sources.

use std::fs;

use anyhow::Result;
use maud::{PreEscaped, html};

use super::Page;
use super::syllabus;
use super::syllabus::Row;
use crate::chapter::Chapter;
use crate::chapter::course::Course;
use crate::page::markdown::{Prose, plain};

/// The files that become pages: the file, the page, and how the contents call it.
const FILES: [(&str, &str, &str); 2] =
    [("notebooks/README.md", "syllabus.html", "Syllabus and corrections"), ("data/README.md", "data.html", "Data")];

/// What is known of the course.
pub struct About<'a> {
    pub course: &'a Course,
    /// The course's name.
    pub name: String,
    /// Markdown: what it is, in a paragraph.
    pub lead: String,
    pub syllabus: Vec<Row>,
    chapters: &'a [Chapter],
}

impl About<'_> {
    /// Reads what there is; a course needs none of it.
    pub fn of<'a>(course: &'a Course, chapters: &'a [Chapter]) -> About<'a> {
        let read = |file: &str| fs::read_to_string(course.root().join(file)).unwrap_or_default();
        let readme = read("README.md");
        let mut lines = readme.lines().skip_while(|line| !line.starts_with("# "));
        let name = lines.next().and_then(|line| line.strip_prefix("# ")).map_or("The course".to_owned(), plain);
        let paragraph: Vec<&str> =
            lines.skip_while(|line| line.trim().is_empty()).take_while(|line| !line.trim().is_empty()).collect();
        let syllabus = syllabus::rows(&read("notebooks/README.md"));
        About { course, name, lead: paragraph.join("\n"), syllabus, chapters }
    }

    /// Where a link of the course's texts leads on the site; `None` if to a file that is not on it.
    pub fn link(&self, address: &str) -> Option<String> {
        if address.starts_with('#') || address.contains("://") || address.starts_with("mailto:") {
            return Some(address.to_owned());
        }
        let (path, anchor) =
            address.split_once('#').map_or((address, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        if self.chapters.iter().any(|chapter| chapter.name == stem) {
            return Some(format!("{stem}.html{anchor}"));
        }
        // Chapters are beside notebooks/README.md, their notebooks one folder deeper.
        let folder = if path.contains("data/") { "data/" } else { "notebooks/" };
        let page = FILES.iter().find(|(read, ..)| file == "README.md" && read.starts_with(folder));
        page.filter(|(read, ..)| self.course.root().join(read).is_file()).map(|(_, page, _)| format!("{page}{anchor}"))
    }

    /// The pages of those files that there are.
    pub fn pages(&self) -> Result<Vec<Page>> {
        let mut pages = Vec::new();
        for (file, page, name) in FILES {
            let path = self.course.root().join(file);
            if !path.is_file() {
                continue;
            }
            let text = fs::read_to_string(&path)?;
            let links = |address: &str| self.link(address);
            let mut prose = Prose::new(&links);
            let body = prose.html(&text);
            let first = text.split("\n\n").find(|paragraph| !paragraph.trim_start().starts_with('#'));
            pages.push(Page {
                file: page.to_owned(),
                name: name.to_owned(),
                number: None,
                description: plain(first.unwrap_or_default()),
                sections: prose.sections,
                body: html! { div.prose { (PreEscaped(body)) } },
            });
        }
        Ok(pages)
    }
}
