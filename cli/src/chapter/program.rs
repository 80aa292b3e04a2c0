//! A chapter as a plain program.

use super::lines;
use super::regions::uncomment_code;
use super::{Cell, Chapter, Variant};

#[derive(PartialEq)]
enum Within {
    Common,
    Solution,
    Stub,
}

impl Chapter {
    /// The chapter as a Rust program with the solutions, or with the stubs in their place.
    pub fn program(&self, variant: Variant) -> String {
        let first = self.cells.first().map_or(self.lines.len(), |cell| cell.lines.start);
        let last = self.cells.last().map_or(self.lines.len(), |cell| cell.lines.end);
        let mut program = self.lines[..first].to_vec();
        for cell in &self.cells {
            program.extend(self.cell_lines(cell, variant));
        }
        program.extend_from_slice(&self.lines[last..]);
        program.join("\n")
    }

    fn cell_lines(&self, cell: &Cell, variant: Variant) -> Vec<String> {
        // The sections below a check are no part of the program.
        let lines = &self.lines[cell.lines.start..cell.sections];
        if cell.asks().is_none() {
            return lines.to_vec();
        }
        let mut within = Within::Common;
        let mut shown = Vec::new();
        for (line, start) in lines.iter().zip(lines::starts(lines)) {
            let marker = if start.inside_literal { "" } else { line.trim() };
            match (marker, &within) {
                ("// SOLUTION", _) => within = Within::Solution,
                ("// STUB", _) => within = Within::Stub,
                ("// END", _) => within = Within::Common,
                (_, Within::Common) => shown.push(line.clone()),
                (_, Within::Solution) if variant == Variant::Solution => shown.push(line.clone()),
                (_, Within::Stub) if variant != Variant::Solution => {
                    let code = uncomment_code(line).filter(|_| !cell.is_markdown());
                    shown.push(code.unwrap_or_else(|| line.clone()));
                }
                _ => {}
            }
        }
        shown
    }
}
