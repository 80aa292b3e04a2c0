//! Answers in many versions: how they are compiled together, and how long.

use super::*;

#[test]
fn where_the_compiler_names_one_version_a_time_they_are_soon_compiled_one_by_one_and_until_the_deadline() {
    let versions: Vec<Candidate> = (0..40).map(|number| candidate(&format!("fn double() {{ {number} }}"))).collect();
    let first_of = |folder: &Path| {
        let main = fs::read_to_string(folder.join("main.rs")).unwrap();
        main.lines().find_map(|line| Some(line.strip_prefix("#[path = \"")?.strip_suffix("\"]")?.to_owned()))
    };
    struct OneByOne<'a>(&'a dyn Fn(&Path) -> Option<String>, RefCell<Vec<usize>>);
    impl Runner for OneByOne<'_> {
        fn compile(&self, _: &AnswerCompiler, folder: &Path, _: &[(String, String)], _: Product) -> Result<Compiled> {
            let Some(file) = (self.0)(folder) else { return done() };
            let count = fs::read_to_string(folder.join("main.rs"))?.matches("#[path").count();
            self.1.borrow_mut().push(count);
            std::thread::sleep(Duration::from_millis(5));
            failed(&format!(
                r#"{{"level":"error","message":"without end","spans":[{{"is_primary":true,"file_name":"../{file}","line_start":2,"text":[]}}]}}"#
            ))
        }

        fn run(&self, _: &Path, _: &[u8]) -> Result<Run> {
            unreachable!("nothing compiles")
        }
    }
    let exercise = exercise();
    let asked = [EvaluationRequest { exercise: &exercise, call: "double(x) -> y", candidates: &versions }];
    let (scratch, kit) = (tempfile::tempdir().unwrap(), AnswerCompiler::nothing());
    for (further, most) in [(Duration::from_secs(600), 60), (Duration::from_millis(50), 20)] {
        let runner = OneByOne(&first_of, RefCell::default());
        let workshop = Workshop { kit: &kit, runner: &runner, scratch: scratch.path(), lender: None };
        let judged = judge_within(None, further, &asked, &workshop).unwrap().0;
        assert!(matches!(judged["double"], Evaluation::NotCompiled(_)), "{judged:?}");
        let compiled = runner.1.borrow();
        assert!(compiled.len() <= most, "{compiled:?}");
        assert!(compiled.iter().filter(|count| **count > 1).count() <= 9, "{compiled:?}");
    }
}

#[test]
fn hundreds_of_versions_are_compiled_in_programs_of_some_until_one_is_right() {
    let versions: Vec<Candidate> = (0..300).map(|number| candidate(&format!("fn double() {{ {number} }}"))).collect();
    let counts = RefCell::new(Vec::new());
    struct Counting<'a>(&'a RefCell<Vec<usize>>, Scripted<'a>);
    impl Runner for Counting<'_> {
        fn compile(
            &self,
            kit: &AnswerCompiler,
            folder: &Path,
            libraries: &[(String, String)],
            product: Product,
        ) -> Result<Compiled> {
            self.0.borrow_mut().push(fs::read_to_string(folder.join("main.rs"))?.matches("#[path").count());
            self.1.compile(kit, folder, libraries, product)
        }

        fn run(&self, folder: &Path, input: &[u8]) -> Result<Run> {
            // The third program has a right one.
            if self.0.borrow().len() < 3 {
                let wrong = Scripted::new(&|_, _| done(), &|x| Ok(number("y", x)));
                return wrong.run(folder, input);
            }
            self.1.run(folder, input)
        }
    }
    let compile = |_: usize, _: bool| done();
    let runner = Counting(&counts, Scripted::new(&compile, &right));
    let exercise = exercise();
    let asked = [EvaluationRequest { exercise: &exercise, call: "double(x) -> y", candidates: &versions }];
    let (scratch, kit) = (tempfile::tempdir().unwrap(), AnswerCompiler::nothing());
    let workshop = Workshop { kit: &kit, runner: &runner, scratch: scratch.path(), lender: None };
    assert!(judge_all(&asked, &workshop).unwrap()["double"].passed());
    assert_eq!(*counts.borrow(), [1, 64, 64]);
}

#[test]
fn versions_that_take_their_time_end_with_the_time_that_there_is_for_all_of_them() {
    let slow = |number: usize, _: bool| {
        if number == 0 {
            done()
        } else {
            std::thread::sleep(Duration::from_millis(50));
            done()
        }
    };
    let wrong = |x: f64| Ok(number("y", x));
    let versions: Vec<Candidate> = (0..8).map(|number| candidate(&format!("fn double() {{ {number} }}"))).collect();
    for (patience, most_runs) in [(Duration::ZERO, 2), (Duration::from_millis(40), 2), (Duration::from_secs(600), 16)] {
        let runner = Scripted::new(&slow, &wrong);
        let scratch = tempfile::tempdir().unwrap();
        let kit = AnswerCompiler::nothing();
        let workshop = Workshop { kit: &kit, runner: &runner, scratch: scratch.path(), lender: None };
        let exercise = exercise();
        let asked = [EvaluationRequest { exercise: &exercise, call: "double(x) -> y", candidates: &versions }];
        let judged = judge_within(None, patience, &asked, &workshop).unwrap().0;
        assert!(matches!(judged["double"], Evaluation::Verdict { .. }), "the first version is judged");
        assert!(runner.inputs.borrow().len() <= most_runs, "{} runs", runner.inputs.borrow().len());
    }
}
