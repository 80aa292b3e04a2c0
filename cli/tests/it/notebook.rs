use crate::mini::Mini;

#[test]
fn a_file_that_cannot_be_run_is_refused_before_anything_is_set_up() {
    let mini = Mini::built();
    let python = r#"{"cells": [], "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}"#;
    let cases = [
        ("", "error: a.ipynb is empty: is it a notebook?\n"),
        ("{\n\"cells\": [}", "error: a.ipynb is not JSON (line 2, column 11): is it a notebook?\n"),
        (
            r#"{"nbformat": 3, "worksheets": []}"#,
            "error: a.ipynb is of nbformat 3: open it in JupyterLab and save it once, which makes it nbformat 4\n",
        ),
        (
            python,
            "error: a.ipynb is a Python notebook (kernel `python3`): open it in JupyterLab, choose the kernel Rust and save it, if it is one of this course\n",
        ),
    ];
    for (text, message) in cases {
        mini.write("a.ipynb", text);
        assert_eq!(mini.fail(&["run", "a.ipynb"]), message);
    }
    assert!(mini.fail(&["run", "b.ipynb"]).starts_with("error: cannot read b.ipynb: "));
}
