//! `neurobook site`: the course as static pages. Every chapter has run, its sliders move without a kernel, and nothing
//! is fetched from anywhere.
//!
//! ```text
//! executed     the chapters, run in the kernel; a chapter that has not changed is not run again
//! chapter      one of them as a page: exercises as the learner gets them, help and solutions folded
//! reading      the syllabus and what else the course says of itself, as pages
//! index        the first page
//! frame        what is around a page: contents, search, the way to the next one
//! policy       what is in files of its own, so that a strict server shows it
//! publish      all of it at once into its folder, or nothing
//! ```

mod about_page;
mod chapter;
mod index;
mod layout;
mod policy;
mod publish;
mod run_chapters;
mod search;
mod spoilers;
mod syllabus;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::chapter::course::Course;
use crate::commands::build;
use crate::page::STYLE;
use crate::page::markdown::Section;
use policy::Files;
use publish::Draft;

/// Options of `neurobook site`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The folder of the pages; a site that is there is replaced [default: target/site]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Leave out solutions and model answers, and the outputs that they make
    #[arg(long)]
    graded: bool,
}

/// A page before its frame.
struct Page {
    /// Its file's name.
    file: String,
    /// How the contents call it.
    name: String,
    /// The chapter's number, if it is a chapter.
    number: Option<String>,
    /// What a search engine says of it.
    description: String,
    /// From heading to heading.
    sections: Vec<Section>,
    body: maud::Markup,
}

/// Writes the site.
pub fn site(options: &Options) -> Result<ExitCode> {
    let begin = Instant::now();
    let course = Course::find()?;
    let chapters = build::chapters(&course)?;
    build::require_built(&course, &chapters)?;
    let out = options.out.clone().unwrap_or_else(|| course.root().join("target").join("site"));
    let out = std::path::absolute(&out).context("--out is empty: name a folder")?;
    // Before the minutes that the chapters may take.
    let mut draft = Draft::begin(&out)?;

    let ran = run_chapters::all(&course, &chapters)?;
    let about = about_page::About::of(&course, &chapters);
    let mut pages = Vec::new();
    for (chapter, notebook) in chapters.iter().zip(&ran) {
        pages.push(chapter::page(chapter, notebook, &about, options.graded));
    }
    pages.extend(about.pages()?);
    pages.insert(0, index::page(&chapters, &about, &pages));

    let mut files = Files::default();
    for number in 0..pages.len() {
        draft.write(&pages[number].file, policy::obey(&layout::framed(&pages, number, &about), &mut files))?;
    }
    files.write(&mut draft)?;
    draft.write("style.css", format!("{STYLE}{}", layout::STYLE))?;
    draft.write("icon.svg", layout::ICON)?;
    draft.write("theme.js", layout::THEME)?;
    draft.write("site.js", layout::SCRIPT)?;
    draft.write("search.js", search::index(&pages))?;
    let bytes = draft.place()?;
    eprintln!("{} pages, {:.1} MB, in {:.0} s", pages.len(), bytes as f64 / 1e6, begin.elapsed().as_secs_f64());
    println!("{}", out.join("index.html").display());
    Ok(ExitCode::SUCCESS)
}
