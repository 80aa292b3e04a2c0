//! Blocks with a colon, as Python has them. The compiler sees a brace that is missing, and often says so lines further down.

/// Words that begin a block in Python, and a line in nothing else that a cell holds.
const BLOCKS: [&str; 6] = ["for ", "while ", "if ", "elif ", "else", "def "];

/// A sentence about the first line that opens a block as Python does: which line, and how Rust has it.
pub fn block_with_colon(source: &str) -> Option<String> {
    source.lines().enumerate().find_map(|(index, line)| {
        let line = line.trim();
        let head = line.strip_suffix(':')?.trim_end();
        let opens = BLOCKS.iter().any(|word| head.starts_with(word)) && (head == "else" || !head.ends_with("else"));
        let is_label = head.starts_with('\'');
        (opens && !is_label).then(|| {
            format!(
                "Line {} is Python's: `{line}`. Rust has braces and no colon: `{}`, and a `}}` below.",
                index + 1,
                rust(head)
            )
        })
    })
}

/// The first line of a function in Rust, with numbers for what Python names no type of.
fn function(signature: &str) -> String {
    let parts = signature.split_once('(').and_then(|(name, rest)| Some((name.trim(), rest.split_once(')')?.0)));
    let (name, arguments) = parts.unwrap_or(("name", "x"));
    let named = arguments.split(',').map(|argument| argument.split([':', '=']).next().unwrap_or_default().trim());
    let typed: Vec<String> = named.filter(|name| !name.is_empty()).map(|name| format!("{name}: f64")).collect();
    format!("fn {name}({}) -> f64 {{", typed.join(", "))
}

/// The beginning of the block in Rust.
fn rust(head: &str) -> String {
    if let Some(signature) = head.strip_prefix("def ") {
        return function(signature);
    }
    if let Some(condition) = head.strip_prefix("elif ") {
        return format!("}} else if {condition} {{");
    }
    if head == "else" {
        return "} else {".to_owned();
    }
    let range = head.split_once(" in range(").and_then(|(before, rest)| Some((before, rest.strip_suffix(')')?)));
    match range {
        Some((before, arguments)) if !arguments.contains(['(', '[']) => {
            match arguments.split(',').collect::<Vec<_>>()[..] {
                [end] => format!("{before} in 0..{} {{", end.trim()),
                [start, end] => format!("{before} in {}..{} {{", start.trim(), end.trim()),
                [start, end, step] => {
                    format!("{before} in ({}..{}).step_by({}) {{", start.trim(), end.trim(), step.trim())
                }
                _ => format!("{head} {{"),
            }
        }
        _ => format!("{head} {{"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_with_a_colon_is_told_by_its_line_and_as_rust_has_it() {
        let rust = |line: &str| block_with_colon(&format!("fn f() {{\n    {line}\n    }}\n}}"));
        for (line, wanted) in [
            ("for k in range(first, end):", "`for k in first..end {`"),
            ("for k in range(n):", "`for k in 0..n {`"),
            ("for k in range(0, n, 2):", "`for k in (0..n).step_by(2) {`"),
            ("for x in values:", "`for x in values {`"),
            ("if x > 0:", "`if x > 0 {`"),
            ("elif x > 0:", "`} else if x > 0 {`"),
            ("else:", "`} else {`"),
            ("def f(x):", "`fn f(x: f64) -> f64 {`"),
            ("def euler(a, x0=1.0, dt: float = 0.1) -> float:", "`fn euler(a: f64, x0: f64, dt: f64) -> f64 {`"),
            ("def now():", "`fn now() -> f64 {`"),
        ] {
            let said = rust(line).unwrap_or_default();
            assert!(said.starts_with("Line 2 is Python's: ") && said.contains(wanted), "{line}: {said}");
        }
        for line in ["for k in 0..n {", "let x: f64 = 1.0;", "// for example:", "match x { 1 => 2 }", "format: f64,"] {
            assert_eq!(rust(line), None, "{line}");
        }
    }
}
