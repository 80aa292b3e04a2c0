use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use proptest::prelude::{any, prop_assert, proptest};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{MOST_BYTES, Machine, Submissions};

mod documents;
mod limits;

/// A zip file with these entries.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    archive(entries, CompressionMethod::Deflated)
}

/// The same, as large as what is in it.
fn stored(entries: &[(&str, &[u8])]) -> Vec<u8> {
    archive(entries, CompressionMethod::Stored)
}

fn archive(entries: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, contents) in entries {
        zip.start_file(*name, options).unwrap();
        zip.write_all(contents).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn put(folder: &Path, name: &str, contents: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, contents).unwrap();
    path
}

fn find(given: &[PathBuf]) -> Submissions {
    Submissions::find(given, &["02_single_node_dynamics".to_owned()]).unwrap()
}

/// Each id with what can be read there, or why not.
fn contents(submissions: &Submissions) -> Vec<(String, String)> {
    let read = |found: &super::Found| match found.read() {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => format!("error: {error:#}"),
    };
    submissions.found.iter().map(|found| (found.id.clone(), read(found))).collect()
}

fn ids(submissions: &Submissions) -> Vec<&str> {
    submissions.found.iter().map(|found| found.id.as_str()).collect()
}

#[test]
fn a_zip_of_moodle_is_read_with_zips_inside_and_what_mac_os_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let inner = zipped(&[("work/02_single_node_dynamics.ipynb", b"bo")]);
    let class = zipped(&[
        ("Änne Öst_12_assignsubmission_file_/02_single_node_dynamics.ipynb", "änne".as_bytes()),
        ("__MACOSX/Änne Öst_12_assignsubmission_file_/._02_single_node_dynamics.ipynb", b"x"),
        ("Änne Öst_12_assignsubmission_file_/.ipynb_checkpoints/x-checkpoint.ipynb", b"x"),
        ("Bo_13_assignsubmission_file_/work.zip", &inner),
        ("Cy_14_assignsubmission_file_/report.pdf", b"x"),
        ("Di_15_assignsubmission_file_/work.ipynb", b""),
    ]);
    let found = find(&[put(folder.path(), "Kurs ü.zip", &class)]);
    let expected = [
        ("Bo_13", "bo"),
        ("Cy_14", "error: no notebook was handed in, only report.pdf"),
        ("Di_15", "error: the file is empty"),
        ("Änne Öst_12", "änne"),
    ];
    assert_eq!(contents(&found), expected.map(|(id, text)| (id.to_owned(), text.to_owned())));
}

#[test]
fn a_folder_of_canvas_is_read_and_namesakes_and_late_work_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ekanna_1_11_x.ipynb", "ekanna_2_12_x.ipynb", "obo_LATE_3_13_x-1.ipynb", "pcy_4_14_essay.docx"] {
        put(folder.path(), name, name.as_bytes());
    }
    let found = find(&[folder.path().to_owned()]);
    assert_eq!(ids(&found), ["ekanna_1", "ekanna_2", "obo_3", "pcy_4"]);
    assert!(found.found[3].read().unwrap_err().to_string().contains("only pcy_4_14_essay.docx"));
}

#[test]
fn submissions_of_one_name_keep_it_and_none_is_called_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let paths = [
        put(folder.path(), "a/anna.ipynb", b"1"),
        put(folder.path(), "b/Anna.ipynb", b"2"),
        put(folder.path(), "c/anna-2.ipynb", b"3"),
        put(folder.path(), "a/notes.txt", b"4"),
    ];
    let given = [paths[0].clone(), paths[1].clone(), paths[2].clone(), folder.path().join("a")];
    let found = find(&given);
    assert_eq!(ids(&found), ["Anna", "Anna", "anna-2"], "the notebook in the folder `a` was given twice");
    assert!(found.notes.iter().any(|note| note.contains("notes.txt")), "{:?}", found.notes);
    let reversed: Vec<PathBuf> = given.into_iter().rev().collect();
    assert_eq!(contents(&found), contents(&find(&reversed)), "the order on the command line does not matter");
}

#[test]
fn nobody_takes_another_name_from_inside_an_archive_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let theft = zipped(&[("Anna Ek_1_assignsubmission_file_/x.ipynb", b"bo's"), ("anna_12_345_x.ipynb", b"bo's")]);
    put(folder.path(), "class/Anna Ek_1_assignsubmission_file_/x.ipynb", b"anna's");
    put(folder.path(), "class/Bo_2_assignsubmission_file_/work.zip", &theft);
    put(folder.path(), "class/Bo_2_assignsubmission_file_/Anna Ek_1_assignsubmission_file_/y.ipynb", b"bo's");
    let found = find(&[folder.path().join("class")]);
    let annas: Vec<_> = contents(&found).into_iter().filter(|(id, _)| id == "Anna Ek_1").collect();
    assert_eq!(annas, [("Anna Ek_1".to_owned(), "anna's".to_owned())]);
    assert!(ids(&found).iter().all(|id| ["Anna Ek_1", "Bo_2"].contains(id)), "{:?}", ids(&found));
    let beside = [put(folder.path(), "bo.zip", &theft), put(folder.path(), "cy.zip", &zipped(&[("x.ipynb", b"cy's")]))];
    assert_eq!(ids(&find(&beside)), ["bo", "bo", "cy"]);
}

#[test]
fn whoever_handed_in_an_empty_zip_file_or_what_jupyter_leaves_has_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    put(folder.path(), "anna.zip", &zipped(&[]));
    put(folder.path(), "bo.zip", &zipped(&[(".ipynb_checkpoints/x-checkpoint.ipynb", b"x")]));
    put(folder.path(), "cy/.ipynb_checkpoints/x.ipynb", b"x");
    put(folder.path(), "di.ipynb", b"di's");
    let class =
        zipped(&[("Ed_5_assignsubmission_file_/.DS_Store", b"x"), ("Fi_6_assignsubmission_file_/x.ipynb", b"f")]);
    let found = find(&[folder.path().to_owned(), put(elsewhere.path(), "class of moodle.zip", &class)]);
    assert_eq!(ids(&found)[..4], ["Fi_6", "anna", "bo", "cy"]);
    for (id, said) in contents(&found).into_iter().filter(|(id, _)| ["anna", "bo", "cy"].contains(&id.as_str())) {
        assert!(said.contains("nothing was handed in"), "{id}: {said}");
    }
    let empty = put(folder.path(), "alone.zip", &zipped(&[]));
    assert_eq!(ids(&find(&[empty])), ["alone"]);
}

#[test]
fn a_learners_thousand_zip_files_are_that_learners_loss_alone() {
    let folder = tempfile::tempdir().unwrap();
    let inner = zipped(&[("x.ipynb", b"x")]);
    let names: Vec<String> = (0..400).map(|number| format!("{number}.zip")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &inner[..])).collect();
    put(folder.path(), "anna.zip", &zipped(&many));
    put(folder.path(), "bo.ipynb", b"bo's");
    let found = find(&[folder.path().to_owned()]);
    assert!(contents(&found).iter().any(|(id, said)| id == "anna" && said.contains("more than 20 zip files in one")));
    assert!(contents(&found).contains(&("bo".to_owned(), "bo's".to_owned())));
}

#[test]
fn a_notebook_under_the_chapters_own_name_is_called_by_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let anna = put(folder.path(), "anna/02_single_node_dynamics.ipynb", b"1");
    let bo = put(folder.path(), "bo/02_single_node_dynamics (2).ipynb", b"1");
    assert_eq!(ids(&find(&[anna, bo.parent().unwrap().to_owned()])), ["anna", "bo"]);
}

#[test]
fn an_entry_that_leads_out_of_its_zip_file_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let class = zipped(&[("../../evil.ipynb", b"1"), ("/etc/abs.ipynb", b"2"), ("C:\\x\\drive.ipynb", b"3")]);
    let found = find(&[put(folder.path(), "class.zip", &class)]);
    assert_eq!(ids(&found), ["abs", "drive", "evil"]);
    for (id, text) in contents(&found) {
        assert!(text.contains("leads out"), "{id}: {text}");
    }
}

#[test]
fn a_symbolic_link_is_not_followed_in_a_zip_file_or_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut zip = ZipWriter::new(File::create(folder.path().join("links.zip")).unwrap());
    zip.add_symlink("anna.ipynb", "/etc/hostname", SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("bo.ipynb")).unwrap();
    for (id, text) in contents(&find(&[folder.path().to_owned()])) {
        assert!(text.contains("symbolic link"), "{id}: {text}");
    }
}

#[test]
fn a_zip_bomb_is_stopped_at_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let zeros = vec![0; MOST_BYTES as usize + 1];
    let bomb = zipped(&[("huge.ipynb", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    let mut nested = bomb.clone();
    for _ in 0..4 {
        nested = zipped(&[("deeper.zip", &nested)]);
    }
    let many: Vec<(String, &[u8])> = (0..60).map(|number| (format!("{number}.ipynb"), &b"x"[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    for (name, bytes) in [("a.zip", &bomb), ("b.zip", &nested), ("c.zip", &zipped(&many))] {
        put(folder.path(), name, bytes);
    }
    let found = find(&[folder.path().to_owned()]);
    let said: String = contents(&found).into_iter().map(|(id, text)| format!("{id}: {text}\n")).collect();
    assert_eq!(ids(&found), ["a", "b", "c"]);
    for part in ["the limit is 64 MB", "more than 3 deep", "60 notebooks in one zip file"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
}

#[cfg(unix)]
#[test]
fn what_has_no_end_is_not_read_and_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let named = ["anna.ipynb", "bo.ipynb", "cy.zip"].map(|name| folder.path().join(name));
    assert!(std::process::Command::new("mkfifo").arg(&named[0]).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", &named[1]).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &named[2]).unwrap();
    let given = [&named[..], &[put(folder.path(), "di.ipynb", b"di's")]].concat();
    let said = contents(&find(&given));
    assert_eq!(said.len(), 4);
    for (id, text) in &said[..3] {
        assert!(text.contains("a device or a pipe, not a file"), "{id}: {text}");
    }
    assert_eq!(said[3], ("di".to_owned(), "di's".to_owned()));
}

#[test]
fn of_a_class_in_a_folder_of_another_name_it_is_said_which_folder_to_name() {
    let folder = tempfile::tempdir().unwrap();
    let class = zipped(&[("Abgaben/Ek_Anna_aek/x.ipynb", b"anna's"), ("Abgaben/Bo_Otto_obo/x.ipynb", b"bo's")]);
    let found = find(&[put(folder.path(), "class.zip", &class)]);
    assert_eq!(ids(&found), ["Abgaben", "Abgaben"], "whose they are is not guessed");
    let note = "all 2 notebooks are called Abgaben: if they are of several people, give each";
    assert!(found.notes.iter().any(|told| told.starts_with(note)), "{:?}", found.notes);
}

#[test]
fn a_huge_file_is_not_read_and_its_size_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "anna.ipynb", b"");
    File::options().write(true).open(&path).unwrap().set_len(200 << 20).unwrap();
    let said = contents(&find(std::slice::from_ref(&path)));
    assert!(said[0].1.contains("the notebook has 200 MB, the limit is 64 MB: clear its outputs"), "{said:?}");
    File::options().write(true).open(&path).unwrap().set_len(MOST_BYTES + 1).unwrap();
    assert!(contents(&find(&[path]))[0].1.contains("the notebook has 65 MB, the limit is 64 MB"));
}

#[test]
fn what_is_no_zip_file_is_a_submission_that_could_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let found = find(&[put(folder.path(), "anna.zip", b"not a zip"), put(folder.path(), "bo.pdf", b"x")]);
    let said = contents(&found);
    assert_eq!(said[0], ("anna".to_owned(), said[0].1.clone()));
    assert!(said[0].1.contains("not a zip file") && said[1].1.contains("not a notebook"), "{said:?}");
}

#[test]
fn nothing_to_mark_is_said_with_what_to_name() {
    let folder = tempfile::tempdir().unwrap();
    let error = Submissions::find(&[folder.path().to_owned()], &[]).unwrap_err().to_string();
    assert!(error.contains("folders of them, or a zip file"), "{error}");
    let missing = Submissions::find(&[folder.path().join("nowhere")], &[]).unwrap_err().to_string();
    assert!(missing.contains("cannot find") && missing.contains("nowhere"), "{missing}");
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_of_zip_files_panic(start in 0usize..400, noise in proptest::collection::vec(any::<u8>(), 0..40)) {
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = zipped(&[("anna/x.ipynb", b"1"), ("bo/y.zip", &zipped(&[("z.ipynb", b"2")]))]);
        let start = start.min(bytes.len());
        let end = (start + noise.len()).min(bytes.len());
        bytes[start..end].copy_from_slice(&noise[..end - start]);
        let found = find(&[put(folder.path(), "class.zip", &bytes), put(folder.path(), "x.ipynb", b"1")]);
        prop_assert!(!contents(&found).is_empty());
    }
}

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// What a learner hands in: files with their bytes. All of it says whose it is, and some of it is called like another's.
fn handed_in(dice: &mut Dice, own: usize, other: &str) -> Vec<(String, Vec<u8>)> {
    let bytes = own.to_string().into_bytes();
    let theft = [
        format!("{other}/x.ipynb"),
        format!("../{other}/x.ipynb"),
        format!("{other}_12_345_x.ipynb"),
        format!("a/{other}_assignsubmission_file_/x.ipynb"),
        format!("class/{other}.ipynb"),
        "02_single_node_dynamics.ipynb".to_owned(),
    ];
    let hostile: Vec<(&str, &[u8])> = theft.iter().map(|name| (name.as_str(), &bytes[..])).collect();
    match dice.below(6) {
        0 => vec![("work.zip".to_owned(), zipped(&hostile[..1 + dice.below(theft.len())]))],
        1 => theft.iter().filter(|name| !name.contains("..")).map(|name| (name.clone(), bytes.clone())).collect(),
        2 => vec![("work.zip".to_owned(), zipped(&[("inner.zip", &zipped(&hostile))]))],
        3 => vec![("work.zip".to_owned(), zipped(&[]))],
        4 => vec![("report.pdf".to_owned(), bytes)],
        _ => vec![("my work.ipynb".to_owned(), bytes)],
    }
}

#[test]
fn in_two_hundred_classes_nobodys_work_is_called_by_another_name_and_nobody_is_missing() {
    let people = ["Anna Ek", "anna", "=x", "'=x", "00123", "123", "Bö", "con", "a_b", "ekanna_12", "-rf", "MAR1"];
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let folder = tempfile::tempdir().unwrap();
        let class = folder.path().join("class");
        let is_moodle = dice.below(2) == 0;
        let name = |person: usize| match is_moodle {
            true => format!("{}_{}_assignsubmission_file_", people[person], 100 + person),
            false => format!("{} {person}", people[person]),
        };
        let count = 2 + dice.below(people.len() - 2);
        let mut entries = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        // The last one comes late.
        for person in 0..count {
            let other = name(dice.below(count));
            for (file, bytes) in handed_in(&mut dice, person, &other) {
                entries.push((format!("{}/{file}", name(person)), bytes));
            }
            if person + 2 < count {
                continue;
            }
            let _ = fs::remove_dir_all(&class);
            let given = if dice.below(2) == 0 {
                entries.iter().for_each(|(path, bytes)| _ = put(&class, path, bytes));
                class.clone()
            } else {
                let entries: Vec<(&str, &[u8])> =
                    entries.iter().map(|(path, bytes)| (path.as_str(), &bytes[..])).collect();
                put(folder.path(), "class.zip", &zipped(&entries))
            };
            let found = find(&[given]);
            let mut owners = std::collections::BTreeMap::new();
            for (id, said) in contents(&found) {
                if let Ok(owner) = said.parse::<usize>() {
                    let first = *owners.entry(id.clone()).or_insert(owner);
                    assert_eq!(first, owner, "class {seed}: {id}");
                    let expected = name(owner);
                    let expected = expected.split("_assignsubmission").next().unwrap();
                    assert!(
                        id.trim_start_matches('_').ends_with(expected.trim_start_matches('-')),
                        "{seed}: {id} is {expected}"
                    );
                }
            }
            let ids: std::collections::BTreeSet<String> = found.found.iter().map(|found| found.id.clone()).collect();
            assert_eq!(ids.len(), person + 1, "class {seed}: everybody has one name: {ids:?}");
            // Who was there before is called as before.
            assert!(known.is_subset(&ids), "class {seed}");
            known = ids;
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_read_costs_nobody_else_the_marks() {
    use rustix::fs::{Mode, OFlags, mkdirat, openat};
    let class = tempfile::tempdir().unwrap();
    fs::create_dir(class.path().join("bo")).unwrap();
    // Deeper than any path may be: also the administrator, who may read locked ones, cannot read it.
    let (mut folder, name) = (fs::File::open(class.path().join("bo")).unwrap(), "d".repeat(250));
    for _ in 0..20 {
        mkdirat(&folder, name.as_str(), Mode::RWXU).unwrap();
        folder = openat(&folder, name.as_str(), OFlags::RDONLY | OFlags::DIRECTORY, Mode::empty()).unwrap().into();
    }
    put(class.path(), "anna.ipynb", b"{}");
    let found = find(&[class.path().to_owned()]);
    assert_eq!(ids(&found), ["anna", "bo"]);
    assert_eq!(found.found[0].read().unwrap(), b"{}");
    assert!(found.found[1].read().unwrap_err().is::<Machine>());
}
