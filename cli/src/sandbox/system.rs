//! Which of the system's own files a program needs.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Role;

/// The system's files for each kind of program.
#[derive(Debug, Clone)]
pub struct System {
    answer: Vec<PathBuf>,
    compiler: Vec<PathBuf>,
}

/// Linkers and what they link: programs and libraries, without the rest of /usr.
const COMPILER: [&str; 13] = [
    "/usr/bin",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/libexec",
    "/usr/libx32",
    "/bin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/etc/alternatives",
    "/etc/ld.so.cache",
];

/// Program loaders, by the names that are in the programs' headers.
const LOADERS: [&str; 4] = [
    "/lib64/ld-linux-x86-64.so.2",
    "/lib/ld-linux-aarch64.so.1",
    "/lib/ld-linux-riscv64-lp64d.so.1",
    "/lib64/ld64.so.2",
];

impl System {
    /// What is there on this machine.
    pub fn find() -> Result<System> {
        let present = |paths: &[&str]| paths.iter().map(PathBuf::from).filter(|path| path.exists()).collect();
        let mut answer: Vec<PathBuf> = present(&LOADERS);
        answer.extend(own_libraries()?);
        Ok(System { answer, compiler: present(&COMPILER) })
    }

    pub fn paths(&self, role: Role) -> &[PathBuf] {
        match role {
            Role::Answer => &self.answer,
            Role::Compiler { .. } => &self.compiler,
        }
    }
}

/// The shared libraries of this process: it is a Rust program, and uses those that any other one does.
fn own_libraries() -> Result<BTreeSet<PathBuf>> {
    let maps = fs::read_to_string("/proc/self/maps").context("/proc is not there")?;
    let paths = maps.lines().filter_map(|line| line.find('/').map(|start| Path::new(&line[start..])));
    let mut libraries = BTreeSet::new();
    for path in paths.filter(|path| is_library(path)) {
        libraries.insert(path.to_owned());
        // Older C libraries have their own version in the file's name, not the one that programs ask for.
        if !path.to_string_lossy().contains(".so.") {
            libraries.extend(other_names(path));
        }
    }
    Ok(libraries)
}

fn is_library(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.contains(".so"))
}

/// The links to a library beside it: libc.so.6 to libc-2.31.so.
fn other_names(library: &Path) -> Vec<PathBuf> {
    let folder = library.parent().and_then(|folder| fs::read_dir(folder).ok());
    let entries = folder.into_iter().flatten().flatten();
    let names = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink())).map(|entry| entry.path());
    names
        .filter(|path| {
            fs::read_link(path).is_ok_and(|target| target.as_os_str() == library.file_name().unwrap_or_default())
        })
        .collect()
}

/// The links on the way to a path, as places and targets, such as /lib and usr/lib. They must be
/// inside as they are outside, or a name leads nowhere.
pub fn links(path: &Path) -> Vec<(PathBuf, PathBuf)> {
    /// Linux follows no more.
    const MOST: usize = 40;
    let reversed =
        |path: &Path| -> Vec<OsString> { path.components().rev().map(|part| part.as_os_str().to_owned()).collect() };
    let mut found = Vec::new();
    let mut real = PathBuf::from("/");
    let mut ahead = reversed(path);
    while let Some(part) = ahead.pop() {
        if part == ".." {
            real.pop();
            continue;
        }
        let place = real.join(&part);
        match fs::read_link(&place) {
            Ok(target) if found.len() < MOST => {
                // An absolute target begins with the root again, which replaces all that was joined.
                ahead.extend(reversed(&target));
                found.push((place, target));
            }
            _ => real = place,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn every_link_on_the_way_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("usr/lib")).unwrap();
        fs::write(root.join("usr/lib/a.so.1"), "").unwrap();
        symlink("usr/lib", root.join("lib")).unwrap();
        symlink(root.join("lib/a.so.1"), root.join("usr/lib/a.so")).unwrap();
        let expected = [
            (root.join("lib"), PathBuf::from("usr/lib")),
            (root.join("usr/lib/a.so"), root.join("lib/a.so.1")),
            (root.join("lib"), PathBuf::from("usr/lib")),
        ];
        assert_eq!(links(&root.join("lib/a.so")), expected);
    }

    #[test]
    fn a_circle_of_links_ends() {
        let folder = tempfile::tempdir().unwrap();
        symlink("b", folder.path().join("a")).unwrap();
        symlink("a", folder.path().join("b")).unwrap();
        assert!(links(&folder.path().join("a")).len() <= 40);
    }

    #[test]
    fn an_answer_sees_the_c_library_and_no_program() {
        let system = System::find().unwrap();
        let names: Vec<String> =
            system.paths(Role::Answer).iter().map(|path| path.file_name().unwrap().to_string_lossy().into()).collect();
        assert!(names.iter().any(|name| name.starts_with("libc")), "{names:?}");
        assert!(names.iter().all(|name| name.contains(".so")), "{names:?}");
    }
}
