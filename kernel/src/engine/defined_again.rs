//! What is left of a cell that has given up: its functions, types and imports.

use neurobook_cli::answers::extract::items;

/// The items of a cell, and its lines that load a crate, without any statement; none where it has neither.
pub fn what_to_define_again(source: &str) -> Option<String> {
    let (commands, code): (Vec<&str>, Vec<&str>) =
        source.lines().map(|line| if is_command(line) { (line, "") } else { ("", line) }).unzip();
    let code = code.join("\n");
    let items = items(&code)?;
    let crates = commands.into_iter().filter(|line| line.trim_start().starts_with(":dep "));
    let parts: Vec<&str> = crates.chain(items.into_iter().map(|item| &code[item.place])).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// Whether evcxr takes a line for one of its commands.
fn is_command(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(':') && !line.starts_with("::")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_types_and_crates_are_defined_again_and_no_statement_is_run_twice() {
        let cell = ":dep rand = \"0.10\"\n:timing\nuse rand::Rng;\nfn f(x: f64) -> f64 { blank!(\"x\") }\n\
                    let y = f(1.0);\n#[derive(Debug)]\nstruct Pair { x: f64 }\nprintln!(\"{y}\");";
        assert_eq!(
            what_to_define_again(cell).unwrap(),
            ":dep rand = \"0.10\"\nuse rand::Rng;\nfn f(x: f64) -> f64 { blank!(\"x\") }\n\
             #[derive(Debug)]\nstruct Pair { x: f64 }"
        );
        assert_eq!(what_to_define_again("let y = f(1.0);\ny"), None);
        assert_eq!(what_to_define_again("let y: Vec<f64> = vec![];\ny[3]"), None);
    }
}
