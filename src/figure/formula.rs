//! Formulas in a figure's words: `$\theta_1$`, as far as letters, signs and a line above or below can show them.

use super::letters::{Letter, Level};

/// Commands that stand for one letter or sign.
const SIGNS: [(&str, &str); 84] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("vartheta", "ϑ"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("upsilon", "υ"),
    ("phi", "φ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Upsilon", "Υ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("cdot", "·"),
    ("times", "×"),
    ("pm", "±"),
    ("mp", "∓"),
    ("div", "÷"),
    ("le", "≤"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("approx", "≈"),
    ("sim", "∼"),
    ("propto", "∝"),
    ("infty", "∞"),
    ("partial", "∂"),
    ("nabla", "∇"),
    ("sum", "∑"),
    ("prod", "∏"),
    ("int", "∫"),
    ("in", "∈"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("leftarrow", "←"),
    ("Rightarrow", "⇒"),
    ("langle", "⟨"),
    ("rangle", "⟩"),
    ("ldots", "…"),
    ("dots", "…"),
    ("cdots", "⋯"),
    ("circ", "°"),
    ("degree", "°"),
    ("prime", "′"),
    ("ell", "ℓ"),
    ("hbar", "ħ"),
    ("Re", "Re"),
    ("Im", "Im"),
    ("quad", " "),
    ("left", ""),
    ("right", ""),
    ("limits", ""),
    ("displaystyle", ""),
    ("ast", "*"),
    ("star", "⋆"),
    ("mid", "|"),
    ("vert", "|"),
    ("lvert", "|"),
];

/// Commands that are written as their own name.
const FUNCTIONS: [&str; 16] = [
    "sin", "cos", "tan", "arctan", "sinh", "cosh", "tanh", "exp", "log", "ln", "max", "min", "arg", "det", "mod", "var",
];

/// Commands whose group is set as it stands.
const PLAIN: [&str; 9] =
    ["text", "mathrm", "mathbf", "mathit", "mathsf", "mathcal", "operatorname", "rm", "boldsymbol"];

/// Commands that put a sign above each letter of their group.
const ACCENTS: [(&str, char); 6] = [
    ("dot", '\u{307}'),
    ("ddot", '\u{308}'),
    ("hat", '\u{302}'),
    ("bar", '\u{304}'),
    ("tilde", '\u{303}'),
    ("vec", '\u{20d7}'),
];

/// The letters of a text with its formulas set.
///
/// A formula is between two dollar signs, with no space behind the first or before the second, and no digit after it:
/// prices are not formulas.
///
/// # Errors
/// Those of a command that is not known, with the words for the learner.
pub(super) fn letters(text: &str) -> Result<Vec<Letter>, String> {
    let mut letters = Vec::new();
    let mut rest = text;
    while let Some((before, formula, after)) = split(rest) {
        letters.extend(before.chars().map(Letter::plain));
        let mut reader = Reader { formula, rest: formula.chars().collect::<Vec<char>>().into_iter().peekable() };
        letters.extend(reader.until_end(Level::Base)?);
        rest = after;
    }
    letters.extend(rest.chars().map(Letter::plain));
    Ok(letters)
}

/// What is before the first formula, the formula, and what is after it.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('$').find_map(|(open, _)| {
        let inside = &text[open + 1..];
        let close = inside.find('$')?;
        let (formula, after) = (&inside[..close], &inside[close + 1..]);
        let set = !formula.is_empty()
            && !formula.starts_with(char::is_whitespace)
            && !formula.ends_with(char::is_whitespace)
            && !after.starts_with(|letter: char| letter.is_ascii_digit());
        set.then_some((&text[..open], formula, after))
    })
}

struct Reader<'a> {
    formula: &'a str,
    rest: std::iter::Peekable<std::vec::IntoIter<char>>,
}

impl Reader<'_> {
    /// Everything up to the end of the formula or of the group.
    fn until_end(&mut self, level: Level) -> Result<Vec<Letter>, String> {
        let mut letters = Vec::new();
        while let Some(letter) = self.rest.next() {
            match letter {
                '}' => break,
                '^' => letters.extend(self.group(Level::Above)?),
                '_' => letters.extend(self.group(Level::Below)?),
                _ => letters.extend(self.one(letter, level)?),
            }
        }
        Ok(letters)
    }

    /// What a sign or a command refers to: a group in braces, or one letter.
    fn group(&mut self, level: Level) -> Result<Vec<Letter>, String> {
        while self.rest.next_if(|letter| letter.is_whitespace()).is_some() {}
        match self.rest.next() {
            Some('{') => self.until_end(level),
            Some(letter) => self.one(letter, level),
            None => Ok(Vec::new()),
        }
    }

    /// One letter, command or group.
    fn one(&mut self, letter: char, level: Level) -> Result<Vec<Letter>, String> {
        let set = |letter: char| vec![Letter { letter, level }];
        Ok(match letter {
            '{' => self.until_end(level)?,
            '\\' => return self.command(level),
            '-' => set('−'),
            '\'' => set('′'),
            '~' => set('\u{a0}'),
            '&' => Vec::new(),
            _ => set(letter),
        })
    }

    fn command(&mut self, level: Level) -> Result<Vec<Letter>, String> {
        let mut name = String::new();
        while let Some(letter) = self.rest.next_if(char::is_ascii_alphabetic) {
            name.push(letter);
        }
        let set = |text: &str| text.chars().map(|letter| Letter { letter, level }).collect::<Vec<Letter>>();
        if name.is_empty() {
            // `\,` is a space, `\%` a sign.
            return Ok(match self.rest.next() {
                Some(',' | ';' | ':' | ' ' | '\\') => set(" "),
                Some('!') | None => Vec::new(),
                Some(sign) => set(&sign.to_string()),
            });
        }
        if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) {
            return Ok(set(sign));
        }
        if FUNCTIONS.contains(&name.as_str()) {
            return Ok(set(&name));
        }
        if PLAIN.contains(&name.as_str()) {
            return self.group(level);
        }
        if let Some((_, accent)) = ACCENTS.iter().find(|(known, _)| *known == name) {
            let accented = self.group(level)?.into_iter();
            return Ok(accented.flat_map(|base| [base, Letter { letter: *accent, level: base.level }]).collect());
        }
        match name.as_str() {
            "frac" | "tfrac" | "dfrac" => {
                let (over, under) = (self.group(level)?, self.group(level)?);
                Ok([grouped(over, level), set("/"), grouped(under, level)].concat())
            }
            "sqrt" => {
                let under = self.group(level)?;
                Ok([set("√"), grouped(under, level)].concat())
            }
            _ => Err(format!(
                "a figure cannot set `\\{name}` of `${}$`: write the sign itself, such as θ or ², or say it in words",
                self.formula
            )),
        }
    }
}

/// In brackets, unless it is one letter or number.
fn grouped(letters: Vec<Letter>, level: Level) -> Vec<Letter> {
    let one = |letter: &Letter| letter.letter.is_alphanumeric() || letter.letter == '.' || letter.level != level;
    if letters.iter().all(one) && letters.iter().filter(|letter| letter.letter.is_alphabetic()).count() <= 2 {
        return letters;
    }
    let bracket = |letter: char| vec![Letter { letter, level }];
    [bracket('('), letters, bracket(')')].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula in one line: what is above it behind `^`, what is below it behind `_`.
    fn flat(text: &str) -> String {
        let letters = letters(text).expect("a formula");
        let mut before = Level::Base;
        let mut flat = String::new();
        for Letter { letter, level } in letters {
            match level {
                Level::Above if before != level => flat.push('^'),
                Level::Below if before != level => flat.push('_'),
                Level::Base if before != level => flat.push('|'),
                _ => {}
            }
            flat.push(letter);
            before = level;
        }
        flat
    }

    #[test]
    fn a_formula_is_set() {
        assert_eq!(flat(r"Phase $\theta$ (rad)"), "Phase θ (rad)");
        assert_eq!(flat(r"$x_1^2 - \dot{x}_{12}$"), "x_1^2| − x\u{307}_12");
        assert_eq!(flat(r"$\frac{dx}{dt} = \frac{a + b}{2}\,\sqrt{2}$"), "dx/dt = (a + b)/2 √2");
        assert_eq!(flat(r"$\mathrm{Re}\,\lambda \leq 10^{-3}$"), "Re λ ≤ 10^−3");
        assert_eq!(flat(r"$\sin(2\pi f t)$"), "sin(2π f t)");
    }

    #[test]
    fn prices_are_no_formulas() {
        for text in ["from $5 to $10", "5 $", "$ and $", "$$"] {
            assert_eq!(flat(text), text);
        }
    }

    #[test]
    fn a_command_that_cannot_be_set_is_named_with_the_way_out() {
        let error = letters(r"The flow $\oint f$").unwrap_err();
        assert_eq!(
            error,
            r"a figure cannot set `\oint` of `$\oint f$`: write the sign itself, such as θ or ², or say it in words"
        );
    }
}
