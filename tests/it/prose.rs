//! What a chapter says, so that a test can ask whether it says what is true.

use std::path::Path;

/// The source of a chapter, by the name of its file.
pub fn source(chapter: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("notebooks/{chapter}.rs"));
    std::fs::read_to_string(path).unwrap()
}

/// Asserts that a chapter says this, wherever its lines break. A minus is a hyphen.
#[track_caller]
pub fn says(chapter: &str, phrase: &str) {
    let source = source(chapter);
    let words: Vec<&str> = source.lines().map(|line| line.trim().trim_start_matches('/').trim()).collect();
    let text = words.join(" ").replace('−', "-");
    assert!(text.contains(&phrase.replace('−', "-")), "the chapter does not say: {phrase}");
}

/// Asserts that the parts of a chapter take as long as it says in all, and leave time for their exercises.
#[track_caller]
pub fn has_time(chapter: &str) {
    let source = source(chapter);
    let table = source.lines().skip_while(|line| !line.contains("| Part |")).take_while(|line| line.contains('|'));
    let parts: Vec<u32> =
        table.filter_map(|row| row.trim_end_matches(" |").rsplit("| ").next()?.trim().parse().ok()).collect();
    says(chapter, &format!("That is {} minutes", parts.iter().sum::<u32>()));
    let texts: Vec<&str> = source.split("// ## Part ").skip(1).collect();
    assert_eq!(texts.len(), parts.len());
    for (number, (text, part)) in texts.iter().zip(&parts).enumerate() {
        let markers = text.lines().filter(|line| line.contains("// %%"));
        let minutes: u32 = markers.filter_map(|line| line.split_once("minutes=")?.1.trim().parse::<u32>().ok()).sum();
        assert!(minutes < *part, "part {}: its exercises take {minutes} of {part} minutes", number + 1);
    }
}
