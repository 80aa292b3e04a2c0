//! Cells run through evcxr, which takes the types of their variables from the compiler by way of this crate.
//!
//! evcxr starts this program again as the process that runs cells, and Cargo starts it in the compiler's place.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crossbeam_channel::Receiver;
use evcxr::{CommandContext, Error};

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    if let Some(rustc) =
        arguments.next().filter(|first| Path::new(first).file_stem().is_some_and(|name| name == "rustc"))
    {
        return compile(&rustc, &arguments.collect::<Vec<_>>());
    }
    evcxr::runtime_hook();
    let session = tempfile::Builder::new().prefix("cells-").tempdir().unwrap();
    let variables = [
        ("EVCXR_TMPDIR", session.path().as_os_str().to_owned()),
        ("EVCXR_CONFIG_DIR", session.path().join("configuration").into_os_string()),
        ("RUSTC_WORKSPACE_WRAPPER", env::current_exe().unwrap().into_os_string()),
    ];
    for (name, value) in variables {
        // SAFETY: this process has one thread yet.
        unsafe { env::set_var(name, value) };
    }
    let wanted = env::args().nth(1).filter(|argument| !argument.starts_with('-'));
    let mut notebook = Notebook::open();
    let mut failed = 0;
    for (name, test) in TESTS {
        if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted.as_str())) {
            continue;
        }
        notebook.context.execute(":clear").unwrap();
        let started = std::time::Instant::now();
        let passed =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| test(&mut notebook, session.path()))).is_ok();
        println!("{name} … {} ({:.1?})", if passed { "ok" } else { "FAILED" }, started.elapsed());
        failed += usize::from(!passed);
    }
    drop(notebook);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn compile(rustc: &OsString, arguments: &[OsString]) -> ExitCode {
    if neurobook_recorded::record(Path::new(rustc), arguments) {
        return ExitCode::FAILURE;
    }
    let more = neurobook_recorded::more_arguments(arguments);
    let status = Command::new(rustc).args(arguments).args(more).status().unwrap();
    if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A notebook without a browser.
struct Notebook {
    context: CommandContext,
    printed: Receiver<String>,
    said: Receiver<String>,
}

impl Notebook {
    fn open() -> Notebook {
        let (context, outputs) = CommandContext::new().unwrap();
        Notebook { context, printed: outputs.stdout, said: outputs.stderr }
    }

    /// Runs a cell, and gives what it prints and shows.
    fn run(&mut self, cell: &str) -> Result<String, String> {
        let result = self.context.execute(cell);
        let mut lines: Vec<String> = self.printed.try_iter().collect();
        self.said.try_iter().for_each(drop);
        match result {
            Ok(outputs) => {
                lines.extend(outputs.get("text/plain").map(str::to_owned));
                Ok(lines.join("\n"))
            }
            Err(Error::CompilationErrors(errors)) => {
                let errors = errors.iter().map(|error| format!("{} {}", error.code().unwrap_or("-"), error.message()));
                Err(errors.collect::<Vec<_>>().join("\n"))
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// Runs cells that must all run, and gives what the last one prints and shows.
    #[track_caller]
    fn all(&mut self, cells: &[&str]) -> String {
        let mut last = String::new();
        for cell in cells {
            last = self.run(cell).unwrap_or_else(|error| panic!("{cell}\n{error}"));
        }
        last
    }

    /// The type that a variable has for evcxr.
    fn type_of(&self, name: &str) -> Option<String> {
        self.context.variables_and_types().find(|(known, _)| *known == name).map(|(_, ty)| ty.to_owned())
    }
}

type Test = fn(&mut Notebook, &Path);

const TESTS: [(&str, Test); 14] = [
    ("a_variable_is_there_in_a_later_cell", |notebook, _| {
        let shown = notebook.all(&["let mut x = vec![1.5, 2.0]; let n = x.len();", "x.push(3.0);", "(x, n)"]);
        assert_eq!(shown, "([1.5, 2.0, 3.0], 2)");
    }),
    ("the_value_of_a_cell_does_not_disturb_its_variables", |notebook, _| {
        assert_eq!(notebook.all(&["let x = 5u8; x + 1"]), "6");
        assert_eq!(notebook.type_of("x").unwrap(), "u8");
    }),
    ("a_later_declaration_hides_an_earlier_one", |notebook, _| {
        assert_eq!(notebook.all(&["let x = 1; let x = format!(\"{x}\");", "let x = x.len();", "x + 1"]), "2");
    }),
    ("patterns_bind_all_their_names", |notebook, _| {
        let cells = [
            "struct Point { x: f64, y: u8 }",
            "let Point { x, y: mut height } = Point { x: 1.0, y: 2 }; let [first, .., last] = [1i8, 2, 3];",
            "let (a, (b, c)) = (1u16, (\"two\", 3.0f32)); let Some(inner) = Some('c') else { panic!() };",
            "let whole @ (part, _) = (1, 2);",
            "height += 1; (x, height, first, last, a, b, c, inner, whole, part)",
        ];
        assert_eq!(notebook.all(&cells), "(1.0, 3, 1, 3, 1, \"two\", 3.0, 'c', (1, 2), 1)");
    }),
    ("a_variable_that_was_moved_is_gone_and_the_rest_is_kept", |notebook, _| {
        notebook.all(&["let a = vec![1]; let b = a; let c = b.len();"]);
        assert_eq!(notebook.all(&["(b, c)"]), "([1], 1)");
        assert!(notebook.run("a").unwrap_err().starts_with("E0425"));
    }),
    ("a_closure_gets_the_sentence_for_closures", |notebook, _| {
        let said = notebook.run("let f = |x: f64| x * 2.0;").unwrap_err();
        assert!(said.contains("is a closure, which cannot be persisted"), "{said}");
    }),
    ("an_iterator_with_a_closure_in_it_gets_the_sentence_for_what_cannot_be_kept", |notebook, _| {
        let said = notebook.run("let v = vec![1.0]; let i = v.into_iter().map(|x: f64| x * 2.0);").unwrap_err();
        assert!(
            said.contains(
                "`std::iter::Map<std::vec::IntoIter<f64>, impl FnMut(f64) -> f64>` which cannot be persisted"
            ),
            "{said}"
        );
    }),
    ("a_hidden_type_gets_the_same_sentence", |notebook, _| {
        notebook.all(&["fn numbers() -> impl Iterator<Item = u32> { 0..3 }"]);
        let said = notebook.run("let n = numbers();").unwrap_err();
        assert!(said.contains("which cannot be persisted"), "{said}");
    }),
    ("a_reference_into_a_variable_gets_the_sentence_for_references", |notebook, _| {
        let said = notebook.run("let v = vec![1.0]; let first = &v[0];").unwrap_err();
        assert!(said.contains("contains a reference with a non-static lifetime"), "{said}");
    }),
    ("mistakes_are_told_once_and_in_the_compilers_words", |notebook, _| {
        let mistakes = [
            ("let x: f64 = \"a\";", "E0308 mismatched types"),
            ("let y = 1.0; let x = y + \"a\";", "E0277 cannot add `&str` to `{float}`"),
            ("let x = nowhere(1);", "E0425 cannot find function `nowhere` in this scope"),
            ("let v = vec![1]; let w = v; println!(\"{v:?}\");", "E0382 borrow of moved value: `v`"),
            (
                "let mut v = vec![1]; { let a = &v[0]; v.push(2); println!(\"{a}\"); } let n = 1;",
                "E0502 cannot borrow `v` as mutable because it is also borrowed as immutable",
            ),
            ("let x = 1; x = 2;", "E0384 cannot assign twice to immutable variable `x`"),
            ("let v = Vec::new();", "E0282 type annotations needed for `Vec<_>`"),
            ("let x = \"5\".parse().unwrap();", "E0284 type annotations needed"),
            ("struct Silent; let s = Silent; s", "E0277 `Silent` doesn't implement `Debug`"),
            (
                "let s = 1; let t = s.unknown();",
                "E0599 no method named `unknown` found for type `{integer}` in the current scope",
            ),
        ];
        for (cell, words) in mistakes {
            let said = notebook.run(cell).unwrap_err();
            println!("{cell}\n    {said}");
            assert_eq!(said, words, "{cell}");
        }
    }),
    ("a_question_mark_is_understood", |notebook, _| {
        let shown = notebook.all(&["let x = \"1.5\".parse::<f64>()?; let y = x * 2.0;", "(x, y)"]);
        assert_eq!(shown, "(1.5, 3.0)");
    }),
    ("an_expression_that_never_ends_hinders_nothing", |notebook, _| {
        notebook.all(&["let before = 1u8; let x = panic!(\"blank\"); let after = 2u8;"]);
        assert_eq!(notebook.type_of("x"), None);
    }),
    ("a_new_crate_is_known_in_its_own_cell", |notebook, session| {
        let folder = crate_folder(
            session,
            "pub struct Box1(pub f64); pub mod deep { #[derive(Debug)] pub struct Cell(pub u8); } pub fn cell() -> deep::Cell { deep::Cell(7) } pub fn range() -> impl Iterator<Item = u8> { 0..2 }",
        );
        notebook.all(&[&format!(
            ":dep little = {{ path = {folder:?} }}\nlet cell = little::cell(); let one = little::Box1(1.5);"
        )]);
        assert_eq!(notebook.type_of("cell").unwrap(), "little::deep::Cell");
        assert_eq!(notebook.all(&["(&cell, one.0)"]), "(Cell(7), 1.5)");
        let said = notebook.run("let r = little::range();").unwrap_err();
        assert!(said.contains("which cannot be persisted"), "{said}");
        // The crate changes below the session.
        crate_folder(
            session,
            "pub fn number() -> u64 { 3 } pub mod deep { #[derive(Debug)] pub struct Cell(pub u8); } pub struct Box1(pub f64);",
        );
        notebook.all(&[":clear", &format!(":dep little = {{ path = {folder:?} }}")]);
        assert_eq!(notebook.all(&["let n = little::number(); n"]), "3");
    }),
    ("a_compiler_that_cannot_start_is_not_the_learners_fault", |notebook, session| {
        let record = session.join(".neurobook-compilation");
        notebook.all(&["1 + 1"]);
        let kept = fs::read_to_string(&record).unwrap();
        let mut parts: Vec<&str> = kept.split('\0').collect();
        parts[2] = "/nowhere/rustc";
        fs::write(&record, parts.join("\0")).unwrap();
        notebook.run("let x = 1;").unwrap_err();
        let fault = neurobook_analysis::take_fault().unwrap();
        assert!(fault.starts_with("cannot start /nowhere/rustc"), "{fault}");
        fs::write(&record, kept).unwrap();
        assert_eq!(notebook.all(&["let x = 1; x"]), "1");
        assert_eq!(neurobook_analysis::take_fault(), None);
    }),
];

/// Writes a crate that a notebook can load.
fn crate_folder(session: &Path, source: &str) -> String {
    let folder = session.join("little");
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = "[package]\nname = \"little\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/lib.rs"), source).unwrap();
    folder.to_str().unwrap().to_owned()
}
