//! Archives that unpack to more than anybody has to read.

use super::super::archive::{Archive, Limits};
use super::*;

#[test]
fn to_look_for_one_persons_notebook_no_more_than_a_gigabyte_is_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let zeros = vec![0; 40 << 20];
    let names: Vec<String> = (0..30).map(|number| format!("{number}.ipynb")).collect();
    let mut entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    entries.push(("data.bin", &zeros));
    // Stored and not packed, so that what is around it packs it and it has to be unpacked for each notebook.
    let bomb = stored(&entries);
    put(folder.path(), "anna.zip", &zipped(&[("1.zip", &bomb)]));
    put(folder.path(), "bo.zip", &zipped(&[("1.zip", &bomb), ("2.zip", &bomb)]));
    put(folder.path(), "di.zip", &zipped(&[("1.zip", &stored(&[("data.bin", &zeros), ("x.ipynb", b"di's")]))]));
    let said = contents(&find(&[folder.path().to_owned()]));
    for (id, part) in [("anna", "more than 1024 MB would have to be unpacked"), ("bo", "60 notebooks in zip files")] {
        assert!(said.iter().any(|(of, said)| of == id && said.contains(part)), "{said:?}");
    }
    assert!(said.contains(&("di".to_owned(), "di's".to_owned())), "one notebook in as much is read");
    // Nor in all the zip files of one person together.
    let path = put(folder.path(), "two.zip", &zipped(&[("1.zip", &bomb), ("2.zip", &bomb)]));
    let mut outer = Archive::open(&path, Limits::CLASS).unwrap();
    let mut left = 60 << 20;
    assert!(outer.nested(0, Limits::PERSON, &mut left).is_ok());
    let error = outer.nested(1, Limits::PERSON, &mut left).err().unwrap();
    assert!(error.to_string().contains("all zip files in it unpack to more than"), "{error}");
}

#[test]
fn names_of_thousands_of_folders_and_lists_of_megabytes_are_their_makers_loss_alone() {
    let folder = tempfile::tempdir().unwrap();
    let deep = format!("{}x.ipynb", "a/".repeat(30_000));
    put(folder.path(), "anna.zip", &zipped(&[("work.zip", &stored(&[(&deep, b"x"), ("y.ipynb", b"anna's")]))]));
    let names: Vec<String> = (0..160).map(|number| format!("{number}{}", "b".repeat(60_000))).collect();
    let long: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    put(folder.path(), "bo.zip", &zipped(&[("work.zip", &stored(&long))]));
    put(folder.path(), "cy.zip", &zipped(&[(&format!("{}.pdf", "c".repeat(60_000)), b"x")]));
    let said = contents(&find(&[folder.path().to_owned()]));
    assert!(said.contains(&("anna".to_owned(), "anna's".to_owned())), "{said:?}");
    for (id, part) in [("bo", "its list of files is too long"), ("cy", "no notebook was handed in")] {
        assert!(said.iter().any(|(of, said)| of == id && said.contains(part) && said.len() < 300), "{said:?}");
    }
}

/// A zip file of so many empty files, deep in folders.
fn empty_files(count: usize) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|number| format!("{}{number}", "a/".repeat(40))).collect();
    stored(&names.iter().map(|name| (name.as_str(), &b""[..])).collect::<Vec<_>>())
}

fn said_of<'a>(said: &'a [(String, String)], id: &str) -> Vec<&'a str> {
    said.iter().filter(|(of, _)| of == id).map(|(_, said)| said.as_str()).collect()
}

#[test]
fn whoever_hands_in_tens_of_thousands_of_files_is_told_the_limit_and_nobody_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let many = empty_files(7_000);
    let in_zips = zipped(&[("1.zip", &many[..]), ("2.zip", &many), ("3.zip", &many)]);
    let pictures: Vec<String> = (0..4_000).map(|number| format!("pictures/{number}.png")).collect();
    let mut honest: Vec<(&str, &[u8])> = pictures.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    honest.push(("x.ipynb", b"bo's"));
    let files: Vec<String> = (0..20_001).map(|number| format!("class/di/{number}.txt")).collect();
    let mut class = vec![("class/anna.zip", &in_zips[..]), ("class/cy.ipynb", b"cy's"), ("class/di/x.ipynb", b"di's")];
    let bo = zipped(&honest);
    class.push(("class/bo.zip", &bo));
    class.extend(files.iter().map(|name| (name.as_str(), &b""[..])));
    let path = put(folder.path(), "class.zip", &zipped(&class));
    for (name, bytes) in &class {
        put(folder.path(), name, bytes);
    }
    for given in [path, folder.path().join("class")] {
        let said = contents(&find(std::slice::from_ref(&given)));
        for id in ["anna", "di"] {
            let said = said_of(&said, id);
            // On a disk they are anybody's home.
            let is_read = id == "di" && given.is_dir() && said == ["di's"];
            let is_told = !said.is_empty() && said.iter().all(|why| why.contains("more than 20000 files"));
            assert!(is_read || is_told && !(id == "di" && given.is_dir()), "{id}: {said:?}");
        }
        assert_eq!((said_of(&said, "bo"), said_of(&said, "cy")), (vec!["bo's"], vec!["cy's"]));
    }
}

#[test]
fn one_persons_zip_file_has_that_persons_limits_wherever_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let many = put(folder.path(), "class/anna.zip", &empty_files(20_001));
    let bo = put(folder.path(), "class/bo.zip", &zipped(&[("x.ipynb", b"bo's")]));
    let moodle = put(folder.path(), "Cy_3_assignsubmission_file_.zip", &empty_files(20_001));
    let limit = "the zip file has 20001 entries, the limit is 20000";
    for given in [vec![folder.path().join("class")], vec![many.clone(), bo]] {
        let said = contents(&find(&given));
        assert!(said_of(&said, "anna")[0].contains(limit) && said_of(&said, "bo") == ["bo's"], "{said:?}");
    }
    assert!(contents(&find(&[moodle]))[0].1.contains(limit));
}

#[test]
fn a_class_of_a_thousand_with_twenty_files_each_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..20_000).map(|file| format!("class/learner {}/{}.png", file / 20, file % 20)).collect();
    let mut class: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    // In a class's own folder, too, each has twenty zip files.
    let zips: Vec<String> = (0..60).map(|person| format!("class/zip {person}.zip")).collect();
    let work = zipped(&[("x.ipynb", b"work")]);
    class.extend(zips.iter().map(|name| (name.as_str(), &work[..])));
    let said = contents(&find(&[put(folder.path(), "class.zip", &stored(&class))]));
    assert_eq!((said.len(), said.iter().filter(|(_, said)| said == "work").count()), (1_060, 60));
}

/// The same zip file, with one entry called like another.
fn renamed(mut zip: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    for at in 0..zip.len() - from.len() {
        if zip[at..].starts_with(from.as_bytes()) {
            zip[at..at + from.len()].copy_from_slice(to.as_bytes());
        }
    }
    zip
}

#[test]
fn of_two_files_with_one_name_in_a_zip_file_none_is_dropped_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let own = renamed(stored(&[("x.ipynb", b"1"), ("y.ipynb", b"2")]), "y.ipynb", "x.ipynb");
    let entries: [(&str, &[u8]); 10] = [
        ("anna/x.ipynb", b"anna's first"),
        ("anna/y.ipynb", b"anna's second"),
        ("anna/z.ipynb", b"anna's third"),
        ("bo/x.ipynb", b"bo's"),
        ("bo/1.png", b"1"),
        ("bo/2.png", b"2"),
        ("cy/x.ipynb", b"cy's"),
        ("cy/y.ipynb", b"cy's"),
        ("di/x.ipynb", b"di's"),
        ("di/work.zip", &own),
    ];
    let mut class = stored(&entries);
    for (from, to) in [("anna/y.ipynb", "anna/x.ipynb"), ("bo/2.png", "bo/1.png"), ("cy/y.ipynb", "cy/x.ipynb")] {
        class = renamed(class, from, to);
    }
    let said = contents(&find(&[put(folder.path(), "class.zip", &class)]));
    for (id, name) in [("anna", "class.zip/anna/x.ipynb"), ("di", "class.zip/di/work.zip/x.ipynb")] {
        let said = said_of(&said, id);
        assert!(matches!(said[..], [why] if why.contains("under one name") && why.contains(name)), "{said:?}");
    }
    assert_eq!(said_of(&said, "bo"), ["bo's"], "of a picture nothing is marked");
    assert_eq!(said_of(&said, "cy"), ["cy's"], "the same file twice is one");
}
