//! `neurobook site`: the course as pages that need no server, no kernel and no network.

mod chapter;
mod executed;
mod frame;
mod prose;
mod search;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::build;
use crate::course::Course;
use crate::files;
use crate::page;
use crate::source::{Chapter, Variant};

use frame::Page;
use prose::Prose;

const STYLE: &str = include_str!("site/site.css");
const SCRIPT: &str = include_str!("site/site.js");

/// Says that a folder is a site, which the next one may replace.
const MARK: &str = ".neurobook-site";

/// Texts of the course that are pages too: the file, the page, its title.
const TEXTS: [(&str, &str, &str); 2] =
    [("notebooks/README.md", "about.html", "Times, corrections, credits"), ("data/README.md", "data.html", "The data")];

/// Options of `neurobook site`.
#[derive(Args)]
pub struct Options {
    /// The folder of the pages
    #[arg(long, value_name = "FOLDER", default_value = "target/site")]
    out: PathBuf,
    /// Leave out solutions, model answers and what shows them: for a class that is graded
    #[arg(long)]
    graded: bool,
}

/// Runs what has changed, writes all pages into a new folder, and puts it in the place of the old one.
pub fn site(options: &Options) -> Result<ExitCode> {
    let course = Course::find()?;
    let out = std::path::absolute(&options.out)?;
    may_replace(&out)?;
    let chapters = build::chapters(&course)?;
    let executed = executed::executed(&course, &chapters)?;

    let parent = out.parent().context("--out is the root of all folders: name a folder in it")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    let fresh = tempfile::Builder::new()
        .prefix(".neurobook-site-")
        .tempdir_in(parent)
        .with_context(|| format!("cannot write to {}", parent.display()))?;

    let variant = if options.graded { Variant::Graded } else { Variant::Student };
    let mut pages = vec![index(&chapters)];
    for (chapter, solution) in chapters.iter().zip(&executed) {
        pages.push(chapter::page(chapter, &build::notebook(chapter, variant), solution, variant));
    }
    for (file, name, title) in TEXTS {
        if let Ok(text) = fs::read_to_string(course.root().join(file)) {
            pages.push(text_page(&text, name, title));
        }
    }
    let write = |name: &str, text: &str| files::write(&fresh.path().join(name), text.as_bytes());
    for number in 0..pages.len() {
        write(&pages[number].file, &frame::html(&pages, number))?;
    }
    write("search.js", &search::index(&pages))?;
    write("site.js", SCRIPT)?;
    write("site.css", &format!("{}{STYLE}", page::STYLE))?;
    write(MARK, "")?;
    swap(fresh, &out)?;
    println!("{} pages: open {}", pages.len(), out.join("index.html").display());
    Ok(ExitCode::SUCCESS)
}

/// Refuses a folder in which something else stands.
fn may_replace(out: &Path) -> Result<()> {
    let is_empty = fs::read_dir(out).map_or(!out.exists(), |mut entries| entries.next().is_none());
    if is_empty || out.join(MARK).is_file() {
        return Ok(());
    }
    bail!("{} holds something that is no site of this program: name a new or an empty folder", out.display())
}

/// Puts the new folder in the place of the old one.
fn swap(fresh: tempfile::TempDir, out: &Path) -> Result<()> {
    let fresh = fresh.keep();
    open_to_readers(&fresh)?;
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| format!("cannot replace {}", out.display()))?;
    }
    fs::rename(&fresh, out).with_context(|| format!("cannot move {} to {}", fresh.display(), out.display()))
}

/// A temporary folder is its owner's alone; a web server is somebody else.
fn open_to_readers(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let all = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>();
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
        for path in all().with_context(|| format!("cannot read {}", folder.display()))? {
            fs::set_permissions(path, fs::Permissions::from_mode(0o644))?;
        }
    }
    let _ = folder;
    Ok(())
}

/// The page that lists the chapters.
fn index(chapters: &[Chapter]) -> Page {
    let entries: String = chapters.iter().map(entry).collect();
    let body = format!(
        "<h1>A workbook for computational neurology</h1>\n\
         <p class=\"lead\">How does a brain come to its rhythms? Read, look, move the sliders, and think before you unfold an answer. To fill the \
         blanks and have your code checked, open the same chapters as notebooks: <code>cargo run -- lab</code>.</p>\n\
         <ol class=\"chapters\">\n{entries}</ol>\n"
    );
    Page { file: "index.html".into(), title: "The chapters".into(), lead: String::new(), body, ..Page::default() }
}

fn entry(chapter: &Chapter) -> String {
    let exercises = chapter.exercises().count();
    let points: u32 = chapter.exercises().map(|exercise| exercise.points).sum();
    let minutes: u32 = chapter.exercises().filter_map(|exercise| exercise.minutes).sum();
    let number = chapter.name.split('_').next().unwrap_or_default();
    let prepares = if chapter.name.contains("_prep") { " · preparation" } else { "" };
    let work = match exercises {
        0 => String::from("to read, with a quiz"),
        1 => format!("1 exercise, {minutes} minutes, {points} points"),
        _ => format!("{exercises} exercises, {minutes} minutes, {points} points"),
    };
    format!(
        "<li><a href=\"{}.html\"><span class=\"number\">{number}{prepares}</span>{}</a><p>{}</p><p class=\"work\">{work}</p></li>\n",
        chapter.name,
        page::escape(&chapter.title),
        page::escape(&chapter::lead(chapter)),
    )
}

/// A text of the course as a page.
fn text_page(text: &str, file: &str, title: &str) -> Page {
    let mut prose = Prose::default();
    let body = format!("<section class=\"prose\">\n{}</section>\n", prose.html(text, true));
    Page {
        file: file.into(),
        title: title.into(),
        lead: String::new(),
        body,
        headings: prose.headings,
        is_chapter: false,
    }
}
