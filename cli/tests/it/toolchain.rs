use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::mini::{Mini, stderr};

/// A folder with a `rustc` of its own toolchain, first on `PATH`. It writes down where it is asked for its sysroot.
struct FirstOnPath {
    mini: Mini,
    folder: PathBuf,
}

impl FirstOnPath {
    fn new(release: &str) -> FirstOnPath {
        let mini = Mini::built();
        let folder = mini.path("usr");
        let script = format!(
            "#!/bin/sh\ncase \"$*\" in\n*sysroot*) pwd > '{0}/asked'; echo '{0}';;\n*) printf 'rustc {release} (distribution)\\nhost: here\\n';;\nesac\n",
            folder.display()
        );
        mini.write("usr/bin/rustc", &script);
        fs::set_permissions(folder.join("bin/rustc"), PermissionsExt::from_mode(0o755)).unwrap();
        FirstOnPath { mini, folder }
    }

    /// The command, with a cache in which nothing was set up.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.mini.command(arguments);
        let path = env::var_os("PATH").unwrap();
        let folders = [self.folder.join("bin")].into_iter().chain(env::split_paths(&path));
        command.env("PATH", env::join_paths(folders).unwrap()).env("NEUROBOOK_CACHE", self.mini.path("cache"));
        command
    }

    fn refuse(&self, command: &mut Command) -> String {
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        stderr(&output)
    }

    /// Another toolchain, whose Cargo does nothing but say that it was called.
    fn other(&self) -> PathBuf {
        let folder = self.mini.path("other");
        self.mini.write("other/bin/rustc", "#!/bin/sh\nprintf 'rustc 1.99.0 (other)\\nhost: here\\n'\n");
        self.mini.write("other/bin/cargo", "#!/bin/sh\necho 'the other Cargo was called' >&2\nexit 101\n");
        for name in ["rustc", "cargo"] {
            fs::set_permissions(folder.join("bin").join(name), PermissionsExt::from_mode(0o755)).unwrap();
        }
        folder
    }
}

fn crate_root() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).canonicalize().unwrap()
}

#[test]
fn an_older_rust_first_on_path_is_named_with_its_place_and_with_the_one_that_is_needed() {
    let machine = FirstOnPath::new("1.63.0");
    machine.mini.write("notebooks/mine/01_double.ipynb", &machine.mini.read("notebooks/student/01_double.ipynb"));
    for command in [&["check", "01"][..], &["setup", "--no-jupyter"], &["register"]] {
        let said = machine.refuse(&mut machine.command(command));
        let place = machine.folder.to_str().unwrap();
        assert!(said.contains("1.63.0") && said.contains(place) && said.contains("1.95"), "{said}");
        assert!(said.contains("rustup") && !said.contains("network"), "{said}");
    }
}

#[test]
fn a_toolchain_file_above_the_working_folder_does_not_matter() {
    let machine = FirstOnPath::new("1.63.0");
    machine.refuse(machine.command(&["setup", "--no-jupyter"]).current_dir(env::temp_dir()));
    let asked = fs::read_to_string(machine.folder.join("asked")).unwrap();
    assert_eq!(Path::new(asked.trim()), crate_root());
}

#[test]
fn a_kernel_and_a_course_keep_the_toolchain_that_they_were_set_up_with() {
    let machine = FirstOnPath::new("1.97.0");
    machine.mini.write("notebooks/mine/01_double.ipynb", &machine.mini.read("notebooks/student/01_double.ipynb"));
    let other = machine.other();
    let said = machine.refuse(machine.command(&["check", "01"]).env("NEUROBOOK_TOOLCHAIN", &other));
    assert!(said.contains("the other Cargo was called"), "{said}");

    let course = neurobook_cli::support::paths::short_hash(crate_root().as_os_str().as_encoded_bytes());
    let record = serde_json::json!({ "sysroot": other, "version": "rustc 1.98.0 (other)" });
    machine.mini.write(&format!("cache/courses/{course}/toolchain.json"), &record.to_string());
    let said = machine.refuse(&mut machine.command(&["check", "01"]));
    assert!(said.contains("the other Cargo was called"), "{said}");
    assert!(said.contains("from 1.98.0 to 1.99.0"), "{said}");

    // A set-up takes the first one on PATH from now on, and says so. It has no Cargo.
    let said = machine.refuse(&mut machine.command(&["setup", "--no-jupyter"]));
    assert!(said.contains("1.97.0") && said.contains("before, it was 1.98.0"), "{said}");
    assert!(!said.contains("the other Cargo was called"), "{said}");
}

#[test]
fn a_set_up_goes_on_with_its_toolchain_where_the_first_on_path_is_too_old() {
    let machine = FirstOnPath::new("1.63.0");
    let course = neurobook_cli::support::paths::short_hash(crate_root().as_os_str().as_encoded_bytes());
    let record = serde_json::json!({ "sysroot": machine.other(), "version": "rustc 1.99.0 (other)" });
    machine.mini.write(&format!("cache/courses/{course}/toolchain.json"), &record.to_string());
    let said = machine.refuse(&mut machine.command(&["setup", "--no-jupyter"]));
    assert!(said.contains("1.63.0") && said.contains("goes on with 1.99.0"), "{said}");
}
