//! Where a name is looked up: a module, a function and a macro may bear the same one.

use proc_macro2::{Delimiter, TokenTree};

/// One of Rust's three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Namespace {
    Types,
    Values,
    Macros,
}

impl Namespace {
    pub const ALL: [Namespace; 3] = [Namespace::Types, Namespace::Values, Namespace::Macros];

    /// Those in which an item with this keyword defines its name.
    pub(super) fn of(keyword: &str, tokens: &[TokenTree]) -> &'static [Namespace] {
        let is_brace =
            |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        match keyword {
            "fn" | "const" | "static" => &[Namespace::Values],
            "macro_rules" => &[Namespace::Macros],
            // What has no braces is a value, too: `Angle(0.5)`, `Unit`.
            "struct" if !tokens.last().is_some_and(is_brace) => &[Namespace::Types, Namespace::Values],
            "struct" | "enum" | "union" | "type" | "trait" | "mod" => &[Namespace::Types],
            _ => &[],
        }
    }
}
