//! Which names in a function are its own variables', fields or methods, and of nothing that stands outside it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Patterns in each other beyond this are nobody's.
const MOST_DEPTH: usize = 8;
/// So many tokens of one function are looked at more than once.
const MOST_LOOKS: usize = 200_000;

/// What is seen of the names in a function.
#[derive(Default)]
struct Seen {
    /// By `let`, `for`, `match`, a closure or as a parameter.
    bound: BTreeSet<String>,
    /// The names that `let` and `for` bind to what speaks of them: `let kept = Some(x).map(kept)`. Where nothing else binds them, they
    /// are names from outside.
    bound_to_themselves: BTreeSet<String>,
    /// How often each is bound.
    bindings: BTreeMap<String, usize>,
    called: BTreeSet<String>,
    /// How many tokens have been looked at more than once.
    looks: usize,
    /// Behind a point, or before a colon.
    members: BTreeSet<String>,
    /// Anywhere else.
    free: BTreeSet<String>,
}

/// The names that a function binds and does not call, and those that are of fields and methods alone.
pub(super) fn variables(tokens: &[TokenTree]) -> BTreeSet<String> {
    let mut seen = Seen::default();
    let mut open: Vec<Vec<TokenTree>> = vec![tokens.to_vec()];
    while let Some(tokens) = open.pop() {
        seen.look_at(&tokens);
        let groups = tokens.into_iter().filter_map(|token| match token {
            TokenTree::Group(group) => Some(group.stream().into_iter().collect()),
            _ => None,
        });
        open.extend(groups);
    }
    let members = &seen.members - &seen.free;
    seen.bound_to_themselves.retain(|name| seen.bindings.get(name) == Some(&1));
    &(&(&seen.bound | &members) - &seen.called) - &seen.bound_to_themselves
}

impl Seen {
    fn look_at(&mut self, tokens: &[TokenTree]) {
        // Where the pattern of an arm would begin.
        let mut arm = 0;
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(word) => {
                    self.name(tokens, at);
                    if word == "let" {
                        let is_end = |token: &TokenTree| is_mark(token, '=') || is_mark(token, ';');
                        let bound = self.bind_until(&tokens[at + 1..], is_end);
                        self.bind_to(bound, &tokens[at + 1..], |token| is_mark(token, '='));
                    } else if word == "for" {
                        let bound = self.bind_until(&tokens[at + 1..], |token| is_word(token, "in"));
                        self.bind_to(bound, &tokens[at + 1..], |token| is_word(token, "in"));
                    }
                }
                TokenTree::Punct(mark) => match mark.as_char() {
                    '|' if begins_closure(tokens, at) => {
                        self.bind_until(&tokens[at + 1..], |token| is_mark(token, '|'));
                    }
                    '=' if mark.spacing() == Spacing::Joint && is_at(tokens, at + 1, '>') => {
                        let pattern = &tokens[arm..at];
                        let end = pattern.iter().position(|token| is_word(token, "if")).unwrap_or(pattern.len());
                        self.bind(&pattern[..end], MOST_DEPTH);
                    }
                    '>' if at > 0 && is_at(tokens, at - 1, '=') => arm = at + 1,
                    ',' | ';' => arm = at + 1,
                    _ => {}
                },
                // Behind the braces of an arm there need be no comma.
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !is_pattern(tokens, at + 1) => {
                    arm = at + 1;
                }
                _ => {}
            }
        }
    }

    fn name(&mut self, tokens: &[TokenTree], at: usize) {
        let TokenTree::Ident(word) = &tokens[at] else { return };
        let word = word.to_string();
        let is_behind_point = at > 0 && is_at(tokens, at - 1, '.') && !(at > 1 && is_at(tokens, at - 2, '.'));
        if is_behind_point {
            self.members.insert(word);
        } else if at > 0 && is_word(&tokens[at - 1], "fn") {
            self.add(word);
        } else if is_colon(tokens, at + 1) {
            self.members.insert(word.clone());
            let is_let = |before: usize| at >= before && is_word(&tokens[at - before], "let");
            match is_let(1) || is_let(2) {
                // Its pattern is looked at by itself.
                true => _ = self.bound.insert(word),
                false => self.add(word),
            }
        } else {
            if let Some(TokenTree::Group(group)) = tokens.get(at + 1)
                && group.delimiter() == Delimiter::Parenthesis
            {
                self.called.insert(word.clone());
            }
            self.free.insert(word);
        }
    }

    /// Takes the names that a pattern binds, which ends at such a token or a type, and gives them.
    fn bind_until(&mut self, tokens: &[TokenTree], ends: impl Fn(&TokenTree) -> bool) -> Vec<String> {
        let Some(end) = tokens.iter().position(ends) else { return Vec::new() };
        let is_type = |at: &usize| is_colon(tokens, *at);
        self.bind(&tokens[..(0..end).find(is_type).unwrap_or(end)], MOST_DEPTH)
    }

    /// Looks for bound names in what they are bound to: behind such a token, up to the end of the statement or its block.
    fn bind_to(&mut self, bound: Vec<String>, tokens: &[TokenTree], begins: impl Fn(&TokenTree) -> bool) {
        let Some(begin) = tokens.iter().position(begins).filter(|_| !bound.is_empty()) else { return };
        let is_end = |token: &TokenTree| {
            let is_block = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            is_block || is_mark(token, ';')
        };
        let spoken_of = tokens[begin + 1..].iter().take_while(|token| !is_end(token));
        let mut open: Vec<Vec<TokenTree>> = vec![spoken_of.cloned().collect()];
        while let Some(tokens) = open.pop() {
            for (at, token) in tokens.iter().enumerate() {
                self.looks += 1;
                if self.looks > MOST_LOOKS {
                    return;
                }
                match token {
                    TokenTree::Ident(word) if !(at > 0 && is_at(&tokens, at - 1, '.')) => {
                        let word = word.to_string();
                        if bound.contains(&word) {
                            self.bound_to_themselves.insert(word);
                        }
                    }
                    TokenTree::Group(group) => open.push(list(group.stream())),
                    _ => {}
                }
            }
        }
    }

    fn bind(&mut self, tokens: &[TokenTree], depth: usize) -> Vec<String> {
        let mut bound = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(word) => {
                    let is_path = is_at(tokens, at + 1, ':') && is_at(tokens, at + 2, ':');
                    let has_fields = matches!(tokens.get(at + 1), Some(TokenTree::Group(_)));
                    if !is_path && !has_fields {
                        bound.push(word.to_string());
                        self.add(word.to_string());
                    }
                }
                TokenTree::Group(group) if depth > 0 => bound.extend(self.bind(&list(group.stream()), depth - 1)),
                _ => {}
            }
        }
        bound
    }

    fn add(&mut self, bound: String) {
        *self.bindings.entry(bound.clone()).or_default() += 1;
        self.bound.insert(bound);
    }
}

fn list(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

/// Whether `|` opens the parameters of a closure: between two values it is an operator.
fn begins_closure(tokens: &[TokenTree], at: usize) -> bool {
    match at.checked_sub(1).and_then(|before| tokens.get(before)) {
        None => true,
        Some(TokenTree::Punct(mark)) => [',', '=', '>', ';', '&'].contains(&mark.as_char()),
        Some(TokenTree::Ident(word)) => word == "move" || word == "return",
        Some(_) => false,
    }
}

/// Whether a pattern goes on behind its braces: `P { x } =>`, `P { x } | Q =>`, `P { x } if …`.
fn is_pattern(tokens: &[TokenTree], at: usize) -> bool {
    is_at(tokens, at, '=') && is_at(tokens, at + 1, '>')
        || is_at(tokens, at, '|')
        || tokens.get(at).is_some_and(|token| is_word(token, "if"))
}

/// Whether this is a colon by itself, and no half of `::`.
fn is_colon(tokens: &[TokenTree], at: usize) -> bool {
    let is_alone = matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.spacing() == Spacing::Alone);
    is_alone && is_at(tokens, at, ':') && !(at > 0 && is_at(tokens, at - 1, ':'))
}

fn is_at(tokens: &[TokenTree], at: usize, mark: char) -> bool {
    tokens.get(at).is_some_and(|token| is_mark(token, mark))
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == mark)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(found) if found == word)
}

#[cfg(test)]
mod tests {
    use super::super::items::items;

    fn is_variable(body: &str) -> bool {
        let text = format!("fn f(x: f64) -> f64 {{ {body} }}");
        items(&text).unwrap()[0].variables.contains("kept")
    }

    #[test]
    fn what_a_pattern_binds_is_a_variable() {
        for body in [
            "let kept = x; kept",
            "let mut kept: f64 = x; kept",
            "let kept = x; let kept = kept * 2.0; kept",
            "let kept = p.kept; kept",
            "let kept = x; for kept in 0..kept { g(kept) } x",
            "let (kept, y) = (x, x); kept + y",
            "let P { a: (_, kept), .. } = p; kept",
            "let P { kept, .. } = p; kept",
            "let [kept, ..] = a; kept",
            "let Some(kept) = p else { return x }; kept",
            "if let Some(kept) = p { kept } else { x }",
            "while let Some(kept) = p.pop() { g(kept); } x",
            "for (kept, _) in all { g(kept) } x",
            "for &kept in all { g(kept) } x",
            "all.map(|kept| 2.0 * kept).sum()",
            "all.fold(x, |sum, &kept| sum + kept)",
            "let h = move |(kept, y)| kept + y; h(x, x)",
            "let h = |kept: f64| kept; h(x)",
            "match p { Some(kept) => kept, None => x }",
            "match p { A { kept } => kept, B | C => { x } D(y) => y }",
            "match x { 0.0 => { 1.0 } kept if kept > 1.0 => kept, _ => x }",
            "p.kept + x",
            "p.kept() + x",
            "trait P { fn kept(&self) -> f64; } p.kept()",
            "P { kept: x }.value",
            "let p = P { kept: x }; p.kept",
        ] {
            assert!(is_variable(body), "{body}");
        }
    }

    #[test]
    fn what_is_called_or_given_to_another_function_is_none() {
        for body in [
            "kept(x)",
            "all.map(kept).sum()",
            "let h = kept; h(x)",
            "let y = kept(x); y",
            "match x { 0.0 => kept(x), _ => kept(1.0) }",
            "match x { 0.0 => x, _ if kept(x) > 0.0 => x }",
            "if kept(x) > 0.0 | (x > 1.0) { x } else { x }",
            "for y in kept(x) { g(y) } x",
            "let y: [f64; kept] = z; y[0]",
            "kept::value(x)",
            "let kept = Some(x).map(kept).unwrap(); kept",
            "let kept: Array1<f64> = array![x].mapv(kept); kept[0]",
            "let kept = kept::<f64>(x); kept",
            "for kept in [x, x].map(kept) { g(kept) } x",
            "let kept = kept; times(kept, x)",
            "p.kept + kept(x)",
            "let a = y | kept; a",
            "(0..kept).sum()",
        ] {
            assert!(!is_variable(body), "{body}");
        }
    }

    #[test]
    fn patterns_in_each_other_take_no_time_to_speak_of() {
        let text = format!("fn f() {{ {}x{} }}", "let (a, ".repeat(20_000), ") = 1;".repeat(20_000));
        let begin = std::time::Instant::now();
        assert!(items(&text).unwrap()[0].variables.contains("a"));
        assert!(begin.elapsed().as_secs() < 10, "{:?}", begin.elapsed());
    }
}
