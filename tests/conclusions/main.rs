//! What the chapters conclude from many simulations, at the lengths and with the seeds that it takes to know:
//! `cargo test --test conclusions`.

mod brain;
mod chapter_03_recovery;
mod chapter_03_wilson_cowan;
mod chapter_04;
mod chapter_04_bold;
mod chapter_04_recovery;
mod chapter_04_uncertainty;
mod chapter_06;
mod conditions;
#[path = "../it/inverse.rs"]
mod inverse;
#[path = "../it/prose.rs"]
mod prose;
mod robustness;
mod robustness_chapter_01;
mod robustness_chapter_02;
mod robustness_chapter_03;
mod robustness_chapter_03_prep;
mod robustness_chapter_04_prep;
mod robustness_chapter_05;
#[path = "../it/study.rs"]
mod study;

#[test]
fn no_chapter_that_simulates_is_without_a_conclusion_that_is_drawn_again() {
    let tests = [
        include_str!("robustness.rs"),
        include_str!("robustness_chapter_01.rs"),
        include_str!("robustness_chapter_02.rs"),
        include_str!("robustness_chapter_03.rs"),
        include_str!("robustness_chapter_03_prep.rs"),
        include_str!("robustness_chapter_04_prep.rs"),
        include_str!("robustness_chapter_05.rs"),
        include_str!("chapter_03_wilson_cowan.rs"),
        include_str!("chapter_04_uncertainty.rs"),
        include_str!("chapter_06.rs"),
    ]
    .concat();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_chapter = path.extension().is_some_and(|extension| extension == "rs");
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if is_chapter && name.as_bytes()[0].is_ascii_digit() {
            assert!(tests.contains(&format!("\"{name}\"")), "no conclusion of {name} is drawn again");
        }
    }
}
