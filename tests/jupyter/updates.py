"""A new version of the course below a kernel that lives: the learner alone, after a `git pull` and a set-up.

Usage: cargo run -- python tests/jupyter/updates.py
"""
import os
import statistics
import tempfile
import time
from pathlib import Path

import checkout
import harness
from kernel import Kernel
from mistakes import spares, to_first_figure, wait_for

ENDLESS = "loop { std::thread::sleep(std::time::Duration::from_millis(1)); }"
# How often a start is measured, and how much slower one after the update may be: what the machine does by itself.
STARTS, NOISE = 3, 1.25
# A kernel looks every five seconds; it would have begun by then.
LONG_ENOUGH = 12


class Course:
    """A copy of the course with a kernel that lives, which all tests share: a set-up takes a minute."""

    def __init__(self, root, environment):
        self.root, self.environment = root, environment
        checkout.share_jupyterlab(environment["NEUROBOOK_CACHE"])
        checkout.set_up(environment)
        self.specs = checkout.kernel_specs(environment)
        self.sessions = next(Path(environment["NEUROBOOK_CACHE"]).glob("courses/*/sessions"))
        self.kernel = self.start()
        # Nobody has made a spare for it.
        self.without_spare = to_first_figure(self.kernel)

    def start(self):
        """One more kernel."""
        return Kernel(self.root / "notebooks" / "student", self.specs)

    def pull(self, line):
        """The crate's source has one more line."""
        with (self.root / "src" / "lib.rs").open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")

    def next_starts(self):
        """Seconds to the first figure, each with the spare that is there by then, and no other."""
        seconds = []
        for _ in range(STARTS):
            wait_for(spares, "no spare is made")
            with self.start() as kernel:
                assert not spares(), "the spare was not taken"
                seconds.append(to_first_figure(kernel))
                wait_for(spares, "no spare is made")
        return seconds


def spare_processes():
    """The processes that wait as spares, by their numbers, with the name of their place."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0") if folder.name.isdigit() else []
            if b"--spare" in words and os.environ["XDG_RUNTIME_DIR"].encode() in words[-2]:
                found[int(folder.name)] = Path(words[-2].decode()).name
        except OSError:
            continue
    return found


def stays(what, seconds):
    """Something is so, and goes on being so."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert what(), "it did not stay"
        time.sleep(0.2)


def a_version_that_is_not_whole_leaves_the_spare_as_it_is():
    """The kernel is told of a version whose template is broken: nothing is ended, nothing is started."""
    wait_for(spares, "no spare is made")
    before = spare_processes()
    assert len(before) == 1, before
    inventory = next(COURSE.sessions.glob("template-*/inventory"))
    told, listed = (COURSE.sessions / "prepared").read_text(), inventory.read_text()
    inventory.unlink()
    (COURSE.sessions / "prepared").write_text("another\n")
    stays(lambda: spare_processes() == before and spares(), LONG_ENOUGH)
    inventory.write_text(listed)
    (COURSE.sessions / "prepared").write_text(told)


def a_new_version_gets_a_spare_when_no_cell_runs_and_the_next_start_is_no_slower():
    """The old spare ends without a trace, the kernel that lives goes on as it was."""
    COURSE.kernel.succeed("let kept: i32 = 41;")
    before = COURSE.next_starts()
    old, process = spares()[0], spare_processes()
    with COURSE.start() as busy:
        # It takes the spare; the next one is there when the learner has read for a while.
        wait_for(lambda: spares() and process != spare_processes(), "no spare is made")
        process = spare_processes()
        running = busy.send(ENDLESS)
        COURSE.pull("/// For a test.\npub fn added_just_now() -> i32 {\n    42\n}")
        checkout.set_up(COURSE.environment)
        stays(lambda: spares() == [old] and spare_processes() == process, LONG_ENOUGH)
        busy.interrupt()
        begin, most = time.monotonic(), []

        def is_renewed():
            """Whether the spare is another one; notes how many there are."""
            most.append(len(spare_processes()))
            return spares() and spares() != [old]

        wait_for(is_renewed, "the spare is not renewed", seconds=180)
        took = time.monotonic() - begin
        assert busy.finish(running).errors[0]["ename"] == "Interrupted"
    assert max(most) <= 2 and most.count(2) < len(most) / 2, most
    wait_for(lambda: not process.keys() & spare_processes().keys(), "the old spare lives on", seconds=5)
    assert not list(old.parent.glob(f"{old.name}*")), "the old spare's place is left"
    wait_for(lambda: len(list(COURSE.sessions.glob("kernel-*"))) == 2, "a session's folder is left", seconds=10)
    after = COURSE.next_starts()
    with COURSE.start() as kernel:
        assert kernel.value("neurobook::added_just_now()") == "42"
    assert COURSE.kernel.value("kept + 1") == "42"
    said = [", ".join(f"{one:.2f}" for one in seconds) for seconds in (before, after)]
    print(f"          renewed after {took:.0f} s; asked for to first figure: before {said[0]}, after {said[1]}, without a spare {COURSE.without_spare:.2f} s; load {os.getloadavg()[0]:.1f}", flush=True)
    assert statistics.median(after) <= NOISE * statistics.median(before), (before, after)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="neurobook-test-", ignore_cleanup_errors=True) as runtime:
        os.environ["XDG_RUNTIME_DIR"] = runtime
        with checkout.temporary_copy() as (copy, variables):
            COURSE = Course(copy, variables)
            with COURSE.kernel:
                harness.run([
                    a_version_that_is_not_whole_leaves_the_spare_as_it_is,
                    a_new_version_gets_a_spare_when_no_cell_runs_and_the_next_start_is_no_slower,
                ], seconds=900)
