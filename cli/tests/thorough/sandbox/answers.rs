//! What an answer gets, and what it does not.

use std::fs;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::process::{Command, Stdio};

use super::*;

#[test]
fn an_honest_program_gets_its_input_its_environment_and_its_threads() {
    for mode in MODES.iter() {
        let input = vec![b'i'; 3 << 20];
        assert_eq!(answer(mode, &[], &["echo"], &input).stdout.as_bytes(), input);
        let computed = attack(mode, &["compute"]);
        assert_eq!((computed.stdout.as_str(), computed.stderr.as_str()), ("10\n", "a stray line\n"));
        let environment = ["--environment", "SEED=1", "--environment", "EMPTY="];
        assert_eq!(answer(mode, &environment, &["environment"], b"").stdout, "EMPTY= MALLOC_ARENA_MAX=1 SEED=1\n");
        assert_eq!(answer(mode, &[], &["stop reading"], &input).how, "exited:0");
    }
}

#[test]
fn an_answer_reads_what_it_was_given_and_nothing_else() {
    let host = open_folder();
    let file = host.path().join("host.txt");
    fs::write(&file, "host").unwrap();
    let file = file.to_str().unwrap();
    let here = std::env::current_dir().unwrap().join("Cargo.toml");
    let home = std::env::var("HOME").unwrap_or("/root".into());
    for mode in MODES.iter() {
        assert_eq!(answer(mode, &["--readable", file], &["read", file], b"").stdout, "got host\n");
        for path in [
            file,
            here.to_str().unwrap(),
            "/etc/hostname",
            "/etc/passwd",
            "/proc/1/environ",
            "/proc/1/cmdline",
            "/proc/1/mem",
            "/proc/self/environ",
            "/proc/self/mountinfo",
            "/proc/sys/kernel/hostname",
            "/proc/version",
            "/neurobook",
            "/dev/sda",
        ] {
            assert_refused(mode, &["read", path]);
        }
        for path in ["/", "/proc", "/tmp", "/usr", "/dev", &home, host.path().to_str().unwrap()] {
            assert_refused(mode, &["list", path]);
        }
    }
}

#[test]
fn a_file_that_the_grader_inherited_does_not_reach_the_program() {
    let host = open_folder();
    let secret = host.path().join("secret");
    fs::write(&secret, "secret").unwrap();
    for mode in MODES.iter() {
        let inner = sandbox(mode, &[], &["inherited"]);
        let mut shell = Command::new("sh");
        shell.args(["-c", "exec 7<\"$1\"; shift; exec \"$@\"", "sh"]).arg(&secret).arg(inner.get_program());
        let ended = Ended::of(&shell.args(inner.get_args()).stdin(Stdio::null()).output().unwrap());
        assert!(ended.stdout.starts_with("refused "), "{mode}: {}{}", ended.stdout, ended.stderr);
    }
}

#[test]
fn an_answer_changes_no_file() {
    let host = open_folder();
    fs::set_permissions(host.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let file = host.path().join("host.txt");
    fs::write(&file, "host").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    let new = host.path().join("new");
    let (file_name, new_name) = (file.to_str().unwrap(), new.to_str().unwrap());
    for mode in MODES.iter() {
        // Also where it may read the folder.
        for options in [&[][..], &["--readable", host.path().to_str().unwrap()]] {
            for arguments in [
                ["write", new_name],
                ["write", file_name],
                ["append", file_name],
                ["remove", file_name],
                ["make folder", new_name],
                ["open mode", file_name],
                ["truncate by reading", file_name],
                ["write", "/tmp/new"],
                ["write", "/new"],
                ["write", "/dev/shm/new"],
                ["write", "/proc/self/comm"],
                ["append", "/proc/self/mem"],
                ["append", "/proc/1/oom_score_adj"],
            ] {
                let ended = answer(mode, options, &arguments, b"");
                assert!(ended.stdout.starts_with("refused "), "{mode} {arguments:?}: {}", ended.stdout);
            }
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "host");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o666);
        assert_eq!(fs::read_dir(host.path()).unwrap().count(), 1);
    }
}

#[test]
fn an_answer_reaches_no_network_no_other_process_and_no_shared_memory() {
    let host = open_folder();
    let socket = host.path().join("socket");
    let _listener = UnixListener::bind(&socket).unwrap();
    fs::set_permissions(&socket, fs::Permissions::from_mode(0o777)).unwrap();
    let name = format!("neurobook-test-{}", std::process::id());
    let _abstract = UnixListener::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap().to_string();
    for mode in MODES.iter() {
        for arguments in [
            &["tcp", &address][..],
            &["tcp server"],
            &["udp"],
            &["unix", socket.to_str().unwrap()],
            &["unix server", "/tmp/socket"],
            &["abstract", &name],
            &["datagram"],
            &["shared memory"],
            &["memory file"],
            &["filter"],
            &["spawn"],
            &["fork"],
            &["clone3"],
            &["kill parent"],
            &["kill all"],
            &["session"],
            &["limit parent"],
            &["signal by file"],
            &["pidfd"],
        ] {
            assert_refused(mode, arguments);
        }
    }
}

#[test]
fn what_nobody_does_honestly_ends_the_program() {
    for mode in MODES.iter() {
        for name in
            ["io_uring", "ptrace", "write memory", "setuid", "mount", "chroot", "unshare", "bpf", "userfaultfd", "keys"]
        {
            let ended = attack(mode, &[name]);
            assert_eq!(ended.how, "forbidden", "{mode} {name} {}", ended.stdout);
            assert_eq!(ended.stdout, "");
        }
    }
}

#[test]
fn a_program_cannot_forge_the_report_of_its_end() {
    for mode in MODES.iter() {
        let ended = answer(mode, &[], &["forge"], b"input");
        assert_eq!(ended.how, "exited:0");
        assert!(!ended.stdout.contains("got"), "{}", ended.stdout);
        assert!(ended.stdout.ends_with("input\n"), "{}", ended.stdout);
        let swapped = attack(mode, &["swap outputs"]);
        assert_eq!((swapped.stdout.as_str(), swapped.stderr.as_str()), ("", "to standard error\n"));
    }
}
