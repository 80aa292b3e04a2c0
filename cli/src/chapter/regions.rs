//! The blanks of a cell.

use std::ops::Range;

use super::cell_header::{CellHeader, Role};
use super::invitation::{INVITATION, is_invitation};
use super::read::Reader;
use super::{Region, trimmed};

/// A blank that is being read.
struct Open {
    line: usize,
    stub_line: Option<usize>,
    solution: Vec<String>,
    stub: Vec<String>,
}

impl Reader<'_> {
    /// Splits a cell at its SOLUTION, STUB and END lines.
    pub(super) fn regions(&mut self, cell: Range<usize>, marker: &CellHeader, clean: bool) -> Vec<Region> {
        let has_blanks = matches!(marker.role, Role::Exercise | Role::Text);
        let indent = self.lines[cell.start].len() - self.lines[cell.start].trim_start().len();
        let mut regions = Vec::new();
        let mut common = Vec::new();
        let mut open: Option<Open> = None;
        for line in cell.start + 1..cell.end {
            let text = if self.starts[line].inside_literal { "" } else { self.lines[line].trim() };
            match text {
                "// SOLUTION" | "// STUB" | "// END" if !has_blanks => {
                    // Of a misspelt exercise the marker's own message is enough.
                    if text == "// SOLUTION" && clean {
                        self.problem(
                            line,
                            "SOLUTION outside an exercise: write `exercise id=… points=…` after the cell's %%",
                        );
                    }
                }
                "// SOLUTION" => match &open {
                    None => {
                        regions.push(Region::Common(std::mem::take(&mut common)));
                        open = Some(Open { line, stub_line: None, solution: Vec::new(), stub: Vec::new() });
                    }
                    Some(Open { line: first, .. }) => {
                        let message = format!(
                            "SOLUTION inside the SOLUTION of line {}: end that one first, with // STUB and // END",
                            first + 1
                        );
                        self.problem(line, message);
                    }
                },
                "// STUB" => match &mut open {
                    None => self.problem(line, "STUB without SOLUTION: add // SOLUTION above it"),
                    Some(Open { stub_line: Some(first), .. }) => {
                        let message =
                            format!("STUB inside the STUB of line {}: end that one first, with // END", *first + 1);
                        self.problem(line, message);
                    }
                    Some(open) => open.stub_line = Some(line),
                },
                "// END" => match open.take() {
                    None => self.problem(line, "END without SOLUTION: add // SOLUTION and // STUB above it"),
                    Some(Open { line: first, stub_line: None, .. }) => {
                        let message = format!(
                            "END without STUB: add // STUB between the SOLUTION of line {} and this line",
                            first + 1
                        );
                        self.problem(line, message);
                    }
                    Some(done) => {
                        let is_first = !regions.iter().any(|region| matches!(region, Region::Blank { .. }));
                        regions.push(self.blank(done, marker.markdown, is_first));
                    }
                },
                _ => {
                    if let Some(word) = misspelt(text).filter(|_| has_blanks) {
                        self.problem(line, format!("`{text}` is not a marker: write // {word}"));
                    }
                    match &mut open {
                        None => common.push(self.shown(line, indent, marker.markdown)),
                        Some(open) if open.stub_line.is_none() => {
                            open.solution.push(self.shown(line, indent, marker.markdown))
                        }
                        Some(open) => open.stub.push(self.stub(line, indent, marker.markdown)),
                    }
                }
            }
        }
        if let Some(left) = open {
            match left.stub_line {
                None => self.problem(left.line, "SOLUTION without STUB: add // STUB and // END below it"),
                Some(stub) => self.problem(stub, "STUB without END: add // END below it"),
            }
        } else if has_blanks && clean && !regions.iter().any(|region| matches!(region, Region::Blank { .. })) {
            self.problem(cell.start, "an exercise with nothing to fill in: put the answer between // SOLUTION and // STUB, the blank between // STUB and // END");
        } else if regions.is_empty() && trimmed(&common).is_empty() {
            self.problem(cell.start, "an empty cell: write something below its marker, or delete the marker");
        }
        regions.push(Region::Common(common));
        regions
    }

    fn blank(&mut self, open: Open, markdown: bool, is_first: bool) -> Region {
        let Open { line, solution, mut stub, .. } = open;
        if trimmed(&solution).is_empty() {
            self.problem(line, "an empty SOLUTION: write the answer between // SOLUTION and // STUB");
        }
        if markdown {
            if stub.iter().any(|line| is_invitation(line)) {
                self.problem(line, "a STUB that says how to answer: leave that line out, every notebook gets it");
            }
            let parts = trimmed(&stub);
            if is_first || parts.is_empty() {
                let below = if parts.is_empty() { "" } else { "\n\n" };
                stub = format!("{INVITATION}{below}{}", parts.join("\n")).lines().map(str::to_owned).collect();
            }
        } else if trimmed(&stub).is_empty() {
            self.problem(line, "an empty STUB: write `// blank!(\"what goes here\")` between // STUB and // END");
        }
        Region::Blank { solution, stub }
    }

    /// A line as the notebook shows it.
    fn shown(&mut self, line: usize, indent: usize, markdown: bool) -> String {
        let text = &self.lines[line];
        if !markdown {
            let dedented = if self.starts[line].inside_literal { text.as_str() } else { dedent(text, indent) };
            return command(dedented).unwrap_or(dedented).to_string();
        }
        if !text.is_empty() && uncomment(text.trim_start()).is_none() {
            self.problem(line, "a line of markdown without //: add it, or put `// %%` above if this is code");
        }
        uncomment(text.trim_start()).unwrap_or(text).to_string()
    }

    /// A line of a stub, which is in a comment.
    fn stub(&mut self, line: usize, indent: usize, markdown: bool) -> String {
        let text = &self.lines[line];
        if markdown || text.is_empty() {
            return self.shown(line, indent, markdown);
        }
        let uncommented = uncomment_code(dedent(text, indent));
        if uncommented.is_none() {
            self.problem(line, "a STUB line without //: add it, for the chapter itself runs the SOLUTION");
        }
        uncommented.unwrap_or_else(|| text.clone())
    }
}

/// Comments out of which `// SOLUTION` and the others may have been meant: in them the solution would be shown to all.
fn misspelt(text: &str) -> Option<&'static str> {
    let word = text.strip_prefix("//")?.trim().trim_end_matches(':').trim();
    ["SOLUTION", "STUB", "END"].into_iter().find(|marker| word.eq_ignore_ascii_case(marker))
}

/// Without as much of the indentation as the cell has.
fn dedent(line: &str, indent: usize) -> &str {
    let blanks = line.len() - line.trim_start().len();
    line.get(indent.min(blanks)..).unwrap_or_else(|| line.trim_start())
}

/// `// :dep …` is `:dep …` in the notebook.
fn command(line: &str) -> Option<&str> {
    let command = line.strip_prefix("// ")?;
    command.strip_prefix(':')?.starts_with(|c: char| c.is_ascii_lowercase()).then_some(command)
}

fn uncomment(text: &str) -> Option<&str> {
    let words = text.strip_prefix("//")?;
    Some(words.strip_prefix(' ').unwrap_or(words))
}

/// A line of code without its `//`, at the same indentation.
pub(super) fn uncomment_code(line: &str) -> Option<String> {
    let code = line.trim_start();
    let indentation = &line[..line.len() - code.len()];
    Some(format!("{indentation}{}", uncomment(code)?).trim_end().to_string())
}
