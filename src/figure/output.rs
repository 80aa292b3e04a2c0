//! Where a figure goes: below its cell, into a file, into a string.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Figure, draw, scene};
use crate::{Error, Result, display};

impl Figure {
    /// Shows the figure below the cell; outside a notebook, writes it to `target/figures/` and says
    /// where.
    pub fn show(&self) {
        if display::in_notebook() {
            display::show(self.output());
        } else {
            report(&self.name(), "svg", &self.file());
        }
    }

    /// Writes the figure as an SVG file on white ground.
    ///
    /// # Errors
    /// When the file cannot be written.
    #[doc(alias = "savefig")]
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        write(path.as_ref(), &self.file())
    }

    /// The figure as SVG for a page: without ground, its axes and words in the page's text colour.
    pub fn svg(&self) -> String {
        draw::scene(self).svg()
    }

    /// Shows the figure where it is the last line of a cell.
    pub fn evcxr_display(&self) {
        self.show();
    }

    pub(crate) fn scene(&self) -> scene::Scene {
        draw::scene(self)
    }

    /// What the figure is called as a file.
    pub(crate) fn name(&self) -> String {
        let title = if self.title.is_empty() { &self.panels[0].title } else { &self.title };
        let words: Vec<String> = title
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let name: String = words.join("-").chars().take(60).collect();
        if name.is_empty() { "figure".into() } else { name }
    }

    /// The picture as a file: it has no page, so it brings black on white.
    pub(super) fn file(&self) -> String {
        let svg = self.svg();
        let ground = "<rect width=\"100%\" height=\"100%\" fill=\"#fff\" stroke=\"none\"/>";
        match svg.find('>') {
            Some(end) => format!("{} color=\"#000\">{ground}{}\n", &svg[..end], &svg[end + 1..]),
            None => svg,
        }
    }
}

/// Writes `target/figures/NAME.EXTENSION` and prints where; a second figure of one name gets a
/// number. A failed write is printed, not returned: the simulation goes ahead.
pub(crate) fn report(name: &str, extension: &str, content: &str) {
    static WRITTEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    let stem = format!("{name}.{extension}");
    let file = match written.iter().filter(|before| **before == stem).count() {
        0 => stem.clone(),
        before => format!("{name}-{}.{extension}", before + 1),
    };
    written.push(stem);
    let path: PathBuf = ["target", "figures", &file].iter().collect();
    match write(&path, content) {
        Ok(()) => println!("figure: {}", path.display()),
        Err(error) => eprintln!("{error}"),
    }
}

pub(crate) fn write(path: &Path, content: &str) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, content))
        .map_err(|error| Error::new(format!("the figure cannot be written to {}: {error}", path.display())))
}
