use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::mini::{Mini, names, stderr};

/// evcxr's own description, as its installer writes it.
const STRANGER: &str = r#"{"argv": ["/usr/bin/evcxr_jupyter"], "display_name": "Rust", "language": "rust"}"#;

/// The command for a user whose Jupyter data is inside the course's folder.
fn register(mini: &Mini, options: &[&str]) -> Command {
    let mut command = mini.command(&[&["register"], options].concat());
    // A kernel is not compiled for it: any program will do.
    command.env("JUPYTER_DATA_DIR", mini.path("data")).env("NEUROBOOK_KERNEL", env!("CARGO_BIN_EXE_neurobook"));
    command
}

fn succeed(mini: &Mini, options: &[&str]) -> String {
    let output = register(mini, options).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn refuse(mini: &Mini, options: &[&str]) -> String {
    let output = register(mini, options).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    stderr(&output)
}

fn kernel(mini: &Mini, name: &str) -> Value {
    mini.notebook(&format!("data/kernels/{name}/kernel.json"))
}

#[test]
fn the_kernel_is_described_where_every_jupyter_program_looks() {
    let mini = Mini::built();
    let said = succeed(&mini, &[]);
    let kernel = kernel(&mini, "rust");
    assert_eq!(kernel["display_name"], "Rust (neurobook)");
    assert_eq!(kernel["interrupt_mode"], "message");
    assert_eq!(kernel["env"]["NEUROBOOK_ROOT"], mini.root.to_str().unwrap());
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap().stdout;
    assert_eq!(kernel["env"]["NEUROBOOK_TOOLCHAIN"], String::from_utf8(sysroot).unwrap().trim());
    assert!(fs::metadata(kernel["argv"][0].as_str().unwrap()).unwrap().is_file());
    assert!(said.contains(mini.path("data/kernels/rust").to_str().unwrap()), "{said}");
    assert!(said.contains("register --remove"), "{said}");
    assert_eq!(names(&mini.path("notebooks/mine")), ["01_double.ipynb"]);
}

#[test]
fn another_kernel_is_left_as_it_is_and_another_name_stands_beside_it() {
    let mini = Mini::built();
    mini.write("data/kernels/rust/kernel.json", STRANGER);
    let said = refuse(&mini, &[]);
    assert!(said.contains("another kernel") && said.contains("--name neurobook"), "{said}");
    succeed(&mini, &["--name", "neurobook"]);
    assert_eq!(names(&mini.path("data/kernels")), ["neurobook", "rust"]);
    let said = succeed(&mini, &["--remove"]);
    assert!(said.contains("neurobook"), "{said}");
    assert_eq!(names(&mini.path("data/kernels")), ["rust"]);
    assert_eq!(mini.read("data/kernels/rust/kernel.json"), STRANGER);
}

#[test]
fn the_kernel_of_another_copy_of_the_course_is_replaced_and_named() {
    let mini = Mini::built();
    let elsewhere = r#"{"env": {"NEUROBOOK_ROOT": "/somewhere/else"}}"#;
    mini.write("data/kernels/rust/kernel.json", elsewhere);
    let said = succeed(&mini, &["--remove"]);
    assert!(said.contains("nothing to do"), "{said}");
    assert_eq!(mini.read("data/kernels/rust/kernel.json"), elsewhere);
    let said = succeed(&mini, &[]);
    assert!(said.contains("/somewhere/else"), "{said}");
    assert_eq!(kernel(&mini, "rust")["env"]["NEUROBOOK_ROOT"], mini.root.to_str().unwrap());
}

#[test]
fn a_name_that_jupyter_would_not_take_is_refused() {
    let mini = Mini::built();
    for name in ["", "../rust", "ein Kern", ".hidden"] {
        let said = refuse(&mini, &["--name", name]);
        assert!(said.contains("cannot be a kernel's name"), "{said}");
    }
    assert!(!mini.path("data").exists());
}
