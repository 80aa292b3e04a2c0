//! A learner's files under fire: what learners, their tools and their machines do, in orders of chance. Wherever an answer
//! was, it is still there afterwards, or in a backup that a message has named.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde_json::{Value, json};

use crate::mini::{CHAPTER, Mini, names};
use crate::program;

const ORDERS: u64 = 200;
const STEPS: usize = 12;
const STUDENT: &str = "notebooks/student/01_double.ipynb";
const MINE: &str = "notebooks/mine/01_double.ipynb";
const BACKUPS: &str = "notebooks/mine/backups";
const MARK: &str = "answer number ";

/// The course, as those who teach it publish it: a tag for each version.
const VERSIONS: [&str; 4] = ["v1", "v2", "v3", "v4"];

fn git(mini: &Mini, arguments: &[&str]) -> Output {
    let mut command = program::command("git");
    command.args(["-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "core.autocrlf=false"]);
    command.args(arguments).current_dir(&mini.root).env("GIT_CONFIG_NOSYSTEM", "1");
    command.output().expect("git is installed")
}

fn published() -> Mini {
    let mini = Mini::built();
    mini.write(".gitignore", "/notebooks/mine/\n");
    assert!(git(&mini, &["init", "--quiet", "--initial-branch", "main"]).status.success());
    let texts = [
        CHAPTER.to_owned(),
        CHAPTER.replace("A first chapter.", "A better chapter."),
        CHAPTER
            .replace("A first chapter.", "A good chapter.")
            .replace("blank!(\"the product\")", "blank!(\"a product\")"),
        CHAPTER.replace("Why does it double?", "Why does it double, and not triple?"),
    ];
    for (version, text) in VERSIONS.iter().zip(texts) {
        mini.write("notebooks/01_double.rs", &text);
        mini.succeed(&["build"]);
        for arguments in [vec!["add", "--all"], vec!["commit", "--quiet", "--message", version], vec!["tag", version]] {
            assert!(git(&mini, &arguments).status.success(), "{arguments:?}");
        }
    }
    mini
}

fn program_on_path(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file()).expect("Rust is on PATH")
}

/// A run of the program.
struct Ran<'a> {
    /// What the learner's files were before.
    before: &'a [(&'a str, Option<Vec<u8>>)],
    said: &'a str,
    /// Whether no signal ended it.
    ended_by_itself: bool,
}

struct Learner {
    mini: Mini,
    dice: Pcg64Mcg,
    version: usize,
    written: usize,
    /// Those that are not lost by the machine's own fault.
    answers: BTreeSet<String>,
    /// What a machine made of a notebook, and is still what the learner has.
    damaged: BTreeSet<Vec<u8>>,
    backups: BTreeMap<String, Vec<u8>>,
    /// All that happened, for who reads a failure.
    story: String,
    /// How often something was put aside, taken along, or failed on a full disk.
    kept: usize,
    taken: usize,
    full: usize,
}

impl Learner {
    fn new(course: &Mini, seed: u64) -> Learner {
        let folder = tempfile::tempdir().unwrap();
        let only_rust = folder.path().join("only rust");
        fs::create_dir(&only_rust).unwrap();
        for name in ["rustc", "cargo"] {
            std::os::unix::fs::symlink(program_on_path(name), only_rust.join(name)).unwrap();
        }
        let root = folder.path().canonicalize().unwrap().join("Kurs für Übung");
        let mut clone = program::command("git");
        clone.args(["clone", "--quiet", "--branch", VERSIONS[0]]).arg(&course.root).arg(&root);
        assert!(clone.output().unwrap().status.success());
        let mini = Mini { folder: Some(folder), root };
        assert!(git(&mini, &["checkout", "--quiet", "-B", "main"]).status.success());
        Learner {
            mini,
            dice: Pcg64Mcg::seed_from_u64(seed),
            version: 0,
            written: 0,
            answers: BTreeSet::new(),
            damaged: BTreeSet::new(),
            backups: BTreeMap::new(),
            story: String::new(),
            kept: 0,
            taken: 0,
            full: 0,
        }
    }

    fn step(&mut self) {
        match self.dice.random_range(0..20) {
            0..6 => self.edit(),
            6 => self.damage(),
            7..9 => self.pull(),
            9 => self.commit(),
            10..12 => self.run(&["build"]),
            12..14 => self.run(&["reset", "1"]),
            14..16 => self.run(&["update", "1"]),
            16..18 => self.run(&["hand-out"]),
            18 => self.run(&["lab", "--no-browser"]),
            _ => self.run(&["progress", "1"]),
        }
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.mini.path(path)).ok()
    }

    fn a_file(&mut self) -> &'static str {
        // Hardly anybody works where the course keeps its own files.
        if self.dice.random_bool(0.3) { STUDENT } else { MINE }
    }

    /// Writes an answer into a notebook that can be opened, as JupyterLab saves it.
    fn edit(&mut self) {
        let file = self.a_file();
        let notebook = self.bytes(file).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        let Some(mut notebook) = notebook.filter(|notebook| notebook["cells"].is_array()) else { return };
        let answer = format!("{MARK}{}.", self.written);
        self.written += 1;
        let cells = notebook["cells"].as_array_mut().unwrap();
        let asked = ["fn double", "Why does it double"].choose(&mut self.dice).unwrap();
        let place = cells.iter_mut().find(|cell| cell["source"].to_string().contains(asked));
        match place {
            Some(cell) if self.dice.random_bool(0.7) => append(cell, &format!("\n// {answer}")),
            _ => {
                let id = format!("own-{}", self.written);
                let cell = json!({ "cell_type": "code", "execution_count": null, "id": id, "metadata": {},
                    "outputs": [], "source": [format!("// {answer}")] });
                cells.insert(self.dice.random_range(0..=cells.len()), cell);
            }
        }
        self.mini.write(file, &format!("{notebook:#}\n"));
        self.story += &format!("edited {file}: {answer}\n");
        self.answers.insert(answer);
    }

    /// What a crash, a merge or another program leaves of a notebook.
    fn damage(&mut self) {
        let file = self.a_file();
        let Some(mut bytes) = self.bytes(file) else { return };
        let kind = self.dice.random_range(0..7);
        match kind {
            0 => bytes.truncate(self.dice.random_range(0..=bytes.len())),
            1 => bytes = [b"<<<<<<< HEAD\n", &bytes[..], b"=======\n>>>>>>> theirs\n"].concat(),
            2 => bytes.insert(self.dice.random_range(0..=bytes.len()), 0xff),
            3 => bytes = b"null\n".to_vec(),
            4 => bytes = String::from_utf8_lossy(&bytes).replace("\"rust\"", "\"python3\"").into_bytes(),
            5 => bytes = [b"\xef\xbb\xbf", &bytes[..]].concat(),
            _ => bytes = String::from_utf8_lossy(&bytes).replace('\n', "\r\n").into_bytes(),
        }
        fs::write(self.mini.path(file), &bytes).unwrap();
        // The last three change no word.
        if kind < 4 {
            self.damaged.insert(bytes);
        }
        let found = self.found();
        self.answers.retain(|answer| found.contains(answer));
        self.story += &format!("damaged {file} in way {kind}\n");
    }

    /// The next version of the course. git itself refuses where it would overwrite something.
    fn pull(&mut self) {
        let Some(version) = VERSIONS.get(self.version + 1) else { return };
        let output = git(&self.mini, &["pull", "--quiet", "--no-rebase", "--no-edit", "origin", version]);
        self.version += usize::from(output.status.success());
        self.story += &format!("git pull {version}: {}\n", output.status);
        self.judge("git pull", None);
    }

    /// A learner who knows git keeps their work with it, in the course's own files.
    fn commit(&mut self) {
        let output = git(&self.mini, &["commit", "--quiet", "--all", "--message", "my work"]);
        self.story += &format!("git commit: {}\n", output.status);
    }

    /// Runs the program, now and then on a disk that is full after some kilobytes.
    fn run(&mut self, arguments: &[&str]) {
        let mut command = self.mini.command(arguments);
        let mut limit = String::new();
        if self.dice.random_bool(0.25) {
            // Some programs are told of it by an error, others by a signal that ends them.
            let trap = if self.dice.random_bool(0.5) { "trap '' XFSZ; " } else { "" };
            limit = format!("{trap}ulimit -f {}; ", self.dice.random_range(0..24));
            let mut shell = Command::new("/bin/sh");
            shell
                .args(["-c", &format!("{limit}exec \"$0\" \"$@\"")])
                .arg(command.get_program())
                .args(command.get_args());
            shell.current_dir(&self.mini.root);
            for (name, value) in command.get_envs() {
                match value {
                    Some(value) => shell.env(name, value),
                    None => shell.env_remove(name),
                };
            }
            command = shell;
        }
        if arguments[0] == "lab" {
            // Without Python it ends when the notebooks are there and JupyterLab is asked for.
            command.env("PATH", self.mini.path("../only rust")).env("NEUROBOOK_CACHE", self.mini.path("../new cache"));
        }
        let before = [MINE, STUDENT].map(|file| (file, self.bytes(file)));
        let output = command.output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        self.story += &format!("{limit}{}: {}\n{said}\n", arguments.join(" "), output.status);
        let ended_by_itself = output.status.code().is_some();
        self.judge(arguments[0], Some(Ran { before: &before, said: &said, ended_by_itself }));
        self.full += usize::from(said.contains("File too large"));
        if said.contains("is the new version") {
            self.taken += 1;
            let mine = String::from_utf8_lossy(&self.bytes(MINE).unwrap()).into_owned();
            let had = String::from_utf8_lossy(before[0].1.as_ref().unwrap()).into_owned();
            for answer in answers_in(&had) {
                assert!(mine.contains(&answer), "{answer} was not taken along\n{}", self.story);
            }
        }
    }

    /// After something has happened: no backup is changed, what was replaced is in a file that was named, and every answer
    /// is found.
    fn judge(&mut self, what: &str, ran: Option<Ran>) {
        for (name, bytes) in &self.backups {
            assert!(
                self.bytes(&format!("{BACKUPS}/{name}")).as_ref() == Some(bytes),
                "{name} is changed\n{}",
                self.story
            );
        }
        if let Some(Ran { before, said, ended_by_itself }) = ran {
            assert!(!said.contains("panicked"), "{}", self.story);
            let all = names(&self.mini.path(BACKUPS)).into_iter().filter(|name| name.ends_with(".ipynb"));
            let new: Vec<String> = all.filter(|name| !self.backups.contains_key(name)).collect();
            for name in new {
                assert!(!ended_by_itself || said.contains(&name), "{what} does not name {name}\n{}", self.story);
                let bytes = self.bytes(&format!("{BACKUPS}/{name}")).unwrap();
                self.backups.insert(name, bytes);
            }
            for (file, bytes) in before {
                let Some(bytes) = bytes else { continue };
                let is_work = !answers_in(&String::from_utf8_lossy(bytes)).is_empty() || self.damaged.contains(bytes);
                if is_work && self.bytes(file).as_ref() != Some(bytes) {
                    let is_kept = self.backups.iter().any(|(name, kept)| kept == bytes && said.contains(name));
                    let is_taken = said.contains(MINE) && self.bytes(MINE).as_ref() == Some(bytes);
                    assert!(is_kept || is_taken, "{what} has replaced {file}\n{}", self.story);
                    self.kept += usize::from(is_kept);
                }
            }
        }
        let found = self.found();
        for answer in &self.answers {
            assert!(found.contains(answer), "{answer} is lost by {what}\n{}", self.story);
        }
    }

    /// The answers that are in the notebooks and in the backups.
    fn found(&self) -> BTreeSet<String> {
        let files = [MINE, STUDENT].into_iter().filter_map(|file| self.bytes(file));
        let all = files.chain(self.backups.values().cloned());
        all.flat_map(|bytes| answers_in(&String::from_utf8_lossy(&bytes))).collect()
    }
}

fn append(cell: &mut Value, text: &str) {
    match &mut cell["source"] {
        Value::Array(lines) => lines.push(json!(text)),
        Value::String(source) => source.push_str(text),
        _ => unreachable!("a cell has a source"),
    }
}

fn answers_in(text: &str) -> Vec<String> {
    let ends = text.match_indices(MARK).filter_map(|(at, _)| Some((at, at + text[at..].find('.')? + 1)));
    ends.map(|(at, end)| text[at..end].to_owned()).collect()
}

#[test]
fn in_two_hundred_orders_of_chance_each_answer_is_in_its_place_or_in_a_backup_that_was_named() {
    let course = published();
    let of_many = |first: u64| {
        let (mut kept, mut taken, mut full) = (0, 0, 0);
        for seed in (first..ORDERS).step_by(2) {
            let mut learner = Learner::new(&course, seed);
            learner.story = format!("order {seed}\n");
            learner.run(&["hand-out"]);
            (0..STEPS).for_each(|_| learner.step());
            (kept, taken, full) = (kept + learner.kept, taken + learner.taken, full + learner.full);
        }
        assert!(kept > 50 && taken > 10 && full > 5, "too little happened: {kept}, {taken}, {full}");
    };
    std::thread::scope(|scope| {
        scope.spawn(|| of_many(1));
        of_many(0);
    });
}
