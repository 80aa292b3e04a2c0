//! Documents that were handed in beside notebooks.

use super::{find, put, zipped};

#[test]
fn documents_beside_a_notebook_are_told_and_what_a_platform_or_the_course_wrote_is_none() {
    let class = zipped(&[
        ("Anna Ek_1_assignsubmission_file_/x.ipynb", b"anna's"),
        ("Anna Ek_1_assignsubmission_file_/answers in words.PDF", b"%PDF"),
        ("Anna Ek_1_assignsubmission_onlinetext_/onlinetext.html", b"<p>"),
        ("Bo Li_2_assignsubmission_file_/x.ipynb", b"bo's"),
        ("Bo Li_2_assignsubmission_file_/data.csv", b"1"),
        ("Bo Li_2_assignsubmission_file_/README.md", b"1"),
        ("Cy_3_assignsubmission_file_/photo.heic", b"1"),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let found = find(&[put(folder.path(), "class.zip", &class)]);
    let beside: Vec<Option<&str>> = found.found.iter().map(|found| found.beside.as_deref()).collect();
    assert_eq!(beside, [Some("answers in words.PDF (4 bytes), onlinetext.html (3 bytes)"), None, None]);
    let note = "beside a notebook, for you to look at where it leaves a question in words open: Anna Ek_1: answers in words.PDF (4 bytes), onlinetext.html (3 bytes)";
    assert_eq!(found.notes, [note]);
    let attempt = "HW_aek_attempt_2026-11-29-10-00-00";
    let [about, notebook, words] = ["", "_x.ipynb", "_words.txt"].map(|end| format!("{attempt}{end}"));
    let about = format!("{about}.txt");
    for (files, beside) in
        [(vec![&about, &notebook], None), (vec![&about, &notebook, &words], Some(format!("{words} (1 bytes)")))]
    {
        let files: Vec<(&str, &[u8])> = files.into_iter().map(|file| (file.as_str(), b"x".as_slice())).collect();
        let found = find(&[put(folder.path(), "gradebook.zip", &zipped(&files))]);
        assert_eq!((found.found.len(), &found.found[0].beside), (1, &beside));
    }
}

#[test]
fn a_document_among_the_notebooks_of_a_class_is_of_whoever_its_name_begins_with() {
    let folder = tempfile::tempdir().unwrap();
    for file in [
        "Anna.ipynb",
        "Anna Ek.ipynb",
        "02_single_node_dynamics_Bo_Li.ipynb",
        "Anna Ek answers.pdf",
        "02_single_node_dynamics_Bo_Li.jpg",
        "Annabel.pdf",
        "marks.csv",
    ] {
        put(folder.path(), file, b"x");
    }
    let found = find(&[folder.path().to_owned()]);
    let beside: Vec<(&str, Option<&str>)> =
        found.found.iter().map(|found| (found.id.as_str(), found.beside.as_deref())).collect();
    assert_eq!(
        beside,
        [
            ("Anna", None),
            ("Anna Ek", Some("Anna Ek answers.pdf (1 bytes)")),
            ("Bo_Li", Some("02_single_node_dynamics_Bo_Li.jpg (1 bytes)"))
        ]
    );
}
