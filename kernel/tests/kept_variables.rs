//! Whatever ends a cell, the next one prints a variable that was made before: cells through evcxr, with all cores busy.
//!
//! evcxr starts this program again as the process that runs cells, and Cargo starts it in the compiler's place. A number
//! says how often each way of ending a cell is tried: `cargo test -p neurobook-kernel --test kept_variables -- 30`; a
//! part of a name, which tests run.

use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use crossbeam_channel::Receiver;
use evcxr::{CommandContext, Error};

#[allow(
    dead_code,
    unused_imports,
    reason = "a program cannot be asked for its modules, and the kernel's needs more of this one"
)]
#[path = "../src"]
mod kernel {
    pub mod supervisor;
}

use kernel::supervisor::{self, Ended, Ending, Printed, Supervision};

/// How each way of ending a cell is tried if nobody says how often.
const TIMES: usize = 2;

fn main() -> ExitCode {
    if let Some(status) = neurobook_cli::compiler_hints::in_place_of_rustc() {
        return status;
    }
    supervisor::enter();
    evcxr::runtime_hook();
    if cfg!(not(any(target_os = "linux", target_os = "macos"))) {
        println!("there is no supervisor on this system");
        return ExitCode::SUCCESS;
    }
    let times = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(TIMES);
    let wanted = env::args().skip(1).find(|argument| argument.parse::<usize>().is_err() && !argument.starts_with('-'));
    let session = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("kept-{}", process::id()));
    fs::create_dir_all(&session).unwrap();
    let variables = [
        ("EVCXR_TMPDIR", session.clone().into_os_string()),
        ("EVCXR_CONFIG_DIR", session.join("configuration").into_os_string()),
        ("RUSTC_WORKSPACE_WRAPPER", env::current_exe().unwrap().into_os_string()),
    ];
    for (name, value) in variables {
        // SAFETY: this process has one thread yet.
        unsafe { env::set_var(name, value) };
    }
    // SAFETY: as above.
    let supervision = unsafe { Supervision::open() }.unwrap();
    let busy = AtomicBool::new(true);
    let passed = thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while busy.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let mut notebook = None;
        let mut passed = passes("evcxr starts", || notebook = Some(Notebook::open(supervision)));
        if let Some(notebook) = &mut notebook {
            for (name, test) in
                TESTS.iter().filter(|(name, _)| wanted.as_ref().is_none_or(|wanted| name.contains(wanted)))
            {
                passed &= passes(name, || test(notebook, times));
            }
        }
        busy.store(false, Ordering::Relaxed);
        passed
    });
    fs::remove_dir_all(&session).unwrap();
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn passes(name: &str, test: impl FnOnce()) -> bool {
    let started = Instant::now();
    let passed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(test)).is_ok();
    println!("{name} … {} ({:.1?})", if passed { "ok" } else { "FAILED" }, started.elapsed());
    passed
}

/// A notebook without a browser.
struct Notebook {
    context: CommandContext,
    supervision: Supervision,
    lines: Receiver<String>,
    printed: Arc<Mutex<String>>,
    /// How many cells the variable has seen.
    count: usize,
}

impl Notebook {
    fn open(supervision: Supervision) -> Notebook {
        let (context, outputs) = CommandContext::new().unwrap();
        let printed = Arc::default();
        let (gathered, lines) = (Arc::clone(&printed), outputs.stdout.clone());
        // evcxr waits until somebody has taken what was printed. Who has the lock knows that nothing is on its way.
        thread::spawn(move || {
            loop {
                let mut printed: MutexGuard<'_, String> = lock(&gathered);
                match outputs.stdout.recv_timeout(Duration::from_millis(2)) {
                    Ok(line) => printed.push_str(&Printed::read(&line).text),
                    Err(error) if error.is_disconnected() => return,
                    Err(_) => {
                        drop(printed);
                        thread::yield_now();
                    }
                }
            }
        });
        let mut notebook = Notebook { context, supervision, lines, printed, count: 0 };
        notebook.run("let mut seen: Vec<f64> = Vec::new();").unwrap();
        notebook
    }

    /// Runs a cell; gives what it prints, or evcxr's error and why its process has ended.
    fn run(&mut self, cell: &str) -> Result<String, (Error, Option<Ended>)> {
        let result = self.context.execute(cell);
        // After an error evcxr does not wait.
        while !self.lines.is_empty() {
            thread::sleep(Duration::from_millis(1));
        }
        let printed = std::mem::take(&mut *lock(&self.printed));
        match result {
            Ok(_) => Ok(printed),
            Err(error) => Err((error, self.supervision.take_ending())),
        }
    }

    /// Runs a cell, and stops it after some time, or as soon as it prints.
    fn run_and_stop(&mut self, cell: &str, after: Option<Duration>) -> Result<String, (Error, Option<Ended>)> {
        let (process, printed, running) = (self.context.process_handle(), self.printed.clone(), AtomicBool::new(true));
        thread::scope(|scope| {
            scope.spawn(|| {
                match after {
                    Some(time) => thread::sleep(time),
                    None => {
                        while lock(&printed).is_empty() && running.load(Ordering::Relaxed) {
                            thread::sleep(Duration::from_millis(5));
                        }
                    }
                }
                Supervision::interrupt(&process, || running.load(Ordering::Relaxed));
            });
            let ran = self.run(cell);
            running.store(false, Ordering::Relaxed);
            ran
        })
    }

    /// The next cell finds the variable as it was, and changes it.
    fn goes_on(&mut self) {
        self.count += 1;
        let printed = self.run("seen.push(1.0); println!(\"{}\", seen.len());");
        assert_eq!(printed.unwrap(), format!("{}\n", self.count));
    }

    /// A cell ends its process; the next one has the variable.
    fn ends_and_goes_on(&mut self, cell: &str, expected: impl Fn(Ending) -> bool) {
        let (_, ended) = self.run(cell).unwrap_err();
        let ended = ended.unwrap();
        assert!(ended.kept && expected(ended.ending), "{cell}: {ended:?}");
        self.goes_on();
    }
}

fn lock(printed: &Mutex<String>) -> MutexGuard<'_, String> {
    printed.lock().unwrap_or_else(PoisonError::into_inner)
}

type Test = fn(&mut Notebook, usize);

const TESTS: [(&str, Test); 10] = [
    ("a_cell_that_exits_keeps_the_variables", |notebook, times| {
        for _ in 0..times {
            notebook.ends_and_goes_on("seen.clear(); std::process::exit(3);", |ending| {
                ending == Ending::Exited { code: 3 }
            });
        }
    }),
    ("a_cell_that_aborts_keeps_the_variables", |notebook, times| {
        for _ in 0..times {
            notebook.ends_and_goes_on("seen.clear(); std::process::abort();", |ending| ending == Ending::Aborted);
        }
    }),
    ("a_cell_that_overflows_the_stack_keeps_the_variables", |notebook, times| {
        let cell = "fn depth(n: u64) -> u64 { std::hint::black_box(depth(n + 1)) + 1 }\nseen.clear(); depth(1);";
        for _ in 0..times {
            notebook.ends_and_goes_on(cell, |ending| ending == Ending::StackOverflow);
        }
    }),
    ("a_cell_that_asks_for_40_gb_keeps_the_variables", |notebook, times| {
        let cell = "let long: Vec<u8> = vec![1; 40_000_000_000]; seen.clear();";
        for _ in 0..times {
            let expected = |ending| matches!(ending, Ending::OutOfMemory | Ending::MemoryLimit { .. });
            notebook.ends_and_goes_on(cell, expected);
        }
    }),
    ("a_cell_that_panics_or_meets_an_error_keeps_the_variables", |notebook, times| {
        for _ in 0..times {
            for cell in [
                "let seen: Vec<f64> = seen[..900].to_vec();",
                "seen.clear(); let first = seen[0];",
                "seen.clear(); let seen: f64 = \"many\".parse()?;",
            ] {
                notebook.ends_and_goes_on(cell, |ending| ending == Ending::GaveUp);
            }
        }
    }),
    ("an_endless_loop_is_stopped_and_keeps_the_variables", |notebook, times| {
        for _ in 0..times {
            let (_, ended) = notebook.run_and_stop("println!(); loop { seen.clear(); }", None).unwrap_err();
            assert_eq!(ended.map(|ended| ended.ending), Some(Ending::Interrupted));
            notebook.goes_on();
        }
    }),
    ("endless_printing_is_stopped_and_keeps_the_variables", |notebook, times| {
        for _ in 0..times {
            let (_, ended) =
                notebook.run_and_stop("loop { println!(\"{}\", seen.len()); seen.clear(); }", None).unwrap_err();
            assert_eq!(ended.map(|ended| ended.ending), Some(Ending::Interrupted));
            notebook.goes_on();
        }
    }),
    ("a_cell_is_stopped_at_any_moment_of_its_compilation_too", |notebook, times| {
        for turn in 0..3 * times {
            let after = Duration::from_millis(40 * turn as u64);
            let (error, ended) = notebook.run_and_stop("loop { seen.clear(); }", Some(after)).unwrap_err();
            assert!(!matches!(error, Error::SubprocessTerminated(_)), "{error} {ended:?}");
            notebook.goes_on();
        }
    }),
    ("what_a_cell_that_ended_has_used_up_declared_or_defined_is_as_before", |notebook, _| {
        let takes = "let other: String = String::new(); fn half() -> f64 { 0.5 }\ndrop(seen); std::process::exit(0);";
        notebook.ends_and_goes_on(takes, |ending| ending == Ending::Exited { code: 0 });
        let changes = "let seen: String = String::new(); std::process::exit(0);";
        notebook.ends_and_goes_on(changes, |ending| ending == Ending::Exited { code: 0 });
        for name in ["other", "half()"] {
            assert!(matches!(notebook.run(name), Err((Error::CompilationErrors(_), None))), "{name}");
        }
    }),
    ("text_without_a_line_end_and_other_bytes_shift_no_later_cell", |notebook, _| {
        let cell =
            "use std::io::Write; std::io::stdout().write_all(b\"\\xff\\n\").unwrap(); print!(\"1\"); println!(\"2\");";
        assert_eq!(notebook.run(cell).unwrap(), "\u{fffd}\n12\n");
        notebook.ends_and_goes_on("print!(\"step 3 \"); panic!(\"stopped\");", |ending| ending == Ending::GaveUp);
    }),
];
