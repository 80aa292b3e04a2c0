"""A fit of 1,000 points in eight shards that are killed again and again: on GNU parallel and on a real Slurm, the same bytes as in one process.

Usage: python tests/split_fit/split_fit.py [parallel] [slurm], after `cargo build --example split_fit`; apt install parallel, and for Slurm
slurmctld slurmd slurm-client munge. The commands are those of docs/split-a-fit.md, on a smaller fit.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "clusters"), str(ROOT / "tests" / "jupyter")]

PROGRAM = os.environ.get("SPLIT_FIT", str(ROOT / "target" / "debug" / "examples" / "split_fit"))
SMALLER = {"REGIONS": "20", "DURATION": os.environ.get("DURATION", "100")}
SHARDS, POINTS, KILLS = 8, 1000, 12


class Work:
    """A folder, and what is started in it: what the cluster of tests/clusters asks of its owner."""

    def __init__(self, folder):
        self.folder, self.environment, self.started = folder, {**os.environ, **SMALLER}, []

    def start(self, command, log, **variables):
        """Starts a command in a session of its own, with what it says in a file."""
        with open(self.folder / f"{log}.log", "ab") as file:
            environment = {**self.environment, **variables}
            self.started.append(subprocess.Popen(command, env=environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True))
        return self.started[-1]

    def end(self):
        """Ends what is left of what was started, each with its session."""
        for process in reversed(self.started):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def line(beginning):
    """The line of the page that begins so, with this program in the place of its own."""
    page = (ROOT / "docs" / "split-a-fit.md").read_text(encoding="utf-8")
    found = [line for line in page.splitlines() if line.startswith(beginning)]
    assert len(found) == 1, f"docs/split-a-fit.md has {len(found)} lines that begin with {beginning}"
    return found[0].replace("target/release/examples/split_fit", PROGRAM)


def rows(folder):
    """How many whole rows the shards have."""
    return sum(max(0, path.read_bytes().count(b"\n") - 1) for path in folder.glob("shard-*.csv"))


def graders(folder):
    """The processes of shards that work in this folder, by what the system knows of them."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            arguments = (entry / "cmdline").read_bytes().split(b"\0")
            if entry.name.isdigit() and arguments[:2] == [PROGRAM.encode(), b"run"] and os.readlink(entry / "cwd") == str(folder.parent):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def kill_some(folder, running):
    """Kills a shard at random moments, with `kill -9`; gives how many were killed."""
    killed, random_ = 0, random.Random(7)
    while killed < KILLS and running():
        time.sleep(random_.uniform(0.05, 0.4))
        shards = graders(folder)
        if shards:
            try:
                os.kill(random_.choice(shards), signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                continue
    return killed


def on_parallel(work, undisturbed):
    """Shards are killed, and parallel tries each again; then parallel itself is killed, and the line is typed once more."""
    folder = work.folder / "fit"
    command = ["bash", "-c", line("seq 8 | parallel")]
    engine = work.start(command, "parallel")
    killed = kill_some(folder, lambda: engine.poll() is None)
    if engine.poll() is None:
        os.killpg(engine.pid, signal.SIGKILL)
    engine.wait()
    for process in graders(folder):
        os.kill(process, signal.SIGKILL)
    between = rows(folder)
    assert killed >= KILLS // 2 and 0 < between < POINTS, f"{killed} killed, {between} rows"
    assert not (folder / "fit.csv").exists()
    assert work.start(command, "parallel").wait() == 0, (work.folder / "parallel.log").read_text(encoding="utf-8")[-2000:]
    assert (folder / "fit.csv").read_bytes() == undisturbed
    print(f"GNU parallel: {killed} shards and parallel itself killed, at {between} of {POINTS} rows; merged to the same {len(undisturbed)} bytes")
    shutil.rmtree(folder)


def on_slurm(work, undisturbed):
    """Shards are killed under Slurm, which ends their tasks; the same line again goes on where they were."""
    from slurm import Cluster  # noqa: PLC0415: found by the lines above, and needed for this alone
    from work import wait_for  # noqa: PLC0415

    folder, cluster = work.folder / "fit", Cluster(work)
    cluster.start()
    array = line("sbatch --array").removeprefix("sbatch ")
    submit = lambda command: cluster.submit(*split(command))  # noqa: E731
    killed, times = 0, 0
    while rows(folder) < POINTS and times < 30:
        submit(array)
        wait_for(lambda: graders(folder), "the first shard", 60)
        if killed < KILLS:
            killed += kill_some(folder, lambda: not cluster.is_idle())
        wait_for(cluster.is_idle, "the end of the array", 300)
        times += 1
        between = rows(folder)
        print(f"    array {times}: {between} rows, {killed} killed so far", flush=True)
    assert killed >= KILLS // 2 and times > 1, (killed, times)
    submit(line("sbatch --dependency").removeprefix("sbatch ").replace("--dependency=singleton ", ""))
    wait_for(cluster.is_idle, "the end of the merging", 60)
    assert (folder / "fit.csv").read_bytes() == undisturbed, (work.folder / "jobs.log").read_text(encoding="utf-8")[-2000:]
    print(f"Slurm: {killed} shards killed, {times} times the same line; merged to the same {len(undisturbed)} bytes")


def split(command):
    """The words of a command, as a shell has them."""
    import shlex  # noqa: PLC0415

    return shlex.split(command)


def main():
    """Both, or those that are named."""
    wanted = sys.argv[1:] or ["parallel", "slurm"]
    with tempfile.TemporaryDirectory(prefix="split-fit-") as folder:
        work = Work(Path(folder))
        try:
            begin = time.monotonic()
            alone = work.folder / "alone"
            subprocess.run([PROGRAM, "run", alone, "1/1"], env=work.environment, check=True, stderr=subprocess.DEVNULL)
            subprocess.run([PROGRAM, "merge", alone], env=work.environment, check=True)
            undisturbed = (alone / "fit.csv").read_bytes()
            assert undisturbed.count(b"\n") == POINTS + 1
            print(f"one process: {POINTS} points in {time.monotonic() - begin:.0f} s", flush=True)
            for name in wanted:
                {"parallel": on_parallel, "slurm": on_slurm}[name](work, undisturbed)
        finally:
            work.end()
    print(f"{len(wanted)} passed, 0 failed")


if __name__ == "__main__":
    assert re.search(r"split_fit$", PROGRAM) and Path(PROGRAM).is_file(), f"{PROGRAM} is not there: cargo build --example split_fit"
    main()
