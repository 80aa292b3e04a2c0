//! Time to list and to grade one submission at the limit of its size, at half of it and at a quarter, and the most memory
//! that the grader itself takes: for notebooks of large outputs, of many cells, of prose, and of code, beside the chapter's
//! solution as it is. What that one takes goes to the compiler; the rest is what the size costs.
//!
//! `cargo bench --profile dev -p neurobook-cli --bench size_limit` prints a table. The bars are 2 s, 10 s and 300 MB. On a
//! machine that does something else meanwhile, the processor time is what counts.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const CHAPTER: &str = "00_rust_for_neuroscientists";
/// The largest notebook that is read.
const LIMIT: usize = 64 << 20;

/// What fills a notebook, and the cells that do so with as many bytes as there are.
type Filling = (&'static str, fn(usize) -> Vec<Value>);

const FILLINGS: [Filling; 4] = [
    ("one large output", |bytes| vec![code("1", json!([stream(&"x".repeat(bytes))]))]),
    ("many small cells", |bytes| (0..bytes / 120).map(|_| code("let x = 1;", json!([]))).collect()),
    ("prose", |bytes| vec![json!({"cell_type": "markdown", "metadata": {}, "source": "word ".repeat(bytes / 5)})]),
    ("code with imports", |bytes| {
        (0..bytes / 12_000).map(|_| code(&"use std::fmt::Write;\n".repeat(550), json!([]))).collect()
    }),
];

fn code(source: &str, outputs: Value) -> Value {
    json!({"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": outputs, "source": source})
}

fn stream(text: &str) -> Value {
    json!({"name": "stdout", "output_type": "stream", "text": text})
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    println!(
        "{:<20} {:>6} {:>8} {:>8} {:>12} {:>8}",
        "filled with", "MB", "list, s", "grade, s", "processor, s", "peak, MB"
    );
    let measure = |what: &str, cells: Vec<Value>| {
        let path = folder.path().join("learner.ipynb");
        let megabytes = write(&path, cells) as f64 / f64::from(1 << 20);
        let out = folder.path().join("out");
        let list = run(&["--dry-run"], &out, &path);
        let grade = run(&[], &out, &path);
        fs::remove_dir_all(&out).expect("the run's folder");
        let (list, Took { seconds, processor, peak }) = (list.seconds, grade);
        println!("{what:<20} {megabytes:>6.1} {list:>8.2} {seconds:>8.2} {processor:>12.2} {peak:>8}");
    };
    // The first run of all may compile the crates.
    write(&folder.path().join("first.ipynb"), Vec::new());
    run(&[], &folder.path().join("first"), &folder.path().join("first.ipynb"));
    measure("nothing", Vec::new());
    for (what, fill) in FILLINGS {
        for part in [4, 2, 1] {
            // A little less than the limit, for what else is in a notebook.
            measure(what, fill((LIMIT - (2 << 20)) / part));
        }
    }
}

/// The chapter's solution with these cells behind it. Gives the file's size.
fn write(path: &Path, cells: Vec<Value>) -> usize {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../notebooks/solution/{CHAPTER}.ipynb"));
    let mut notebook: Value =
        serde_json::from_slice(&fs::read(source).expect("the chapter's notebook")).expect("a notebook");
    notebook["cells"].as_array_mut().expect("cells").extend(cells);
    let text = notebook.to_string();
    fs::write(path, &text).expect("a notebook");
    text.len()
}

/// What a run takes: seconds, processor seconds of all its processes, and the most megabytes of the grader's own.
struct Took {
    seconds: f64,
    processor: f64,
    peak: u64,
}

fn run(more: &[&str], out: &Path, submission: &Path) -> Took {
    let (begin, before) = (Instant::now(), processor());
    let mut grader = Command::new(env!("CARGO_BIN_EXE_neurobook"))
        .args(["grade", "--seed", "1", "--jobs", "1", "--chapter", CHAPTER, "--out"])
        .arg(out)
        .args(more)
        .arg(submission)
        .env("NEUROBOOK_ROOT", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the grader starts");
    let status = format!("/proc/{}/status", grader.id());
    let mut peak = 0;
    while grader.try_wait().expect("the grader is waited for").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        peak = line.trim().trim_end_matches(" kB").trim().parse().unwrap_or(peak);
        thread::sleep(Duration::from_millis(2));
    }
    Took { seconds: begin.elapsed().as_secs_f64(), processor: processor() - before, peak: peak / 1024 }
}

/// The processor seconds of all processes that this one has started and seen the end of, and of theirs.
fn processor() -> f64 {
    let about = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which ends at a bracket, the 14th and 15th number, in hundredths of a second.
    let numbers = about.rsplit(')').next().unwrap_or_default().split_whitespace();
    numbers.skip(13).take(2).filter_map(|number| number.parse::<f64>().ok()).sum::<f64>() / 100.0
}
