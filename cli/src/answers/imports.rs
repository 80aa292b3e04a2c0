//! What a `use` brings in, name by name: two cells may import the same, which one program may not.

use proc_macro2::{Delimiter, TokenTree};

/// One name that an import brings in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Import {
    /// The name in the program; `*` of all that a path holds, `_` of a trait without a name.
    pub name: String,
    /// The import as a line of its own: `use ndarray::Axis;`.
    pub text: String,
    /// The first name of its path, which may be one of the notebook's own: of `crate::a::b` it is `a`.
    pub root: String,
    /// Its line in the cell's text, counted from 1.
    pub line: usize,
}

/// Braces in each other beyond this are nobody's import.
const MOST_DEPTH: usize = 32;
/// Nor is a longer path: each name of a list has it in front.
const LONGEST_PATH: usize = 500;

/// The names of a `use` or an `extern crate`; `None` where it is neither.
pub fn imports(tokens: &[TokenTree]) -> Option<Vec<Import>> {
    let is_word = |token: &TokenTree, expected: &str| matches!(token, TokenTree::Ident(word) if word == expected);
    let start = tokens.iter().position(|token| is_word(token, "use") || is_word(token, "crate"))?;
    let mut found = Vec::new();
    tree(&tokens[start + 1..], "", MOST_DEPTH, &mut found)?;
    if is_word(&tokens[start], "crate") {
        // A crate is known by its own name anyway: of `extern crate a as b;` that leaves `use a as b;`.
        found.retain(|import| import.name != import.root);
    }
    Some(found)
}

/// Reads the parts of a list, each a path with a name, a star or a list at its end.
fn tree(tokens: &[TokenTree], above: &str, depth: usize, found: &mut Vec<Import>) -> Option<()> {
    let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if [',', ';'].contains(&mark.as_char()));
    for part in tokens.split(ends).filter(|part| !part.is_empty()) {
        path(part, above, depth.checked_sub(1)?, found)?;
    }
    Some(())
}

fn path(tokens: &[TokenTree], above: &str, depth: usize, found: &mut Vec<Import>) -> Option<()> {
    let line = tokens.first()?.span().start().line;
    let mut path = above.to_owned();
    let mut last = String::new();
    let mut alias = None;
    let mut rest = tokens.iter();
    while let Some(token) = rest.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == ':' => path.push(':'),
            TokenTree::Punct(mark) if mark.as_char() == '*' => {
                path.push('*');
                "*".clone_into(&mut last);
            }
            TokenTree::Ident(word) if word == "as" => {
                alias = Some(match rest.next()? {
                    TokenTree::Ident(name) => name.to_string(),
                    _ => return None,
                });
            }
            TokenTree::Ident(word) => {
                last = word.to_string();
                path += &last;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && path.len() <= LONGEST_PATH => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                return tree(&inside, &path, depth, found);
            }
            _ => return None,
        }
    }
    if path.len() > LONGEST_PATH {
        return None;
    }
    // `a::b::{self}` is `a::b`.
    if let (Some(module), "self") = (path.strip_suffix("::self"), last.as_str()) {
        path = module.to_owned();
        last = path.rsplit(':').next()?.to_owned();
    }
    let is_root = |name: &&str| !["", "crate", "self", "super"].contains(name);
    let root = path.split(':').find(is_root).unwrap_or_default().to_owned();
    let text = match &alias {
        Some(alias) => format!("use {path} as {alias};"),
        None => format!("use {path};"),
    };
    found.push(Import { name: alias.unwrap_or(last), text, root, line });
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::TokenStream;

    fn found(text: &str) -> Vec<(String, String)> {
        let tokens: Vec<TokenTree> = text.parse::<TokenStream>().unwrap().into_iter().collect();
        imports(&tokens).unwrap().into_iter().map(|import| (import.name, import.text)).collect()
    }

    #[test]
    fn every_name_of_an_import_is_a_line_of_its_own() {
        let names = found("pub use ::std::{collections::{self, HashMap as Map}, fmt::Write as _, f64::consts::*};");
        let expected = [
            ("collections", "use ::std::collections;"),
            ("Map", "use ::std::collections::HashMap as Map;"),
            ("_", "use ::std::fmt::Write as _;"),
            ("*", "use ::std::f64::consts::*;"),
        ];
        assert_eq!(names, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert_eq!(found("use ndarray::Axis;"), [("Axis".to_owned(), "use ndarray::Axis;".to_owned())]);
    }

    #[test]
    fn a_crate_is_imported_by_another_name_than_its_own() {
        let imported = ("nd".to_owned(), "use ndarray as nd;".to_owned());
        assert_eq!(found("pub(crate) extern crate ndarray as nd;"), [imported]);
        assert_eq!(found("extern crate rand;"), []);
    }

    #[test]
    fn the_root_of_a_path_is_a_name_that_a_notebook_may_define() {
        for path in ["a", "a::b", "::a::b", "crate::a", "crate::a::b", "self::a::b", "super::super::a", "crate::a::*"] {
            let tokens: Vec<TokenTree> = format!("use {path};").parse::<TokenStream>().unwrap().into_iter().collect();
            assert_eq!(imports(&tokens).unwrap()[0].root, "a", "{path}");
        }
    }

    #[test]
    fn a_path_of_thousands_of_letters_is_no_import_whatever_list_is_behind_it() {
        for long in ["a".repeat(LONGEST_PATH + 1), "a::".repeat(LONGEST_PATH) + "b"] {
            for text in [format!("use {long}::{{b, c, d}};"), format!("use {long};")] {
                let tokens: Vec<TokenTree> = text.parse::<TokenStream>().unwrap().into_iter().collect();
                assert_eq!(imports(&tokens), None);
            }
        }
    }

    #[test]
    fn braces_without_end_are_no_import() {
        let text = format!("use a::{}b{};", "{".repeat(10_000), "}".repeat(10_000));
        let tokens: Vec<TokenTree> = text.parse::<TokenStream>().unwrap().into_iter().collect();
        assert_eq!(imports(&tokens), None);
    }
}
