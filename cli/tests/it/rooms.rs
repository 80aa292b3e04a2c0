//! Which file uses which: no file of the tool looks up to a room above its own, and no two files use each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The rooms of the tool, from the highest floor to the lowest. Rooms on one floor do not use each other.
const FLOORS: [&[&str]; 10] = [
    &["cli"],
    &["fuzz", "nbgrader", "site"],
    &["commands"],
    &["grading"],
    &["answers", "page"],
    &["run", "jupyter"],
    &["notebook", "convert"],
    &["compiler_hints"],
    &["sandbox", "chapter"],
    &["support"],
];

/// Where a crate's files are.
const CRATES: [&str; 4] = ["src", "cli/src", "kernel/src", "kernel/analysis/src"];

/// A file by its path as a module: `["figure", "draw"]`.
type Module = Vec<String>;

/// What each file of a crate uses of its other files, leaving out tests.
fn uses(sources: &Path) -> BTreeMap<Module, BTreeSet<Module>> {
    let mut files = BTreeMap::new();
    find(sources, &mut Vec::new(), &mut files);
    let modules: BTreeSet<Module> = files.keys().cloned().collect();
    let used = |(module, file): (&Module, &PathBuf)| {
        let text = fs::read_to_string(file).unwrap();
        let tokens: TokenStream = text.parse().unwrap_or_else(|why| panic!("{}: {why}", file.display()));
        let mut paths = Vec::new();
        collect(tokens, &mut paths);
        let found = paths.into_iter().filter_map(|path| file_of(&path, module, &modules));
        (module.clone(), found.filter(|found| found != module).collect())
    };
    files.iter().map(used).collect()
}

fn find(folder: &Path, place: &mut Module, files: &mut BTreeMap<Module, PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display())) {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if name == "tests" {
            continue;
        }
        place.push(name);
        if path.is_dir() {
            find(&path, place, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.insert(place.clone(), path);
        }
        place.pop();
    }
}

/// The paths that begin with `crate` or `super`, of imports and of everything else.
fn collect(tokens: TokenStream, paths: &mut Vec<Module>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Punct(mark) if mark.as_char() == '#' && tests_follow(tokens.get(at + 1)) => {
                // The module of tests: its attribute, `mod`, its name, its body.
                at += 2;
                while !matches!(&tokens[at], TokenTree::Group(_)) && tokens[at].to_string() != ";" {
                    at += 1;
                }
            }
            TokenTree::Ident(word) if word == "crate" || word == "super" => at = tree(&tokens, at, &[], paths),
            TokenTree::Group(group) => collect(group.stream(), paths),
            _ => {}
        }
        at += 1;
    }
}

fn tests_follow(attribute: Option<&TokenTree>) -> bool {
    attribute.is_some_and(|attribute| attribute.to_string().replace(' ', "") == "[cfg(test)]")
}

/// Reads a path, or a tree of them, and gives its last token.
fn tree(tokens: &[TokenTree], mut at: usize, before: &[String], paths: &mut Vec<Module>) -> usize {
    let mut path = before.to_vec();
    loop {
        match &tokens[at] {
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                for branch in inner.split(|token| token.to_string() == ",").filter(|branch| !branch.is_empty()) {
                    tree(branch, 0, &path, paths);
                }
                return at;
            }
            _ => {}
        }
        let colons = tokens.get(at + 1).zip(tokens.get(at + 2));
        if !colons.is_some_and(|(one, two)| one.to_string() == ":" && two.to_string() == ":") || at + 3 >= tokens.len()
        {
            paths.push(path);
            return at;
        }
        at += 3;
    }
}

/// The file that a path leads to from a module: the longest part of it that is one.
fn file_of(path: &[String], from: &[String], modules: &BTreeSet<Module>) -> Option<Module> {
    let above = path.iter().take_while(|word| *word == "super").count();
    let mut whole = match path.first()?.as_str() {
        "crate" => path[1..].to_vec(),
        _ => [from.get(..from.len().checked_sub(above)?)?, &path[above..]].concat(),
    };
    while !whole.is_empty() && !modules.contains(&whole) {
        whole.pop();
    }
    // Above a file is its room, of which it is a part.
    (!whole.is_empty() && !from.starts_with(&whole)).then_some(whole)
}

fn named(module: &[String]) -> String {
    module.join("::")
}

#[test]
fn no_room_of_the_tool_uses_one_above_it_or_beside_it() {
    let uses = uses(&Path::new(ROOT).join("cli/src"));
    assert!(uses.len() > 100, "too few files were found: {}", uses.len());
    let floor = |module: &Module| FLOORS.iter().position(|rooms| rooms.contains(&module[0].as_str()));
    let mut wrong = Vec::new();
    for (module, used) in &uses {
        if module[0] == "lib" || module[0] == "main" {
            continue;
        }
        let own = floor(module).unwrap_or_else(|| panic!("{} is on no floor: name its room in FLOORS", named(module)));
        let is_wrong = |used: &&Module| used[0] != module[0] && floor(used).is_none_or(|floor| floor <= own);
        wrong.extend(used.iter().filter(is_wrong).map(|used| format!("{} uses {}", named(module), named(used))));
    }
    assert!(wrong.is_empty(), "these imports go up:\n{}", wrong.join("\n"));
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    for sources in CRATES {
        let mut left = uses(&Path::new(ROOT).join(sources));
        // Whoever uses nobody that is left is in no circle; nor, then, is who uses only such.
        loop {
            let free: Vec<Module> = left.iter().filter(|(_, used)| used.is_empty()).map(|(it, _)| it.clone()).collect();
            if free.is_empty() {
                break;
            }
            free.iter().for_each(|module| _ = left.remove(module));
            left.values_mut().for_each(|used| used.retain(|used| !free.contains(used)));
        }
        let circle: Vec<String> = left
            .iter()
            .map(|(module, used)| {
                format!("{} uses {}", named(module), used.iter().map(|it| named(it)).collect::<Vec<_>>().join(", "))
            })
            .collect();
        assert!(circle.is_empty(), "in {sources}, these files are in a circle or use one:\n{}", circle.join("\n"));
    }
}

#[test]
fn a_circle_and_a_path_in_any_form_are_seen() {
    let text = "use super::{b::{self, C}, d}; fn f() { crate::e::g(\"crate::no\") } // crate::no\n\
                #[cfg(test)] mod tests { use crate::t; }";
    let mut paths = Vec::new();
    collect(text.parse().unwrap(), &mut paths);
    let paths: Vec<String> = paths.iter().map(|path| named(path)).collect();
    assert_eq!(paths, ["super::b::self", "super::b::C", "super::d", "crate::e::g"]);
    let module = |name: &str| -> Module { name.split("::").map(str::to_owned).collect() };
    let modules = BTreeSet::from(["r", "r::a", "r::b", "e"].map(module));
    let leads = |path: &str| file_of(&module(path), &module("r::a"), &modules).map(|it| named(&it));
    assert_eq!(leads("super::b::C").as_deref(), Some("r::b"));
    assert_eq!(leads("crate::e::g").as_deref(), Some("e"));
    assert_eq!(leads("super::Own"), None, "its own room");
}
