//! Where the course keeps its chapters, their notebooks and the learner's copies.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Variant;
use crate::support::paths;

/// A checkout of the course.
#[derive(Debug, Clone)]
pub struct Course {
    root: PathBuf,
    /// The folder of the learner's own notebooks.
    own: PathBuf,
}

impl Course {
    /// The course in or above the working folder.
    pub fn find() -> Result<Course> {
        let root = paths::root()?;
        let own = paths::own_notebooks(&root)?;
        Ok(Course { root, own })
    }

    /// The course in this folder, with the learner's own notebooks in it.
    pub fn at(root: PathBuf) -> Course {
        let own = root.join("notebooks").join("mine");
        Course { root, own }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that holds everything about the chapters.
    pub fn notebooks(&self) -> PathBuf {
        self.root.join("notebooks")
    }

    /// The source of a chapter.
    pub fn source(&self, chapter: &str) -> PathBuf {
        self.notebooks().join(format!("{chapter}.rs"))
    }

    /// The generated notebook of a chapter.
    pub fn generated(&self, chapter: &str, variant: Variant) -> PathBuf {
        self.notebooks().join(variant.folder()).join(format!("{chapter}.ipynb"))
    }

    /// The learner's own notebook of a chapter.
    pub fn own_copy(&self, chapter: &str) -> PathBuf {
        self.own.join(format!("{chapter}.ipynb"))
    }

    /// The folder of the notebooks that resets have put aside.
    pub fn backups(&self) -> PathBuf {
        self.own.join("backups")
    }

    /// The folder of the learner's own notebooks.
    pub fn own_notebooks(&self) -> &Path {
        &self.own
    }

    /// The chapters' sources, in order.
    pub fn sources(&self) -> Result<Vec<PathBuf>> {
        Ok(in_teaching_order(files_in(&self.notebooks(), "rs")?))
    }

    /// The names of the chapters, in order.
    pub fn chapters(&self) -> Result<Vec<String>> {
        Ok(self.sources()?.iter().filter_map(|path| stem(path)).collect())
    }

    /// The chapter that somebody means by `02`, by its name or by its notebook's path.
    pub fn chapter(&self, meant: &str) -> Result<String> {
        let chapters = self.chapters()?;
        let stem = Path::new(meant).file_name().map_or(meant.into(), |name| name.to_string_lossy());
        let word = stem.strip_suffix(".ipynb").or_else(|| stem.strip_suffix(".rs")).unwrap_or(&stem);
        let number = format!("{word:0>2}_");
        let mut fitting: Vec<&String> = chapters.iter().filter(|name| name.as_str() == word).collect();
        if fitting.is_empty() {
            fitting = chapters.iter().filter(|name| name.starts_with(&number)).collect();
            // A number alone means the chapter, not the preparation for it.
            if fitting.len() > 1 {
                fitting.retain(|name| !name.starts_with(&format!("{number}prep")));
            }
        }
        match fitting[..] {
            [one] => Ok(one.clone()),
            [] if chapters.is_empty() => bail!("there is no chapter in {}", self.notebooks().display()),
            [] => bail!("there is no chapter `{meant}`: name one of {}", chapters.join(", ")),
            _ => bail!(
                "`{meant}` may be {}: write the whole name",
                fitting.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" or ")
            ),
        }
    }

    /// What a learner may write for a chapter: its number, where that means no other one.
    pub fn short_name<'a>(&self, chapter: &'a str) -> &'a str {
        let number = chapter.split('_').next().unwrap_or(chapter);
        if self.chapter(number).is_ok_and(|meant| meant == chapter) { number } else { chapter }
    }

    /// How messages name a file: from the course's folder on, the same on every system.
    pub fn shown(&self, path: &Path) -> String {
        match path.strip_prefix(&self.root) {
            Ok(inside) => inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"),
            Err(_) => path.display().to_string(),
        }
    }
}

/// The files with this ending, sorted.
pub fn files_in(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("cannot read the folder {}", folder.display()))?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|found| found == ending) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Chapters in the order of the course: by their numbers, and a preparation before what it prepares.
fn in_teaching_order(mut chapters: Vec<PathBuf>) -> Vec<PathBuf> {
    chapters.sort_by_cached_key(|path| {
        let name = stem(path).unwrap_or_default();
        let (number, rest) = name.split_once('_').unwrap_or((&name, ""));
        (number.to_owned(), !rest.starts_with("prep"), rest.to_owned())
    });
    chapters
}

/// A file's name without its ending.
pub fn stem(path: &Path) -> Option<String> {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preparation_comes_before_its_chapter() {
        let names = ["00_rust", "02_prep_systems", "02_node", "03_network", "03_prep_hopf"];
        let ordered = in_teaching_order(names.iter().map(|name| PathBuf::from(format!("{name}.rs"))).collect());
        let ordered: Vec<String> = ordered.iter().filter_map(|path| stem(path)).collect();
        assert_eq!(ordered, ["00_rust", "02_prep_systems", "02_node", "03_prep_hopf", "03_network"]);
    }
}
