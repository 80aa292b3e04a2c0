//! The text of a reference program.

use std::collections::BTreeMap;

use crate::answers::answer::{Answer, Snippet};
use crate::answers::compiler::{Program, module};
use crate::answers::extract;
use crate::chapter::{Chapter, Misconception, Specification, Variant};
use crate::notebook::from_chapter;
use crate::support::paths;

/// The reference program of a chapter.
pub struct Reference<'a> {
    chapter: &'a Chapter,
    program: Program,
    /// By exercise. A key changes whenever the text does from which its cases and words are made.
    keys: BTreeMap<String, String>,
    /// The chapter's line, counted from 0, of each line of `main.rs` that a case is in.
    case_lines: Vec<Option<usize>>,
}

impl<'a> Reference<'a> {
    /// The program of this chapter's solutions.
    pub fn of(chapter: &'a Chapter) -> Reference<'a> {
        let answers = extract::answers(&from_chapter::notebook(chapter, Variant::Solution), chapter);
        let mut program = Program::default();
        let mut main = String::from("use neurobook::check::reference::{Source, refer};\n");
        let mut sources = String::new();
        let (mut keys, mut case_lines) = (BTreeMap::new(), Vec::new());
        for (exercise, specification) in chapter.specifications() {
            let id = &exercise.id;
            let solution: &[Snippet] = match answers.code.get(id) {
                Some(Answer::Candidates(candidates)) => &candidates[0].pieces,
                _ => &[],
            };
            let mut forms = vec![solution.to_vec()];
            forms.extend(specification.mistakes.iter().flat_map(|mistake| mutants(solution, mistake)));
            let mut named = String::new();
            let mut made_of = words(specification);
            for (number, pieces) in forms.iter().enumerate() {
                let (text, origins) = module(&format!("{id}_{number}"), Some(&specification.call.text), "", pieces);
                main += &format!("#[path = \"{id}_{number}.rs\"]\nmod {id}_{number};\n");
                made_of += &text;
                program.add_file(format!("{id}_{number}.rs"), text, origins);
                named += &format!("            (\"{number}\", &{id}_{number}::neurobook_answer),\n");
            }
            let (module, cases, lines) = cases(id, specification);
            made_of += &format!("{module}{cases}");
            keys.insert(id.clone(), paths::short_hash(made_of.as_bytes()));
            case_lines.resize(main.lines().count(), None);
            case_lines.extend(lines);
            main += &module;
            sources += &format!(
                "        Source {{\n            id: \"{id}\",\n{cases}            answers: vec![\n{named}            ],\n        }},\n"
            );
        }
        main += &format!("fn main() -> std::io::Result<()> {{\n    refer(&[\n{sources}    ])\n}}\n");
        program.set_main(main);
        Reference { chapter, program, keys, case_lines }
    }

    pub fn chapter(&self) -> &Chapter {
        self.chapter
    }

    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The key of what an exercise's cases and words are made of.
    pub fn key(&self, id: &str) -> &str {
        &self.keys[id]
    }

    /// The mistakes of an exercise as they are written.
    pub fn mistakes(&self, id: &str) -> &[Misconception] {
        let found = self.chapter.specifications().find(|(exercise, _)| exercise.id == id);
        found.map_or(&[], |(_, specification)| &specification.mistakes)
    }

    /// Where a file of the program comes from, for a message.
    pub fn place(&self, file: &str) -> String {
        let name = &self.chapter.name;
        let parts = file.strip_suffix(".rs").and_then(|file| file.rsplit_once('_'));
        let Some((id, number)) = parts.and_then(|(id, number)| Some((id, number.parse::<usize>().ok()?))) else {
            return self.place_of_case(None);
        };
        let forms = self.mistakes(id).iter().flat_map(|mistake| mistake.forms.iter().map(move |_| mistake));
        match number.checked_sub(1).and_then(|number| forms.clone().nth(number)) {
            Some(mistake) => format!("notebooks/{name}.rs:{}: the mistake `{}`", mistake.line + 1, mistake.name),
            None => format!("notebooks/{name}.rs, the solution of `{id}`"),
        }
    }

    /// Where a line of the program's `main.rs` comes from, for a message.
    pub fn place_of_case(&self, line: Option<usize>) -> String {
        let name = &self.chapter.name;
        match line.and_then(|line| *self.case_lines.get(line.checked_sub(1)?)?) {
            Some(line) => format!("notebooks/{name}.rs:{}: this case", line + 1),
            None => format!("notebooks/{name}.rs, the cases"),
        }
    }
}

/// What is said about an exercise. Lines of the source are no part of it: what is above may grow.
fn words(specification: &Specification) -> String {
    let Specification { title, parts, mistakes, hints, lesson, .. } = specification;
    let mistakes: Vec<_> = mistakes.iter().map(|mistake| (&mistake.name, &mistake.explanation)).collect();
    format!("{title:?}{parts:?}{mistakes:?}{hints:?}{lesson:?}")
}

/// The solution with each form of a mistake in it.
fn mutants(solution: &[Snippet], mistake: &Misconception) -> Vec<Vec<Snippet>> {
    let mutant = |form: &Vec<crate::chapter::Replacement>| {
        let replaced = |piece: &Snippet| {
            let text = form.iter().fold(piece.text.clone(), |text, change| text.replacen(&change.from, &change.to, 1));
            Snippet { text, ..piece.clone() }
        };
        solution.iter().map(replaced).collect()
    };
    mistake.forms.iter().map(mutant).collect()
}

/// The module that makes an exercise's inputs, the fields of its `Source` that name them, and the chapter's line of each of the
/// module's lines.
fn cases(id: &str, specification: &Specification) -> (String, String, Vec<Option<usize>>) {
    let given = specification.given.join("\n");
    let mut module = format!(
        "mod {id}_cases {{\n    use neurobook::check::{{ToValues, Random, Values}};\n    use neurobook::prelude::*;\n{given}\n"
    );
    let mut lines = vec![None; module.lines().count()];
    let mut function = |name: &str, arguments: &[String], line: Option<usize>| {
        let puts: String = specification
            .call
            .arguments
            .iter()
            .zip(arguments)
            .map(|(argument, expression)| {
                format!("        let {argument} = {expression};\n        ToValues::put(&{argument}, \"{argument}\", &mut neurobook_inputs);\n")
            })
            .collect();
        let text = format!(
            "    pub fn {name}(random: &mut Random) -> Values {{\n        let _ = &random;\n        let mut neurobook_inputs = Values::new();\n{puts}        neurobook_inputs\n    }}\n"
        );
        lines.extend(vec![line; text.lines().count()]);
        module += &text;
    };
    let mut public = String::new();
    for (number, case) in specification.cases.iter().enumerate() {
        function(&format!("case_{number}"), &case.arguments, Some(case.line));
        public += &format!("                ({:?}, &{id}_cases::case_{number}),\n", case.name);
    }
    if specification.cases.is_empty() {
        function("case_0", &[], None);
        public += &format!("                (\"the answer\", &{id}_cases::case_0),\n");
    }
    let mut hidden = String::new();
    for (number, inputs) in specification.hidden.iter().enumerate() {
        function(&format!("hidden_{number}"), &inputs.arguments, Some(inputs.line));
        hidden += &format!("                ({}, &{id}_cases::hidden_{number}),\n", inputs.times);
    }
    module += "}\n";
    lines.push(None);
    (
        module,
        format!(
            "            public: vec![\n{public}            ],\n            hidden: vec![\n{hidden}            ],\n"
        ),
        lines,
    )
}
