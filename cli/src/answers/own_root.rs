//! Paths that begin with `crate`: in a notebook that is the learner's own code, in a program of many answers one module.

use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};

/// The text with this module in place of the crate's root, which a macro calls `$crate`. A macro is known by its name alone.
/// No line moves.
pub(super) fn rooted(text: &str, module: &str) -> String {
    if !text.contains("crate") {
        return text.to_owned();
    }
    let Ok(tokens) = text.parse::<TokenStream>() else { return text.to_owned() };
    let mut roots = roots(tokens);
    proc_macro2::extra::invalidate_current_thread_spans();
    roots.sort_unstable_by_key(|(place, _)| place.start);
    let mut rooted = String::new();
    let mut done = 0;
    for (place, is_macros) in roots {
        rooted += &text[done..place.start];
        if !is_macros {
            rooted += &format!("crate::{module}::");
        }
        rooted.extend(text[place.clone()].matches('\n'));
        done = place.end;
    }
    rooted + &text[done..]
}

/// The place of each `crate::` and `$crate::`, and whether a macro's name is behind it.
fn roots(tokens: TokenStream) -> Vec<(Range<usize>, bool)> {
    let mut roots = Vec::new();
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_mark =
            |at: usize, mark: char| matches!(tokens.get(at), Some(TokenTree::Punct(found)) if found.as_char() == mark);
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(word) if word == "crate" => {
                    let is_path = is_mark(at + 1, ':') && is_mark(at + 2, ':');
                    let dollar = at.checked_sub(1).filter(|before| is_mark(*before, '$'));
                    let begin = &tokens[dollar.unwrap_or(at)];
                    if let Some(end) = tokens.get(at + 2).filter(|_| is_path) {
                        let place = begin.span().byte_range().start..end.span().byte_range().end;
                        roots.push((place, is_mark(at + 4, '!') && !is_mark(at + 5, '=')));
                    }
                }
                TokenTree::Group(group) => open.push(group.stream()),
                _ => {}
            }
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_a_notebook_is_the_module_of_its_answer() {
        for (text, expected) in [
            ("crate::kept(x)", "crate::m::kept(x)"),
            ("{ ä(crate:: kept, [crate::A]) }", "{ ä(crate::m:: kept, [crate::m::A]) }"),
            ("crate::times!(crate::A, 2)", "times!(crate::m::A, 2)"),
            ("crate::A != 2", "crate::m::A != 2"),
            ("use crate::{a, b};", "use crate::m::{a, b};"),
            ("$crate::kept($x)", "crate::m::kept($x)"),
            ("$crate::times!($crate::A)", "times!(crate::m::A)"),
            ("pub(crate) fn kept() {}", "pub(crate) fn kept() {}"),
            ("// crate::a\n\"crate::b\"", "// crate::a\n\"crate::b\""),
            ("crate::a \"", "crate::a \""),
            ("let crated = 1;", "let crated = 1;"),
        ] {
            assert_eq!(rooted(text, "m"), expected);
        }
    }
}
