//! What a compiler gets, and what it does not.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::*;

#[test]
fn a_compiler_writes_into_its_folder_and_nowhere_else() {
    for mode in MODES.iter() {
        let (output, host) = (open_folder(), open_folder());
        fs::set_permissions(host.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let path = |name: &str| output.path().join(name).to_str().unwrap().to_owned();
        assert_eq!(compiler(mode, output.path(), &["write", &path("a")]).stdout, "got a file\n");
        assert!(output.path().join("a").is_file());
        for arguments in [
            &["write", host.path().join("b").to_str().unwrap()][..],
            &["write", "/tmp/b"],
            &["write", "/usr/bin/b"],
            &["read", "/etc/passwd"],
            &["read", "/proc/1/environ"],
            &["link", &path("link"), "/etc/passwd"],
            &["unix server", &path("socket")],
            &["tcp server"],
        ] {
            let ended = compiler(mode, output.path(), arguments);
            assert!(ended.stdout.starts_with("refused "), "{mode} {arguments:?}: {}", ended.stdout);
        }
        assert_eq!(compiler(mode, output.path(), &["spawn"]).stdout, "got a process\n");
        assert_eq!(compiler(mode, output.path(), &["file", &path("large")]).how, "file");
        assert_eq!(fs::read_dir(host.path()).unwrap().count(), 0);
        assert_eq!(fs::read_dir(output.path()).unwrap().count(), 2);
    }
}

#[test]
fn rustc_compiles_in_the_sandbox_and_cannot_include_a_file_of_the_host() {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    let sysroot = String::from_utf8(sysroot.stdout).unwrap().trim().to_owned();
    let rustc = format!("{sysroot}/bin/rustc");
    for mode in MODES.iter() {
        let (output, source) = (open_folder(), open_folder());
        let program = output.path().join("program");
        let text = source.path().join("main.rs");
        let compile = |code: &str| {
            fs::write(&text, code).unwrap();
            let mut command = neurobook();
            command.args(["sandbox", "--json", "--sandbox", mode, "--environment", "PATH=/usr/bin:/bin", "--compiler"]);
            command.arg(output.path()).args(["--readable", &sysroot, "--readable"]).arg(&text);
            command.args(["--", &rustc, "-Funsafe_code", "-o"]).args([&program, &text]).output().unwrap()
        };
        let compiled = compile("fn main() { println!(\"{}\", std::env::args().count()); }");
        if !compiled.status.success() && stderr(&compiled).contains("is closed to it") {
            // Without namespaces, a toolchain in root's own home cannot be shown to another user.
            assert_eq!(*mode, "landlock");
            continue;
        }
        let ended = Ended::of(&compiled);
        assert_eq!(ended.how, "exited:0", "{}", ended.stderr);
        let run = neurobook().args(["sandbox", "--sandbox", mode]).arg(&program).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&run.stdout), "1\n", "{}", stderr(&run));
        for file in ["/etc/hostname", "/proc/self/maps"] {
            let included = Ended::of(&compile(&format!("fn main() {{ println!(include_str!(\"{file}\")); }}")));
            assert_eq!(included.how, "exited:1");
            assert!(included.stderr.contains(file), "{}", included.stderr);
        }
    }
}
