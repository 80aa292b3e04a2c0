//! Paths that begin with `crate`: in a notebook that is the learner's own code, in a program of many answers one module.

use proc_macro2::{TokenStream, TokenTree};

/// The text with this module in place of the crate's root. No line moves.
pub(super) fn rooted(text: &str, module: &str) -> String {
    if !text.contains("crate") {
        return text.to_owned();
    }
    let Ok(tokens) = text.parse::<TokenStream>() else { return text.to_owned() };
    let mut ends = ends_of_roots(tokens);
    proc_macro2::extra::invalidate_current_thread_spans();
    ends.sort_unstable();
    let mut rooted = String::new();
    let mut done = 0;
    for end in ends {
        rooted += &format!("{}::{module}", &text[done..end]);
        done = end;
    }
    rooted + &text[done..]
}

/// Where each `crate` ends that is followed by `::`. `$crate` is a macro's own.
fn ends_of_roots(tokens: TokenStream) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_mark =
            |at: usize, mark: char| matches!(tokens.get(at), Some(TokenTree::Punct(found)) if found.as_char() == mark);
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(word) if word == "crate" => {
                    let is_macros = at > 0 && is_mark(at - 1, '$');
                    if is_mark(at + 1, ':') && is_mark(at + 2, ':') && !is_macros {
                        ends.push(word.span().byte_range().end);
                    }
                }
                TokenTree::Group(group) => open.push(group.stream()),
                _ => {}
            }
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_a_notebook_is_the_module_of_its_answer() {
        for (text, expected) in [
            ("crate::kept(x)", "crate::m::kept(x)"),
            ("{ ä(crate :: kept, [crate::A]) }", "{ ä(crate::m :: kept, [crate::m::A]) }"),
            ("use crate::{a, b};", "use crate::m::{a, b};"),
            ("$crate::kept(x)", "$crate::kept(x)"),
            ("pub(crate) fn kept() {}", "pub(crate) fn kept() {}"),
            ("// crate::a\n\"crate::b\"", "// crate::a\n\"crate::b\""),
            ("crate::a \"", "crate::a \""),
            ("let crated = 1;", "let crated = 1;"),
        ] {
            assert_eq!(rooted(text, "m"), expected);
        }
    }
}
