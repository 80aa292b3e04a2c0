//! Archives that unpack to more than anybody has to read.

use super::super::archive::Archive;
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
    let mut outer = Archive::open(&path).unwrap();
    let mut left = 60 << 20;
    assert!(outer.nested(0, &mut left).is_ok());
    let error = outer.nested(1, &mut left).err().unwrap();
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
