//! The names in a cell's code: which it uses, which it leaves to the cells below, which of those they may change.

use std::collections::HashSet;

use rustc_lexer::TokenKind;

use crate::page::highlight;

/// What begins an item that has a name.
const ITEMS: [&str; 9] = ["fn", "struct", "enum", "union", "const", "static", "type", "trait", "mod"];
/// Words in a pattern that bind nothing.
const NO_NAMES: [&str; 8] = ["mut", "ref", "box", "if", "_", "None", "true", "false"];
/// Types of the standard library, which nobody but a trait of one's own can add anything to.
const FOREIGN: [&str; 8] = ["Vec", "String", "Option", "Result", "Box", "Array1", "Array2", "Self"];

/// The names in a cell's code.
#[derive(Debug, Default)]
pub struct Names {
    /// Every identifier.
    pub used: HashSet<String>,
    /// The identifiers of its statements. The body of a function sees no variable of a notebook.
    pub used_by_statements: HashSet<String>,
    /// Items, and the variables that stand outside of all braces.
    pub defined: Vec<String>,
    /// Those of them that say `mut`, or can be changed without.
    pub changeable: Vec<String>,
    /// The types for which something is implemented.
    pub extended: HashSet<String>,
}

type Token<'a> = (TokenKind, &'a str);

impl Names {
    /// The names in this code.
    pub fn of(code: &str) -> Names {
        let tokens: Vec<Token> = highlight::tokens(code)
            .into_iter()
            .filter(|(kind, _)| {
                !matches!(kind, TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. })
            })
            .map(|(kind, text)| (kind, text.strip_prefix("r#").filter(|_| kind == TokenKind::RawIdent).unwrap_or(text)))
            .collect();
        let mut names = Names { used: tokens.iter().flat_map(used).collect(), ..Names::default() };
        names.items(&tokens);
        names
    }

    /// The items and statements of a cell or a module, one behind the other.
    fn items(&mut self, tokens: &[Token]) {
        let (mut at, mut depth) = (0, 0);
        while at < tokens.len() {
            let (_, text) = tokens[at];
            match text {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            at = match text {
                _ if depth > 0 => self.statement(tokens, at),
                "let" => self.variables(tokens, at + 1),
                "impl" => self.implementation(tokens, at + 1),
                "use" => self.imports(tokens, at + 1),
                "macro_rules" => self.item(tokens, at + 1),
                _ if ITEMS.contains(&text) && is_name(tokens, at + 1) => self.item(tokens, at),
                _ => self.statement(tokens, at),
            };
        }
    }

    /// A token of a statement.
    fn statement(&mut self, tokens: &[Token], at: usize) -> usize {
        self.used_by_statements.extend(used(&tokens[at]));
        at + 1
    }

    /// An item from the word that begins it to its end.
    fn item(&mut self, tokens: &[Token], at: usize) -> usize {
        let end = item_end(tokens, at);
        let name = tokens[at + 1..end].iter().find(|(_, text)| is_identifier(text) && *text != "mut");
        if let Some((_, name)) = name {
            self.defined.push((*name).to_owned());
            if tokens[at].1 == "static" {
                self.changeable.push((*name).to_owned());
            }
        }
        match tokens[at].1 {
            "trait" => self.methods(&tokens[at..end]),
            "mod" => self.module(&tokens[at..end]),
            _ => {}
        }
        end
    }

    /// What is in a module: an import may bring it out.
    fn module(&mut self, tokens: &[Token]) {
        let Some(body) = tokens.iter().position(|(_, text)| *text == "{") else { return };
        let mut inner = Names::default();
        inner.items(&tokens[body + 1..tokens.len() - 1]);
        self.defined.extend(inner.defined);
        self.changeable.extend(inner.changeable);
        self.extended.extend(inner.extended);
    }

    /// What follows the word `impl`: the type can do more from here on.
    fn implementation(&mut self, tokens: &[Token], at: usize) -> usize {
        let end = item_end(tokens, at);
        let body = (at..end).find(|index| tokens[*index].1 == "{").unwrap_or(end);
        let head = &tokens[at..body];
        let of = head.iter().position(|(_, text)| *text == "for").map_or(0, |of| of + 1);
        let until = head[of..].iter().position(|(_, text)| *text == "where").map_or(head.len(), |until| of + until);
        for (_, name) in &head[of..until] {
            let is_type = name.starts_with(|first: char| first.is_uppercase()) && !FOREIGN.contains(name);
            if is_type {
                self.extended.insert((*name).to_owned());
            }
        }
        self.methods(&tokens[body..end]);
        end
    }

    /// The functions in these braces are called by their names.
    fn methods(&mut self, tokens: &[Token]) {
        let named = tokens.windows(2).filter(|pair| pair[0].1 == "fn" && is_identifier(pair[1].1));
        self.defined.extend(named.map(|pair| pair[1].1.to_owned()));
    }

    /// What follows the word `use`: other names for something.
    fn imports(&mut self, tokens: &[Token], at: usize) -> usize {
        let end = item_end(tokens, at);
        let named = tokens[at..end].windows(2).filter(|pair| pair[0].1 == "as" && is_identifier(pair[1].1));
        self.defined.extend(named.map(|pair| pair[1].1.to_owned()));
        end
    }

    /// The variables of the pattern that follows the word `let`. Gives where the pattern ends.
    fn variables(&mut self, tokens: &[Token], at: usize) -> usize {
        let text = |index: usize| tokens.get(index).map_or("", |(_, text)| *text);
        let mut braces = Vec::new();
        for index in at..tokens.len() {
            let name = text(index);
            let is_path = |colon: usize| text(colon) == ":" && text(colon + 1) == ":";
            match name {
                "(" | "[" | "{" => braces.push(name),
                ")" | "]" | "}" => {
                    braces.pop();
                }
                "=" | ";" if braces.is_empty() => return index,
                // A type is not a pattern.
                ":" if braces.is_empty() && !is_path(index) && !is_path(index - 1) => return index,
                _ if !is_identifier(name) || NO_NAMES.contains(&name) => {}
                _ if matches!(text(index + 1), "(" | "{")
                    || is_path(index + 1)
                    || (index >= 2 && is_path(index - 2)) => {}
                // The name of a field, not of a variable.
                _ if braces.last() == Some(&"{") && text(index + 1) == ":" => {}
                _ => {
                    self.defined.push(name.to_owned());
                    if text(index.wrapping_sub(1)) == "mut" {
                        self.changeable.push(name.to_owned());
                    }
                }
            }
        }
        tokens.len()
    }
}

/// Where the item ends that begins here: behind its braces, or behind its semicolon.
fn item_end(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0;
    for (index, (_, text)) in tokens.iter().enumerate().skip(at) {
        match *text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" => depth -= 1,
            "}" => {
                depth -= 1;
                // A value or an import may have braces and goes on.
                let goes_on =
                    tokens.get(index + 1).is_some_and(|(_, next)| matches!(*next, ";" | "," | "." | ")" | "?"));
                if depth <= 0 && !goes_on {
                    return index + 1;
                }
            }
            ";" if depth == 0 => return index + 1,
            _ => {}
        }
    }
    tokens.len()
}

fn is_name(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|(_, text)| is_identifier(text) && !ITEMS.contains(text))
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The identifiers in a token. `println!("{x:.digits$}")` uses two.
fn used(token: &Token) -> Vec<String> {
    let (kind, text) = *token;
    match kind {
        TokenKind::Ident | TokenKind::RawIdent => vec![text.to_owned()],
        TokenKind::Literal { .. } => {
            let places = text.split('{').skip(1).filter_map(|piece| piece.split('}').next());
            let words = places.flat_map(|place| place.split(|letter: char| !letter.is_alphanumeric() && letter != '_'));
            words.filter(|word| is_identifier(word)).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_leaves_its_items_and_its_outer_variables() {
        let code = "let (slow, mut fast): (f64, f64) = f(x);\nfn g(y: f64) -> [f64; 2] { let inner = y; [inner; 2] }\n\
                    struct Brain { size: f64 }\nstruct Pair(f64);\nconst ALL: [f64; 2] = [1.0; 2];\nlet a = 1.0;\nif a > 0.0 { let b = 1.0; }";
        let names = Names::of(code);
        assert_eq!(names.defined, ["slow", "fast", "g", "Brain", "Pair", "ALL", "a"]);
        assert_eq!(names.changeable, ["fast"]);
        assert!(names.used.contains("inner") && !names.used_by_statements.contains("inner"));
        assert!(names.used_by_statements.contains("x") && names.used_by_statements.contains("b"));
    }

    #[test]
    fn a_pattern_binds_variables_and_no_types_fields_or_variants() {
        for (pattern, bound) in [
            ("x", "x"),
            ("x: Vec<Option<f64>>", "x"),
            ("Point { x: a, y, .. }", "a y"),
            ("a::Point { x: Some(b), c }: a::Point", "b c"),
            ("Some((a, [b, rest @ ..]))", "a b rest"),
            ("K", "K"),
            ("_", ""),
            ("Shape::Empty", ""),
        ] {
            let names = Names::of(&format!("let {pattern} = f(1.0);"));
            assert_eq!(names.defined.join(" "), bound, "{pattern}");
        }
    }

    #[test]
    fn a_type_that_gets_more_to_do_is_known() {
        let names = Names::of(
            "impl<T> Show for a::Brain where T: Copy { fn show(&self) {} }\nimpl Show for f64 { fn say() {} }\nlet x = 1;",
        );
        assert_eq!(names.extended, HashSet::from(["Brain".to_owned()]));
        assert_eq!(names.defined, ["show", "say", "x"]);
    }
}
