//! What a blank needs has been shown before it: in this chapter, or in one that comes earlier in the course.

use std::collections::BTreeSet;
use std::path::Path;

use rustc_lexer::TokenKind;

use super::read;
use crate::chapter::course::Course;
use crate::chapter::{Cell, Chapter, Kind, Region, Variant};
use crate::commands::build;
use crate::page::highlight::tokens;

/// Signs that mean something of their own in Rust, the longer ones first.
const SIGNS: [&str; 17] =
    ["..=", "::<", "..", "+=", "-=", "*=", "/=", "=>", "->", "&&", "||", "==", "!=", "<=", ">=", "&", "?"];

#[test]
fn what_a_blank_needs_has_been_shown_before_it() {
    let (gaps, blanks) = gaps_of_course(|_| true);
    assert!(blanks > 60, "only {blanks} blanks: they are not found any more");
    assert!(gaps.is_empty(), "{} blanks need what nobody has shown before:\n{}", gaps.len(), gaps.join("\n"));
}

#[test]
fn chapter_02_needs_no_other_chapter_than_00() {
    let (gaps, _) = gaps_of_course(|name| name.starts_with("00") || name == "02_single_node_dynamics");
    assert!(gaps.is_empty(), "{} blanks need what nobody has shown before:\n{}", gaps.len(), gaps.join("\n"));
}

/// The gaps of a learner who takes these chapters of the course, and the number of blanks there.
fn gaps_of_course(takes: impl Fn(&str) -> bool) -> (Vec<String>, usize) {
    let course = Course::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap());
    let chapters = build::chapters(&course).unwrap();
    let (mut shown, mut blanks) = (BTreeSet::new(), 0);
    let taken = chapters.iter().filter(|chapter| takes(&chapter.name));
    let gaps = taken.flat_map(|chapter| gaps_of(chapter, &mut shown, &mut blanks)).collect();
    (gaps, blanks)
}

#[test]
fn a_method_that_nobody_has_shown_is_found() {
    let chapter = read(
        "// %% [markdown]\n// `values.len()` counts.\n// %% exercise id=mean points=1\n\
         fn mean(values: &Vec<f64>) -> f64 {\n// SOLUTION\nvalues.iter().sum::<f64>() / values.len() as f64\n\
         // STUB\n// blank!(\"the mean\")\n// END\n}\n// %% [markdown] hint\n// one `as`\n// %% [markdown] hint\n// two\n",
    );
    let gaps = gaps_of(&chapter, &mut BTreeSet::new(), &mut 0);
    assert_eq!(gaps, ["02_x, exercise `mean`: `.iter()`, `.sum()`, `::<`, `as`"]);
}

/// The exercises of a chapter whose blanks need what has not been shown, and what that is.
fn gaps_of(chapter: &Chapter, shown: &mut BTreeSet<String>, blanks: &mut usize) -> Vec<String> {
    let mut gaps = Vec::new();
    for cell in &chapter.cells {
        if matches!(cell.kind, Kind::Hint { .. }) {
            continue;
        }
        shown.extend(shows(cell));
        let Kind::Exercise(exercise) = &cell.kind else { continue };
        for region in &cell.regions {
            let Region::Blank { solution, .. } = region else { continue };
            *blanks += 1;
            let solution = solution.join("\n");
            let own = bound(&solution);
            let missing: Vec<String> = constructs(&solution)
                .into_iter()
                .filter(|one| !shown.contains(one) && !own.contains(one))
                .map(|one| format!("`{one}`"))
                .collect();
            if !missing.is_empty() {
                gaps.push(format!("{}, exercise `{}`: {}", chapter.name, exercise.id, missing.join(", ")));
            }
        }
    }
    gaps
}

/// What a learner sees of Rust in a cell.
fn shows(cell: &Cell) -> BTreeSet<String> {
    let text = cell.text(Variant::Student);
    let quoted = |text: &str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    if cell.is_markdown() {
        return text.split("```").enumerate().fold(BTreeSet::new(), |mut shown, (number, piece)| {
            match number % 2 {
                1 => shown.extend(constructs(piece.strip_prefix("rust").unwrap_or(piece))),
                _ => shown.extend(quoted(piece).iter().flat_map(|code| constructs(code))),
            }
            shown
        });
    }
    let mut shown = constructs(&text);
    for (kind, comment) in tokens(&text) {
        // What a blank says, and what is beside it, may quote code.
        if matches!(kind, TokenKind::LineComment { .. } | TokenKind::Literal { .. }) {
            shown.extend(quoted(comment).iter().flat_map(|code| constructs(code)));
        }
    }
    shown
}

/// What one must know to write this code: names, keywords, methods `.name()`, macros `name!`, and signs.
fn constructs(code: &str) -> BTreeSet<String> {
    let tokens: Vec<(TokenKind, &str)> = tokens(code)
        .into_iter()
        .filter(|(kind, _)| !matches!(kind, TokenKind::LineComment { .. } | TokenKind::BlockComment { .. }))
        .collect();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let (kind, text) = &tokens[at];
        let next = |step: usize| tokens.get(at + step).map(|(kind, _)| kind);
        if matches!(kind, TokenKind::Ident) {
            let called = matches!(next(1), Some(TokenKind::OpenParen))
                || (matches!(next(1), Some(TokenKind::Colon)) && matches!(next(3), Some(TokenKind::Lt)));
            let after_dot = at > 0 && matches!(tokens[at - 1].0, TokenKind::Dot);
            found.insert(match () {
                () if after_dot && called => format!(".{text}()"),
                () if matches!(next(1), Some(TokenKind::Bang)) => format!("{text}!"),
                () => (*text).to_owned(),
            });
            if at > 1 && tokens[at - 2].1 == "fn" {
                found.insert(format!(".{text}()"));
            }
            if matches!(next(1), Some(TokenKind::OpenBracket)) {
                found.insert("[index]".to_owned());
            }
        } else {
            let joined: String = tokens[at..].iter().take(3).map(|(_, text)| *text).collect();
            if let Some(sign) = SIGNS.iter().find(|sign| joined.starts_with(**sign)) {
                found.insert((*sign).to_owned());
                at += sign.len() - 1;
            } else if matches!(kind, TokenKind::Or) {
                found.insert("|closure|".to_owned());
            }
        }
        at += 1;
    }
    found
}

/// The names that some code binds itself.
fn bound(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut inside: Option<TokenKind> = None;
    for (kind, text) in tokens(code) {
        match (&inside, kind) {
            (None, TokenKind::Ident) if text == "let" => inside = Some(TokenKind::Eq),
            (None, TokenKind::Ident) if text == "for" => inside = Some(TokenKind::Ident),
            (None, TokenKind::Or) => inside = Some(TokenKind::Or),
            (Some(TokenKind::Ident), TokenKind::Ident) if text == "in" => inside = None,
            (Some(end), kind) if *end == kind && kind != TokenKind::Ident => inside = None,
            (Some(_), TokenKind::Ident) => {
                names.insert(text.to_owned());
            }
            _ => {}
        }
    }
    names
}
