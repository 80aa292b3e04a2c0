//! The items of a cell: its functions, types, constants and imports, and the names that each speaks of.
//!
//! Only tokens are looked at, never the grammar inside a body: whatever a learner wrote there, the
//! reader stays whole, and no nesting is too deep for it.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use unicode_normalization::UnicodeNormalization;

use super::captured::captured;
use super::imports::{self, Import};
use super::namespace::Namespace;
use super::variables::variables;

#[cfg(test)]
mod tests;

/// One item of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub kind: ItemKind,
    /// The names that it defines; of an `impl`, those in its head; of an import none; of a macro's call the macro's.
    pub names: Vec<String>,
    /// Where these names are looked up.
    pub namespaces: &'static [Namespace],
    /// All names in it.
    pub mentions: BTreeSet<String>,
    /// The names between the braces of its texts, which `format!` and its kin take for values.
    pub captured: BTreeSet<String>,
    /// The names in it that are its variables', fields' or methods', and of no function that it calls.
    pub variables: BTreeSet<String>,
    /// Of a trait: its methods and constants, which may be used without a mention of the trait. Of an `impl`: what it defines.
    pub methods: Vec<String>,
    /// Of an `impl`: what is before its braces, without attributes and blanks: `impl Kept for Angle`.
    pub head: String,
    /// Of an `impl`: whether it is one of a trait.
    pub is_of_trait: bool,
    /// Of an import: what it brings in, name by name.
    pub imports: Vec<Import>,
    /// Whether a `blank!` is in it.
    pub is_unfinished: bool,
    /// Its place in the cell's text, in bytes.
    pub place: Range<usize>,
    /// The line on which it begins, counted from 1.
    pub line: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    Function,
    Import,
    Implementation,
    /// `name!(…)` by itself: a statement, unless the macro makes items.
    MacroCall,
    Other,
}

/// In the place of an item's keyword.
const MACRO_CALL: &str = "macro call";

impl Item {
    /// Whether this is a function of that name.
    pub fn defines_function(&self, name: &str) -> bool {
        self.kind == ItemKind::Function && self.names.iter().any(|defined| defined == name)
    }

    /// Whether this item of a text is a macro.
    pub fn is_macro(&self, text: &str) -> bool {
        text[self.place.clone()].starts_with("macro_rules")
    }
}

/// The items of a cell's text; statements are left out. `None` where a bracket or a quote lacks its
/// other half.
pub fn items(text: &str) -> Option<Vec<Item>> {
    let mut items = items_and_macro_calls(text)?;
    items.retain(|item| item.kind != ItemKind::MacroCall);
    Some(items)
}

/// The same, with the calls of macros, which may make items.
pub fn items_and_macro_calls(text: &str) -> Option<Vec<Item>> {
    let tokens: TokenStream = text.parse().ok()?;
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut items = Vec::new();
    let mut rest = &tokens[..];
    while !rest.is_empty() {
        let (kind, length) = first(rest);
        let (taken, more) = rest.split_at(length.max(1));
        if let Some(kind) = kind.or_else(|| is_macro_call(taken).then_some(MACRO_CALL)) {
            items.extend(item(kind, taken));
        }
        rest = more;
    }
    drop(tokens);
    // The places of tokens are kept for the whole thread, and a grader reads thousands of cells.
    proc_macro2::extra::invalidate_current_thread_spans();
    Some(items)
}

/// The names that are called in a text, as functions are: `name(…)`.
pub fn calls(text: &str) -> BTreeSet<String> {
    let Ok(tokens) = text.parse::<TokenStream>() else { return BTreeSet::new() };
    let mut calls = BTreeSet::new();
    for_each_pair(&tokens.into_iter().collect::<Vec<_>>(), |token, next| {
        if let (TokenTree::Ident(word), Some(TokenTree::Group(group))) = (token, next)
            && group.delimiter() == Delimiter::Parenthesis
        {
            calls.insert(word.to_string());
        }
    });
    proc_macro2::extra::invalidate_current_thread_spans();
    calls
}

/// What is first, an item or (`None`) a statement, and how many tokens it has.
fn first(tokens: &[TokenTree]) -> (Option<&'static str>, usize) {
    let mut start = 0;
    // Attributes and documentation, `pub` and `pub(crate)`.
    while let Some(token) = tokens.get(start) {
        start += match (token, tokens.get(start + 1)) {
            (TokenTree::Punct(mark), Some(TokenTree::Group(_))) if mark.as_char() == '#' => 2,
            (TokenTree::Ident(word), Some(TokenTree::Group(group)))
                if word == "pub" && group.delimiter() == Delimiter::Parenthesis =>
            {
                2
            }
            (TokenTree::Ident(word), _) if word == "pub" => 1,
            _ => break,
        };
    }
    // In `extern "C" fn` the text counts for nothing.
    let words: Vec<String> = tokens[start..]
        .iter()
        .filter(|token| !matches!(token, TokenTree::Literal(_)))
        .map_while(|token| match token {
            TokenTree::Ident(word) => Some(word.to_string()),
            _ => None,
        })
        .take(5)
        .collect();
    let word = |offset: usize| words.get(offset).map_or("", String::as_str);
    let is_function = ["const", "async", "unsafe", "extern"];
    let function = words.iter().position(|word| word == "fn");
    let function = function.is_some_and(|at| words[..at].iter().all(|word| is_function.contains(&word.as_str())));
    let keyword = match (word(0), word(1)) {
        _ if function => Some("fn"),
        // Without a name it is a block.
        ("const", name) if !name.is_empty() => Some("const"),
        ("static", _) => Some("static"),
        ("struct", _) => Some("struct"),
        ("enum", _) => Some("enum"),
        ("union", name) if !name.is_empty() => Some("union"),
        ("type", _) => Some("type"),
        ("trait", _) | ("unsafe", "trait") => Some("trait"),
        ("impl", _) | ("unsafe", "impl") => Some("impl"),
        ("mod", _) => Some("mod"),
        ("use", _) => Some("use"),
        ("extern", "crate") => Some("extern"),
        ("macro_rules", _) => Some("macro_rules"),
        _ => None,
    };
    (keyword, start + length(&tokens[start..], keyword))
}

/// Whether a statement is a macro's call and nothing else.
fn is_macro_call(tokens: &[TokenTree]) -> bool {
    let is_mark = |token: &TokenTree, mark: char| matches!(token, TokenTree::Punct(found) if found.as_char() == mark);
    match tokens {
        [TokenTree::Ident(_), mark, TokenTree::Group(_), end @ ..] => {
            is_mark(mark, '!') && end.iter().all(|token| is_mark(token, ';'))
        }
        _ => false,
    }
}

/// How many tokens an item or a statement has.
fn length(tokens: &[TokenTree], keyword: Option<&str>) -> usize {
    let is_brace =
        |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let is_semicolon = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
    let is_word =
        |token: Option<&TokenTree>, word: &str| matches!(token, Some(TokenTree::Ident(found)) if found == word);
    let is_mark =
        |at: usize, mark: char| matches!(tokens.get(at), Some(TokenTree::Punct(found)) if found.as_char() == mark);
    // What is about the whole cell, `#![allow(…)]`, is a statement of its own.
    if keyword.is_none() && is_mark(0, '#') && is_mark(1, '!') {
        return tokens.len().min(3);
    }
    let block_like = match tokens.get(if is_mark(0, '\'') { 3 } else { 0 }) {
        Some(TokenTree::Ident(word)) => {
            // Behind a label, or a macro that is called with braces.
            ["if", "for", "while", "loop", "match", "unsafe", "const"].iter().any(|block| word == block)
                || is_mark(1, '!') && tokens.get(2).is_some_and(is_brace)
        }
        Some(token) => is_brace(token),
        None => false,
    };
    let ends_at_brace = match keyword {
        Some("const" | "static" | "type" | "use" | "extern") => false,
        Some(_) => true,
        None => block_like,
    };
    for (index, token) in tokens.iter().enumerate() {
        // A statement without its semicolon, which the kernel forgives, does not swallow the item below it. In
        // `&'static dyn Fn(f64)` the word is a lifetime's.
        if keyword.is_none() && index > 0 && !is_mark(index - 1, '\'') && begins_item(&tokens[index..]) {
            return index;
        }
        // `Kept<{ N + 1 }>` is a type.
        let goes_on = is_word(tokens.get(index + 1), "else")
            || keyword.is_some() && (is_mark(index + 1, '>') || is_mark(index + 1, ','));
        let ends = is_semicolon(token) || (ends_at_brace && is_brace(token) && !goes_on);
        if ends {
            return index + 1;
        }
    }
    tokens.len()
}

/// Whether the first of these tokens can be nothing but the beginning of an item.
fn begins_item(tokens: &[TokenTree]) -> bool {
    let is_name = |at: usize| matches!(tokens.get(at), Some(TokenTree::Ident(_)));
    let is_mark =
        |at: usize, mark: char| matches!(tokens.get(at), Some(TokenTree::Punct(found)) if found.as_char() == mark);
    match &tokens[0] {
        TokenTree::Ident(word) => match word.to_string().as_str() {
            // `fn(f64)` is a type.
            "fn" | "struct" | "enum" | "trait" | "type" | "mod" => is_name(1),
            // `&'static str` and `*const f64` are types, `const { 1 }` and `&raw const x` values.
            "const" | "static" => is_name(1) && (is_mark(2, ':') || is_name(2)),
            "impl" | "use" | "pub" => true,
            "macro_rules" => is_mark(1, '!'),
            _ => false,
        },
        TokenTree::Punct(_) => is_mark(0, '#') && matches!(tokens.get(1), Some(TokenTree::Group(_))),
        _ => false,
    }
}

fn item(keyword: &str, tokens: &[TokenTree]) -> Option<Item> {
    // With `#[macro_export]` two answers that bring the same macro would define it twice in one program.
    let is_macro = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "macro_rules");
    let start = if keyword == "macro_rules" { tokens.iter().position(is_macro)? } else { 0 };
    let tokens = &tokens[start..];
    let place = tokens.first()?.span().byte_range().start..tokens.last()?.span().byte_range().end;
    let line = tokens.first()?.span().start().line;
    let words: Vec<String> = tokens
        .iter()
        .filter_map(|token| match token {
            TokenTree::Ident(word) => Some(word.to_string()),
            _ => None,
        })
        .collect();
    let (mentions, captured) = (mentions(tokens), captured_in(tokens));
    let kind = match keyword {
        "fn" => ItemKind::Function,
        // `const mean: fn(&[f64]) -> f64 = …;` is called as a function is.
        "const" | "static" if is_function_pointer(tokens) => ItemKind::Function,
        "use" | "extern" => ItemKind::Import,
        "impl" => ItemKind::Implementation,
        MACRO_CALL => ItemKind::MacroCall,
        _ => ItemKind::Other,
    };
    let names = match kind {
        ItemKind::Import => Vec::new(),
        ItemKind::MacroCall => words.into_iter().take(1).collect(),
        ItemKind::Implementation => words.into_iter().filter(|word| word != "impl" && word != "for").collect(),
        ItemKind::Function | ItemKind::Other => {
            let at = words.iter().position(|word| word == keyword)?;
            let name = words.get(at + 1)?;
            vec![known_as(name)]
        }
    };
    let imports = if kind == ItemKind::Import { imports::imports(tokens)? } else { Vec::new() };
    let methods = if matches!(keyword, "trait" | "impl") { methods(tokens) } else { Vec::new() };
    let head = if kind == ItemKind::Implementation { head(tokens) } else { String::new() };
    let is_of_trait = kind == ItemKind::Implementation && names_a_trait(tokens);
    let is_unfinished = has_placeholder(tokens);
    let variables = if kind == ItemKind::Import { BTreeSet::new() } else { variables(tokens) };
    let namespaces = Namespace::of(keyword, tokens);
    Some(Item {
        kind,
        names,
        namespaces,
        mentions,
        captured,
        variables,
        methods,
        head,
        is_of_trait,
        imports,
        is_unfinished,
        place,
        line,
    })
}

/// The words and signs of an `impl` before its braces. Brackets may be in each other however deep.
fn head(tokens: &[TokenTree]) -> String {
    let begin = tokens.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "impl")).unwrap_or(0);
    let mut words = Vec::new();
    // The next one is the last of them; nothing stands for the end of a bracket.
    let mut open: Vec<Option<TokenTree>> = tokens[begin..tokens.len() - 1].iter().rev().cloned().map(Some).collect();
    while let Some(token) = open.pop() {
        match token {
            Some(TokenTree::Group(group)) => {
                words.push(format!("{:?}", group.delimiter()));
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                open.push(None);
                open.extend(inside.into_iter().rev().map(Some));
            }
            Some(token) => words.push(token.to_string()),
            None => words.push("end".to_owned()),
        }
    }
    words.join(" ")
}

/// Whether the type of a constant is that of a function.
fn is_function_pointer(tokens: &[TokenTree]) -> bool {
    let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':');
    let of_type = tokens.iter().position(is_colon).and_then(|colon| tokens.get(colon + 1));
    matches!(of_type, Some(TokenTree::Ident(word)) if word == "fn")
}

/// Whether an `impl` is `… for …`. In `for<'a>` the word means something else.
fn names_a_trait(tokens: &[TokenTree]) -> bool {
    let is_for = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "for");
    let opens = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == '<');
    (0..tokens.len()).any(|at| is_for(&tokens[at]) && !opens(tokens.get(at + 1)))
}

/// The names behind each `fn` and `const` of a trait or an `impl`.
fn methods(tokens: &[TokenTree]) -> Vec<String> {
    let mut methods = Vec::new();
    for_each_pair(tokens, |token, next| {
        if let (TokenTree::Ident(word), Some(TokenTree::Ident(name))) = (token, next)
            && (word == "fn" || word == "const" && name != "fn")
        {
            methods.push(name.to_string());
        }
    });
    methods
}

fn has_placeholder(tokens: &[TokenTree]) -> bool {
    let mut found = false;
    for_each_pair(tokens, |token, next| {
        let is_macro = matches!(next, Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
        found |= is_macro && matches!(token, TokenTree::Ident(word) if word == "blank");
    });
    found
}

/// A name as the compiler knows it: `r#name` is `name`, where that is no word of Rust's, and an umlaut is one letter or two.
fn known_as(word: &str) -> String {
    word.strip_prefix("r#").unwrap_or(word).nfc().collect()
}

/// All names, at any depth.
fn mentions(tokens: &[TokenTree]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for_each_pair(tokens, |token, _| {
        if let TokenTree::Ident(word) = token {
            names.insert(known_as(&word.to_string()));
        }
    });
    names
}

/// The names that texts speak of, at any depth.
fn captured_in(tokens: &[TokenTree]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for_each_pair(tokens, |token, _| {
        if let TokenTree::Literal(literal) = token {
            names.extend(captured(&literal.to_string()));
        }
    });
    names
}

/// Calls for each token at any depth, with the one behind it in the same brackets.
fn for_each_pair(tokens: &[TokenTree], mut call: impl FnMut(&TokenTree, Option<&TokenTree>)) {
    let mut open: Vec<Vec<TokenTree>> = vec![tokens.to_vec()];
    while let Some(tokens) = open.pop() {
        for (index, token) in tokens.iter().enumerate() {
            call(token, tokens.get(index + 1));
            if let TokenTree::Group(group) = token {
                open.push(group.stream().into_iter().collect());
            }
        }
    }
}
