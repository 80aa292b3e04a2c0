//! Types as a cell can write them, from types as the compiler writes them.

use ra_ap_syntax::ast::{self, AstNode, HasModuleItem};
use ra_ap_syntax::{Edition, SyntaxKind};

use crate::mir::Mir;
use crate::wrapper;

/// How evcxr is told about a variable's type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// As this text. Where it holds `impl`, evcxr says that such a value cannot be kept.
    Type(String),
    /// It is a closure's, for which evcxr has a sentence of its own.
    Closure,
    /// It has no name here, or is not known: evcxr asks for one.
    Unknown,
}

/// The first words of paths that a cell can always write.
const CRATES: [&str; 3] = ["std", "core", "alloc"];

/// What can be named.
pub struct Names {
    /// The crates that the cell is compiled with.
    pub crates: Vec<String>,
    /// The names at the root of the source, if they are known.
    pub roots: Option<Vec<String>>,
}

/// Spells a type. `mir` is where it comes from.
pub fn spell(ty: &str, mir: &Mir, names: &Names) -> Spelling {
    if ty.starts_with("{closure@") && group_end(ty, 0) == Some(ty.len()) {
        return Spelling::Closure;
    }
    if ty == "!" {
        // Nothing ever comes of the expression (`blank!()`). Its type cannot be written, but becomes any other.
        return Spelling::Type("()".into());
    }
    let Some(text) = without_braces(ty, mir) else { return Spelling::Unknown };
    if text.contains(&format!("{}::", wrapper::NAME)) {
        // A type that only the inside of a block knows.
        return Spelling::Type("impl Sized".into());
    }
    if can_be_written(&text, names) { Spelling::Type(text) } else { Spelling::Unknown }
}

/// Replaces what the compiler shows in braces: closures, functions, and values of `async`.
fn without_braces(ty: &str, mir: &Mir) -> Option<String> {
    let mut text = ty.to_owned();
    // From the back, so that what is before a place stays where it is.
    while let Some(start) = outermost_last(&text) {
        let end = group_end(&text, start)?;
        let inside = &text[start + 1..end - 1];
        if let Some(place) = inside.strip_prefix("closure@") {
            let bound = mir.closure(place).map_or_else(|| "Sized".to_owned(), str::to_owned);
            text.replace_range(start..end, &format!("impl {bound}"));
        } else if inside.starts_with("async ") || inside.contains("async fn body") {
            text.replace_range(start..end, "impl std::future::Future");
        } else {
            // `fn(f64) -> f64 {name}` by itself is kept as a pointer to the function. Inside of another type it is
            // a type of its own, which has no name.
            let from = signature_start(&text[..start])?;
            let signature = text[from..start].trim_end().to_owned();
            let is_alone = from == 0 && end == text.len();
            let (before, after) = signature.split_once("fn(")?;
            let binder = before.strip_prefix("for<").map_or("", |_| before);
            let spelled = if is_alone { signature.clone() } else { format!("impl {binder}Fn({after}") };
            text.replace_range(from..end, &spelled);
        }
    }
    Some(text)
}

/// Where the last group in braces begins that is in no other.
fn outermost_last(text: &str) -> Option<usize> {
    let mut start = 0;
    let mut last = None;
    while let Some(found) = text[start..].find('{').map(|at| at + start) {
        last = Some(found);
        start = group_end(text, found)?;
    }
    last
}

/// Where the group ends that begins with the brace at `start`.
fn group_end(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, sign) in text.bytes().enumerate().skip(start) {
        match sign {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Where the signature begins that `text` ends with.
fn signature_start(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    let mut start = 0;
    for at in (0..bytes.len()).rev() {
        match bytes[at] {
            b'>' if at > 0 && bytes[at - 1] == b'-' => {}
            b')' | b'>' | b']' => depth += 1,
            b'(' | b'<' | b'[' | b',' if depth == 0 => {
                start = at + 1;
                break;
            }
            b'(' | b'<' | b'[' => depth -= 1,
            _ => {}
        }
    }
    // What is before the signature in its place: a space, a borrow.
    let rest = &text[start..];
    let head = ["for<", "unsafe ", "extern ", "fn("].iter().filter_map(|word| rest.find(word)).min()?;
    Some(start + head)
}

fn can_be_written(text: &str, names: &Names) -> bool {
    let parsed = ast::SourceFile::parse(&format!("const _: {text} = x();"), Edition::Edition2024);
    let file = parsed.tree();
    if !parsed.errors().is_empty() || file.items().count() != 1 {
        return false;
    }
    file.syntax().descendants().all(|node| match node.kind() {
        SyntaxKind::ERROR | SyntaxKind::INFER_TYPE | SyntaxKind::NEVER_TYPE => false,
        SyntaxKind::PATH => ast::Path::cast(node).is_none_or(|path| is_known(&path, names)),
        _ => true,
    })
}

/// Whether a path begins with something that can be named. The compiler gives its own paths to what has no public one.
fn is_known(path: &ast::Path, names: &Names) -> bool {
    let (Some(qualifier), Some(roots)) = (path.qualifier(), &names.roots) else { return true };
    // Only the first step of the path.
    if qualifier.qualifier().is_some() {
        return true;
    }
    let Some(first) = qualifier.segment().and_then(|segment| segment.name_ref()) else { return true };
    let first = first.text().trim_start_matches("r#").to_owned();
    CRATES.contains(&first.as_str()) || names.crates.contains(&first) || roots.contains(&first)
}
