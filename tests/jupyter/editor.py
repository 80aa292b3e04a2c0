"""An editor that checks the project, as rust-analyzer does with the settings of the repository, while a learner's checks run.

Usage: python tests/jupyter/editor.py [TEST NAME...]. It calls the README's own command, `cargo run -- check`.
"""
import json
import os
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import checkout
import harness

SETTINGS = checkout.ROOT / ".vscode" / "settings.json"
# What rust-analyzer's manual says that it runs, before any setting: at the start, and after a save.
AT_THE_START = ["cargo", "check", "--quiet", "--workspace", "--message-format=json", "--all-targets", "--keep-going"]
AFTER_A_SAVE = ["cargo", "check", "--workspace", "--message-format=json", "--all-targets", "--keep-going"]
# Cargo asks the compiler what it is before it takes its lock. The first crate says that the lock is held, and is never done.
WAITS = """#!/bin/sh
case "$*" in *-vV*|*--print*) exec "$@";; esac
: > "$NEUROBOOK_TEST_HELD"
exec sleep 600
"""


def settings():
    """What VS Code tells rust-analyzer in this folder."""
    return json.loads(SETTINGS.read_text(encoding="utf-8")) if SETTINGS.is_file() else {}


def at_the_start():
    """The command that has rust-analyzer know build scripts and macros."""
    return settings().get("rust-analyzer.cargo.buildScripts.overrideCommand", AT_THE_START)


def after_a_save():
    """The command behind the editor's underlines."""
    told, words = settings(), list(AFTER_A_SAVE)
    if told.get("rust-analyzer.check.workspace") is False:
        words[words.index("--workspace")] = "--package=neurobook-cli"
    if told.get("rust-analyzer.cargo.targetDir") is True:
        words.append("--target-dir=target/rust-analyzer")
    return words


@contextmanager
def checking(command):
    """An editor in the middle of its check: gives the process, which holds Cargo's lock."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-") as folder:
        wrapper, held = Path(folder) / "wrapper", Path(folder) / "held"
        wrapper.write_text(WAITS, encoding="utf-8")
        wrapper.chmod(0o755)
        # Flags of its own, so that something is left to compile.
        own = {"RUSTC_WRAPPER": str(wrapper), "NEUROBOOK_TEST_HELD": str(held), "RUSTFLAGS": "--cfg=editor"}
        with subprocess.Popen(
            command, cwd=checkout.ROOT, env={**os.environ, **own}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        ) as editor:
            try:
                end = time.monotonic() + 60
                while not held.exists():
                    assert editor.poll() is None, editor.stderr.read()
                    assert time.monotonic() < end, "the editor compiles nothing"
                    time.sleep(0.1)
                yield editor
            finally:
                os.killpg(editor.pid, signal.SIGKILL)


def check():
    """The seconds of a learner's check."""
    notebook, begin = checkout.measured_chapter("student"), time.monotonic()
    try:
        done = subprocess.run(
            ["cargo", "run", "--", "check", str(notebook)], cwd=checkout.ROOT, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=False,
        )
    except subprocess.TimeoutExpired as waited:
        raise AssertionError(f"the check stands still: {(waited.stderr or b'').decode()}") from waited
    assert "Blocking" not in done.stderr and "not begun" in done.stdout, f"{done.stdout}{done.stderr}"
    return time.monotonic() - begin


def does_not_wait(command):
    """The check is done while the editor goes on."""
    subprocess.run(["cargo", "build", "--quiet"], cwd=checkout.ROOT, check=True)
    with checking(command) as editor:
        print(f"    beside {' '.join(command)}: {check():.1f} s")
        assert editor.poll() is None, editor.stderr.read()


def a_check_does_not_wait_for_what_the_editor_runs_at_its_start():
    """Which takes minutes."""
    does_not_wait(at_the_start())


def a_check_does_not_wait_for_what_the_editor_runs_after_a_save():
    """Which takes seconds, each time."""
    does_not_wait(after_a_save())


def main():
    """Runs all tests."""
    harness.run([
        a_check_does_not_wait_for_what_the_editor_runs_at_its_start,
        a_check_does_not_wait_for_what_the_editor_runs_after_a_save,
    ], seconds=420)


if __name__ == "__main__":
    main()
