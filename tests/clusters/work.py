"""A temporary folder with submissions and their undisturbed grading, and the processes that a test starts there."""
import contextlib
import filecmp
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import submissions

import checkout

SEED = "7"
# Names our own processes among all others of the machine, whoever their parents are.
MARK = ("NEUROBOOK_ENGINES", str(os.getpid()))
STARTED = []


class Work:
    """The folder, its submissions, and what a single run makes of them."""

    def __init__(self, folder, count):
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.submissions = folder / "submissions"
        self.ids = submissions.write(self.submissions, count)
        self.environment = {**os.environ, "NEUROBOOK_ROOT": str(checkout.ROOT), "NEUROBOOK": str(checkout.PROGRAM), "SEED": SEED, MARK[0]: MARK[1]}
        self.undisturbed, self.seconds = folder / "undisturbed", 0.0

    def command(self, out, *more):
        """Grades all submissions into a folder."""
        return [str(checkout.PROGRAM), "grade", str(self.submissions), "--out", str(out), "--seed", SEED, *more]

    def grade(self, *more, inside=()):
        """The run that nothing disturbs; the other ones are compared with it. `inside` begins its command."""
        begin = time.monotonic()
        done = self.start([*inside, *self.command(self.undisturbed, *more)], "undisturbed")
        assert done.wait() == 4, f"status {done.returncode}, and 4 says that some could not be read\n{self.said('undisturbed')}"
        self.seconds = time.monotonic() - begin

    def start(self, command, log, **variables):
        """Starts a command in a session of its own, with what it says in a file."""
        with open(self.folder / f"{log}.log", "ab") as file:
            STARTED.append(subprocess.Popen(command, env={**self.environment, **variables}, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True))
        return STARTED[-1]

    def said(self, log, most=3000):
        """The end of what a command has said."""
        return (self.folder / f"{log}.log").read_text(encoding="utf-8", errors="replace")[-most:]

    def resumed(self, log):
        """Whether a grader has found marks that an earlier one had made."""
        return "submissions are marked already" in self.said(log, most=0)

    def records(self, folder):
        """How many submissions have a record, in any folder below this one."""
        return len({path.name for path in folder.glob("**/records/*.json")})

    def until_half(self, folder):
        """Waits until about half of the submissions are marked."""
        half = len(self.ids) // 2
        wait_for(lambda: self.records(folder) >= half, f"{half} records in {folder.name}")
        assert self.records(folder) < len(self.ids), "all are marked before anything was killed: take more submissions"

    def compare(self, folder):
        """Every file is there with the same bytes; only the times may differ."""
        expected, found = files(self.undisturbed), files(folder)
        assert expected == found, f"missing: {sorted(expected - found)[:9]}, unexpected: {sorted(found - expected)[:9]}"
        different = [name for name in sorted(expected) if not filecmp.cmp(self.undisturbed / name, folder / name, shallow=False)]
        assert not different, f"{len(different)} of {len(expected)} files differ: {different[:9]}"
        assert len(list((folder / "records").iterdir())) == len(self.ids)


@contextlib.contextmanager
def temporary(count):
    """A folder whose processes are ended, and which is deleted, at the end."""
    with tempfile.TemporaryDirectory(prefix="neurobook-clusters-", ignore_cleanup_errors=True) as folder:
        work = Work(Path(folder), count)
        try:
            yield work
        finally:
            while left := processes():
                kill(left)
                time.sleep(0.1)
            for process in STARTED:
                process.wait()


def files(folder):
    """The files below a folder of marks, without the times."""
    names = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {name for name in names if name.parts[0] != "times"}


def wait_for(condition, what, seconds=120):
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.02)


def everybody():
    """The numbers of all processes."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def read(pid, file):
    """A file about a process; nothing if it is gone or another user's."""
    try:
        return Path(f"/proc/{pid}/{file}").read_bytes()
    except OSError:
        return b""


def status(pid):
    """The state and the parent of a process."""
    fields = read(pid, "stat").rpartition(b")")[2].split()
    return (fields[0], int(fields[1])) if fields else (b"X", 0)


def is_alive(pid):
    """Whether a process runs; one that nobody has waited for yet does not."""
    return status(pid)[0] not in (b"X", b"Z")


def descendants(pids):
    """The children of processes, and theirs."""
    parents = {pid: status(pid)[1] for pid in everybody()}
    found, further = set(), set(pids)
    while further:
        further = {pid for pid, parent in parents.items() if parent in further} - found
        found |= further
    return found


def processes(*words):
    """Our processes whose command line has all these words."""
    return {pid for pid in everybody() if is_ours(pid) and is_alive(pid) and all(word.encode() in read(pid, "cmdline") for word in words)}


def is_ours(pid):
    """Whether a process was started by this test, directly or not; this one was not."""
    return "=".join(MARK).encode() in read(pid, "environ").split(b"\0")


def kill(pids):
    """Ends processes as a power cut would. What they have in sandboxes must end with them."""
    # A sandboxed process has no environment to know it by.
    boxed = {pid for pid in descendants(pids) if not is_ours(pid)}
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not any(is_alive(pid) for pid in boxed), "the end of the sandboxes whose grader was killed", 10)
