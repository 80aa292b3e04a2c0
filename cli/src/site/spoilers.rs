//! Which outputs an answer makes: those of the answers and their checks, and those of every cell that uses what an
//! answer defines, directly or by way of other cells.

use std::collections::HashSet;

use rustc_lexer::TokenKind;

use crate::chapter::{Chapter, Kind, Variant};
use crate::page::highlight::tokens;

/// For each cell of the chapter, whether its output tells what an answer gives. Names are compared, not meanings: an
/// output too many may be left out, and none too few.
pub fn outputs(chapter: &Chapter) -> Vec<bool> {
    let mut answers: HashSet<String> = HashSet::new();
    let mut given_away = Vec::with_capacity(chapter.cells.len());
    for cell in &chapter.cells {
        if cell.is_markdown() {
            given_away.push(false);
            continue;
        }
        let code = cell.text(Variant::Solution);
        let is_answer = matches!(cell.kind, Kind::Exercise(_) | Kind::Check { .. });
        let tells = is_answer || identifiers(&code).any(|name| answers.contains(name));
        for name in defined(&code) {
            // A later variable of the same name may have nothing to do with the answer.
            if tells {
                answers.insert(name.to_owned())
            } else {
                answers.remove(name)
            };
        }
        given_away.push(tells);
    }
    given_away
}

fn identifiers(code: &str) -> impl Iterator<Item = &str> {
    tokens(code).into_iter().flat_map(|(kind, text)| match kind {
        TokenKind::Ident => vec![text],
        // `println!("{x}")` uses x.
        TokenKind::Literal { .. } if text.contains('{') => {
            text.split('{').skip(1).filter_map(|piece| piece.split(['}', ':']).next()).collect()
        }
        _ => Vec::new(),
    })
}

/// The names that a cell leaves to the cells below it: items, and variables outside of all braces.
fn defined(code: &str) -> Vec<&str> {
    let mut defined = Vec::new();
    let mut depth = 0;
    let mut before = "";
    let mut in_pattern = false;
    for (kind, text) in tokens(code) {
        match kind {
            TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => continue,
            TokenKind::OpenBrace => depth += 1,
            TokenKind::CloseBrace => depth -= 1,
            TokenKind::Eq | TokenKind::Colon | TokenKind::Semi => in_pattern = false,
            TokenKind::Ident if depth == 0 => {
                let is_item = ["fn", "struct", "enum", "const", "static", "type", "trait"].contains(&before);
                if is_item || (in_pattern && !["mut", "ref"].contains(&text)) {
                    defined.push(text);
                }
                in_pattern |= text == "let";
            }
            _ => {}
        }
        before = text;
    }
    defined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_leaves_its_items_and_its_outer_variables() {
        let code = "let (slow, mut fast): (f64, f64) = f(x);\nfn g(y: f64) -> f64 { let inner = y; inner }\nstruct Brain { size: f64 }\nlet a = 1.0;";
        assert_eq!(defined(code), ["slow", "fast", "g", "Brain", "a"]);
    }

    #[test]
    fn a_name_in_braces_inside_a_text_is_used() {
        let used: Vec<&str> = identifiers("println!(\"{x:.2} and {}\", y)").collect();
        assert_eq!(used, ["println", "x", "", "y"]);
    }
}
