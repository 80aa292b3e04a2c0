//! The program as kernels use it: through the socket, on a small crate of the test's own, without a network.

#[path = "../../kernel/src/completion_client.rs"]
mod completion_client;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use completion_client::{CompletionClient, Item, Place, Reply};

const PROGRAM: &str = env!("CARGO_BIN_EXE_neurobook-completion");
const LIBRARY: &str = "\
/// A leaky cell.
pub struct Neuron { pub threshold: f64, secret: u8 }
impl Neuron {
    /// Begins at rest.
    pub fn at_rest() -> Neuron { Neuron { threshold: 1.0, secret: 0 } }
    pub fn advance(&mut self, time: f64) -> f64 { time + f64::from(self.secret) + self.hidden_advance() }
    fn hidden_advance(&self) -> f64 { 0.0 }
}
pub mod measures { pub fn firing_rate() {} pub fn regularity() {} fn private_rate() {} }
";
/// What a first question may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A user's socket folder and the sessions of their kernels.
struct Home {
    folder: tempfile::TempDir,
    servers: Vec<Child>,
}

impl Home {
    fn new() -> Home {
        let folder = tempfile::Builder::new().prefix("completion-").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let home = Home { folder, servers: Vec::new() };
        write(&home.path("cells/src/lib.rs"), LIBRARY);
        write(&home.path("cells/Cargo.toml"), "[package]\nname = \"cells\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
        home
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    fn socket(&self) -> PathBuf {
        self.path("socket")
    }

    /// A session as evcxr writes one, with the small crate as its dependency.
    fn session(&self, name: &str) -> PathBuf {
        let folder = self.path(name);
        let manifest = "[package]\nname = \"ctx\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = \
                        [\"cdylib\"]\n\n[dependencies]\ncells = { path = \"../cells\" }\n";
        write(&folder.join("Cargo.toml"), manifest);
        folder
    }

    fn serve(&mut self, idle_minutes: &str) {
        let server = Command::new(PROGRAM).arg("serve").arg(self.socket()).arg(idle_minutes).spawn().unwrap();
        self.servers.push(server);
        wait_until("the program listens", || UnixStream::connect(self.socket()).is_ok());
    }

    /// What each kernel locks as long as it lives.
    fn kernels(&self) -> PathBuf {
        self.path("kernels.lock")
    }

    fn client_of(&self, program: &str) -> CompletionClient {
        CompletionClient::new(PathBuf::from(program), self.socket(), self.kernels(), Vec::new())
    }

    fn client(&self) -> CompletionClient {
        self.client_of("/no/such/program")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        for server in &mut self.servers {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "not in time: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Asks at the `|` of a cell's code.
fn complete(client: &CompletionClient, folder: &Path, cell: &str) -> Vec<Item> {
    let source = format!("use cells::*;\nasync fn evcxr_analysis_wrapper() {{ {cell} }}");
    let offset = source.find('|').unwrap();
    let source = source.replacen('|', "", 1);
    match client.complete(Place { folder, source: &source, offset }, PATIENCE) {
        Reply::Ready(items) => items,
        other => panic!("no completions: {other:?}"),
    }
}

fn names(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| &*item.lookup).collect()
}

#[test]
fn public_methods_and_fields_are_offered_and_private_ones_are_not() {
    let mut home = Home::new();
    home.serve("1");
    let items = complete(&home.client(), &home.session("one"), "let mut neuron = Neuron::at_rest(); neuron.|");
    let names = names(&items);
    assert!(names.contains(&"advance") && names.contains(&"threshold"), "{names:?}");
    assert!(!names.contains(&"hidden_advance") && !names.contains(&"secret"), "{names:?}");
}

#[test]
fn what_a_type_has_of_its_own_comes_before_what_all_types_have() {
    let mut home = Home::new();
    home.serve("1");
    let items = complete(&home.client(), &home.session("one"), "let mut neuron = Neuron::at_rest(); neuron.|");
    let mut first = names(&items);
    first.truncate(2);
    first.sort_unstable();
    assert_eq!(first, ["advance", "threshold"], "{items:?}");
}

#[test]
fn an_explanation_does_not_say_that_a_type_is_unknown() {
    let mut home = Home::new();
    home.serve("1");
    let (session, source) =
        (home.session("one"), "fn cell() { let all = Nowhere::new(); let kept = Some(all); kept.is_some(); }");
    let place = Place { folder: &session, source, offset: source.find("is_some").unwrap() + 2 };
    let Reply::Ready(hover) = home.client().hover(place, PATIENCE) else { panic!("no answer") };
    let said = hover.plain.unwrap_or_default() + &hover.markdown.unwrap_or_default();
    assert!(!said.contains("{unknown}"), "{said}");
}

#[test]
fn a_completion_says_what_to_replace_and_by_what() {
    let mut home = Home::new();
    home.serve("1");
    let items = complete(&home.client(), &home.session("one"), "let mut neuron = Neuron::at_rest(); neuron.adv|");
    let [item] = &items[..] else { panic!("{items:?}") };
    assert_eq!((&*item.insert, &*item.kind, item.end - item.start), ("advance(time)", "function", 3));
}

#[test]
fn a_learners_own_struct_shows_its_fields() {
    let mut home = Home::new();
    home.serve("1");
    let cell = "struct Pair { left: f64, right: f64 } let pair = Pair { left: 1.0, right: 2.0 }; pair.|";
    let items = complete(&home.client(), &home.session("one"), cell);
    assert!(names(&items).contains(&"left") && names(&items).contains(&"right"), "{items:?}");
}

#[test]
fn a_modules_public_names_are_offered() {
    let mut home = Home::new();
    home.serve("1");
    let items = complete(&home.client(), &home.session("one"), "cells::measures::|");
    let mut names = names(&items);
    names.sort_unstable();
    assert_eq!(names, ["firing_rate", "regularity"]);
}

#[test]
fn hovering_tells_the_documentation() {
    let mut home = Home::new();
    home.serve("1");
    let (session, source) = (home.session("one"), "fn cell() { cells::Neuron::at_rest(); }");
    let place = Place { folder: &session, source, offset: source.find("at_rest").unwrap() + 2 };
    let hover = match home.client().hover(place, PATIENCE) {
        Reply::Ready(hover) => hover,
        other => panic!("no hover: {other:?}"),
    };
    let (plain, markdown) = (hover.plain.unwrap(), hover.markdown.unwrap());
    assert!(plain.contains("Begins at rest.") && plain.contains("fn at_rest() -> Neuron"), "{plain}");
    assert!(markdown.contains("```rust") && markdown.contains("Begins at rest."), "{markdown}");
}

#[test]
fn two_kernels_get_their_own_answers_from_crates_that_are_read_once() {
    let mut home = Home::new();
    home.serve("1");
    let sessions = [home.session("one"), home.session("two")];
    thread::scope(|scope| {
        for (number, session) in sessions.iter().enumerate() {
            let client = home.client();
            scope.spawn(move || {
                for round in 0..10 {
                    let cell = format!("let variable_{number}_{round} = 1; variable_|");
                    let items = complete(&client, session, &cell);
                    assert_eq!(names(&items), [format!("variable_{number}_{round}")]);
                }
            });
        }
    });
    assert_eq!(fs::read_dir(home.path("socket.crates")).unwrap().count(), 1);
}

#[test]
fn a_kernel_without_patience_is_told_at_once_that_the_crates_are_being_read() {
    let mut home = Home::new();
    home.serve("1");
    let session = home.session("one");
    let start = Instant::now();
    let place = Place { folder: &session, source: "fn cell() {}", offset: 0 };
    assert_eq!(home.client().complete(place, Duration::ZERO), Reply::NotYet);
    assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    assert_eq!(home.client().load(&session, PATIENCE), Reply::Ready(()));
}

#[test]
fn a_program_that_is_not_compiled_yet_is_no_wait() {
    let home = Home::new();
    let reply = home.client().load(&home.session("one"), PATIENCE);
    assert!(matches!(&reply, Reply::Unavailable(reason) if reason.contains("not compiled yet")), "{reply:?}");
}

#[test]
fn a_client_starts_the_program_and_a_left_over_socket_is_no_hindrance() {
    let home = Home::new();
    drop(UnixListener::bind(home.socket()).unwrap());
    let client = home.client_of(PROGRAM);
    assert_eq!(client.load(&home.session("one"), PATIENCE), Reply::Ready(()));
    fs::remove_file(home.socket()).unwrap();
    wait_until("the program has ended", || is_unused(&home.path("socket.log")));
}

/// Whether no process has the file open.
fn is_unused(file: &Path) -> bool {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let mut open =
        processes.flat_map(|process| fs::read_dir(process.path().join("fd")).into_iter().flatten().flatten());
    !open.any(|link| fs::read_link(link.path()).is_ok_and(|target| target == file))
}

#[test]
fn the_second_program_at_a_socket_ends_and_the_first_goes_on() {
    let mut home = Home::new();
    home.serve("1");
    let second = Command::new(PROGRAM).arg("serve").arg(home.socket()).status().unwrap();
    assert!(second.success());
    assert!(home.servers[0].try_wait().unwrap().is_none());
    assert_eq!(home.client().load(&home.session("one"), PATIENCE), Reply::Ready(()));
}

#[test]
fn of_programs_started_at_once_one_is_left() {
    let home = Home::new();
    let start = || Command::new(PROGRAM).arg("serve").arg(home.socket()).arg("1").spawn().unwrap();
    let mut servers: Vec<Child> = (0..6).map(|_| start()).collect();
    let mut running =
        || servers.iter_mut().filter_map(|server| server.try_wait().unwrap().is_none().then_some(())).count();
    let begun = Instant::now();
    while running() > 1 && begun.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(50));
    }
    let left = running();
    let answered = home.client().load(&home.session("one"), PATIENCE);
    for mut server in servers {
        let _ = server.kill();
        server.wait().unwrap();
    }
    assert_eq!((left, answered), (1, Reply::Ready(())));
}

#[test]
fn a_program_that_nobody_asks_ends_and_takes_its_socket_along() {
    let mut home = Home::new();
    home.serve("0.02");
    let start = Instant::now();
    assert!(home.servers[0].wait().unwrap().success());
    assert!(start.elapsed() < Duration::from_secs(10));
    assert!(!home.socket().exists());
}

#[test]
fn the_program_ends_with_the_last_kernel() {
    let mut home = Home::new();
    let kernels = home.kernels();
    let living = [(); 2].map(|()| fs::File::options().create(true).append(true).open(&kernels).unwrap());
    living.iter().for_each(|kernel| kernel.lock_shared().unwrap());
    let server = Command::new(PROGRAM).arg("serve").arg(home.socket()).arg("0.2").arg(kernels).spawn().unwrap();
    home.servers.push(server);
    wait_until("the program listens", || UnixStream::connect(home.socket()).is_ok());
    let [first, last] = living;
    drop(first);
    // It looks every 1.2 seconds, and twice. After 12 it would end for want of questions.
    thread::sleep(Duration::from_secs(4));
    assert!(home.servers[0].try_wait().unwrap().is_none(), "a kernel lives");
    drop(last);
    let begun = Instant::now();
    assert!(home.servers[0].wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    assert!(!home.socket().exists());
}

#[test]
fn a_folder_that_others_can_enter_is_refused() {
    let home = Home::new();
    fs::set_permissions(home.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let output = Command::new(PROGRAM).arg("serve").arg(home.socket()).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("only you can enter"), "{output:?}");
}

#[test]
fn crates_that_cannot_be_read_are_named() {
    let mut home = Home::new();
    home.serve("1");
    let folder = home.path("broken");
    write(&folder.join("Cargo.toml"), "[package\n");
    let reply = home.client().load(&folder, PATIENCE);
    assert!(matches!(&reply, Reply::Unavailable(reason) if reason.contains("is no manifest")), "{reply:?}");
}

#[test]
fn the_stock_kernel_is_started_with_the_word_in_front() {
    let home = Home::new();
    let output = Command::new(PROGRAM).args(["stock", "--control_file"]).arg(home.path("none.json")).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("none.json") || message.contains("No such file"), "{message}");
    assert!(!message.contains("Unrecognised"), "{message}");
}
