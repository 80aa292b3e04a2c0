"""A new version of the course below a kernel that lives: the learner alone, after a `git pull` and a set-up.

Usage: cargo run -- python tests/jupyter/updates.py
"""
import os
import re
import shutil
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
STARTS = 3
# A kernel looks every five seconds; it would have begun by then.
LONG_ENOUGH = 12


class Course:
    """This course with a kernel's program of the test's own, which can be built again, and a kernel that lives: all tests share it."""

    def __init__(self, folder):
        self.program = Path(folder) / "updated-kernel"
        os.environ["NEUROBOOK_KERNEL"] = str(self.program)
        self.sessions = Path(os.environ["JUPYTER_DATA_DIR"]).parents[1] / "sessions"
        self.build()
        self.set_up()
        self.kernel = Kernel()
        self.kernel.wait()
        # Nobody has made a spare for it.
        self.without_spare = to_first_figure(self.kernel)

    def build(self):
        """Cargo writes another program to the same place: one with another time."""
        draft = self.program.with_suffix(".draft")
        shutil.copy(checkout.PROGRAM.with_name("neurobook-kernel"), draft)
        draft.rename(self.program)

    def set_up(self):
        """What a learner does after a `git pull`, without what needs no test here."""
        done = checkout.neurobook("setup", "--no-jupyter", timeout=600)
        assert done.returncode == 0, done.stderr

    def folders(self):
        """How many kernels and spares have a folder."""
        return len(list(self.sessions.glob("kernel-*")))

    def next_starts(self):
        """Seconds to the first figure, each with the spare that is there by then, and no other."""
        seconds = []
        for _ in range(STARTS):
            wait_for(spares, "no spare is made")
            with Kernel() as kernel:
                assert not spares(), "the spare was not taken"
                seconds.append(to_first_figure(kernel))
                wait_for(spares, "no spare is made")
        return seconds


def spare_processes():
    """The processes that wait as spares, or are about to: those that hold the lock of a place, by its name. One that was taken holds none."""
    held = re.findall(r"FLOCK +ADVISORY +WRITE +(\d+) +[0-9a-f]+:[0-9a-f]+:(\d+) ", Path("/proc/locks").read_text())
    holders = {int(inode): int(process) for process, inode in held}
    places = (Path(os.environ["XDG_RUNTIME_DIR"]) / "neurobook").glob("spare-*.lock")
    return {holders[place.stat().st_ino]: place.stem for place in places if place.stat().st_ino in holders}


def stays(what, seconds):
    """Something is so, and goes on being so."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert what(), "it did not stay"
        time.sleep(0.2)


def a_version_that_is_not_whole_leaves_the_spare_as_it_is():
    """The kernel is told of a version whose program is gone: nothing is ended, nothing is started."""
    wait_for(spares, "no spare is made")
    before = spare_processes()
    assert len(before) == 1, before
    hidden, sign = COURSE.program.with_suffix(".hidden"), COURSE.sessions / "prepared"
    told = sign.read_text()
    COURSE.program.rename(hidden)
    sign.write_text("another\n")
    stays(lambda: spare_processes() == before and spares(), LONG_ENOUGH)
    hidden.rename(COURSE.program)
    sign.write_text(told)


def a_new_version_gets_a_spare_when_no_cell_runs_and_the_next_start_is_no_slower():
    """The old spare ends without a trace, the kernel that lives goes on as it was."""
    COURSE.kernel.succeed("let kept: i32 = 41;")
    before = COURSE.next_starts()
    old, process = spares()[0], spare_processes()
    folders = COURSE.folders()
    with Kernel() as busy:
        # It takes the spare; the next one is there when the learner has read for a while.
        wait_for(lambda: spares() and spare_processes() and process != spare_processes(), "no spare is made")
        process = spare_processes()
        running = busy.send(ENDLESS)
        COURSE.build()
        COURSE.set_up()
        stays(lambda: spares() == [old] and spare_processes() == process, LONG_ENOUGH)
        busy.interrupt()
        begin, most = time.monotonic(), []

        def is_renewed():
            """Whether the spare is another one; notes how many processes there are of both."""
            most.append(len({*spare_processes(), *(one for one in process if Path(f"/proc/{one}").exists())}))
            return spares() and spares() != [old]

        wait_for(is_renewed, "the spare is not renewed", seconds=180)
        took = time.monotonic() - begin
        assert busy.finish(running).errors[0]["ename"] == "Interrupted"
    # The old one may still be ending when the new one begins.
    assert max(most) <= 2 and most.count(2) <= 20, most
    wait_for(lambda: not any(Path(f"/proc/{one}").exists() for one in process), "the old spare lives on", seconds=5)
    assert not list(old.parent.glob(f"{old.name}*")), "the old spare's place is left"
    wait_for(lambda: COURSE.folders() == folders, "a session's folder is left", seconds=10)
    after = COURSE.next_starts()
    assert COURSE.kernel.value("kept + 1") == "42"
    said = [", ".join(f"{one:.2f}" for one in seconds) for seconds in (before, after)]
    print(f"          renewed after {took:.0f} s; asked for to first figure: before {said[0]}, after {said[1]}, without a spare {COURSE.without_spare:.2f} s; load {os.getloadavg()[0]:.1f}", flush=True)
    # On a machine with other work single starts differ by half; one without a spare takes several times as long.
    assert statistics.median(after) <= (statistics.median(before) + COURSE.without_spare) / 2, (before, after)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="neurobook-test-", ignore_cleanup_errors=True) as runtime:
        os.environ["XDG_RUNTIME_DIR"] = runtime
        COURSE = Course(runtime)
        try:
            with COURSE.kernel:
                harness.run([
                    a_version_that_is_not_whole_leaves_the_spare_as_it_is,
                    a_new_version_gets_a_spare_when_no_cell_runs_and_the_next_start_is_no_slower,
                ], seconds=600)
        finally:
            for copy in (COURSE.sessions.parent / "jupyter" / "bin").glob("updated-kernel-*"):
                copy.unlink()
