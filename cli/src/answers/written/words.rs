//! Which code is nothing but words: comments, and texts in quotes that are given a name, printed, or left as they are.

use proc_macro2::{Literal, TokenStream, TokenTree};

/// The macros that print what they are given.
const PRINTING: [&str; 5] = ["println", "print", "eprintln", "eprint", "dbg"];

/// Whether a cell's code computes nothing, and defines nothing: whoever wrote it has used it for words.
pub(super) fn is_words(code: &str) -> bool {
    let Ok(tokens) = code.parse::<TokenStream>() else { return false };
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_end = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
    let is_words = tokens.split(is_end).all(is_text);
    drop(tokens);
    // The places of tokens are kept for the whole thread, and a grader reads thousands of cells.
    proc_macro2::extra::invalidate_current_thread_spans();
    is_words
}

/// Whether a statement is a text, or prints one or names one.
fn is_text(statement: &[TokenTree]) -> bool {
    match statement {
        [] => true,
        // A comment with three strokes is an attribute to the compiler.
        [TokenTree::Punct(mark), TokenTree::Group(_), rest @ ..] if mark.as_char() == '#' => is_text(rest),
        [TokenTree::Literal(text)] => is_quoted(text),
        [TokenTree::Ident(name), TokenTree::Punct(mark), TokenTree::Group(given)] if mark.as_char() == '!' => {
            let is_quoted = |token| matches!(token, TokenTree::Literal(text) if is_quoted(&text));
            PRINTING.iter().any(|printing| name == printing) && given.stream().into_iter().all(is_quoted)
        }
        [TokenTree::Ident(word), TokenTree::Ident(_), TokenTree::Punct(mark), TokenTree::Literal(text)] => {
            word == "let" && mark.as_char() == '=' && is_quoted(text)
        }
        _ => false,
    }
}

/// Whether a literal is a text that says more than a value does: `"{x}"` shows one.
fn is_quoted(literal: &Literal) -> bool {
    let text = literal.to_string();
    text.contains('"') && !(text.starts_with("\"{") && text.ends_with("}\""))
}
