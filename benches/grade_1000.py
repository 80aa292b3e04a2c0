"""A thousand submissions on this machine: failures, the grader's memory, its pace at the begin and at the end.

Usage: python benches/grade_1000.py [--count NUMBER] [--jobs NUMBER] [--stock]
`--stock` also measures what nbgrader does with one of them: it runs the notebook in evcxr's own kernel.
"""
import argparse
import collections
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "clusters"))

import submissions  # noqa: E402: found by the line above
import work as works  # noqa: E402

import checkout  # noqa: E402, I001: found by way of submissions


def memory(pid):
    """The resident megabytes of a process."""
    lines = works.read(pid, "status").decode().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), None)


def watch(run, records, count):
    """Samples the grader's memory, and when each tenth of the submissions was done, until its end."""
    begin, samples, tenths = time.monotonic(), [], []
    while run.poll() is None:
        # One thread of Python is enough to ask; asking more often would slow down what is measured.
        time.sleep(1)
        done = sum(1 for _ in os.scandir(records)) if records.is_dir() else 0
        if (megabytes := memory(run.pid)) and done:
            samples.append((done, megabytes))
        while done >= (len(tenths) + 1) * count / 10:
            tenths.append(time.monotonic() - begin)
    return time.monotonic() - begin, samples, tenths


def report(options, out, seconds, samples, tenths):
    """Prints what was found."""
    statuses = collections.Counter(json.loads(path.read_text(encoding="utf-8"))["status"] for path in (out / "records").iterdir())
    times = [json.loads(path.read_text(encoding="utf-8")) for path in (out / "times").iterdir()]
    steps = [later - earlier for earlier, later in zip(tenths, tenths[1:])]
    print(f"{options.count} submissions, {options.jobs} at a time, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"statuses: {dict(statuses)}")
    print(f"{seconds:.0f} s in all, {seconds / options.count:.2f} s a submission; one takes {statistics.median(one['total'] for one in times):.2f} s (median), {statistics.median(one['compile'] for one in times):.2f} s of them in the compiler")
    print("a tenth took " + ", ".join(f"{step:.0f}" for step in [tenths[0], *steps]) + " s")
    for part in range(10):
        those = [megabytes for done, megabytes in samples if part * options.count / 10 <= done < (part + 1) * options.count / 10]
        if those:
            print(f"memory of the grader in tenth {part + 1}: {min(those):.1f} to {max(those):.1f} MB")


def main(options, folder):
    """Makes the submissions, grades them, reports."""
    ids = submissions.write(folder / "submissions", options.count, [submissions.solved])
    out = folder / "marks"
    work = works.Work(folder / "run", 1)
    work.submissions = folder / "submissions"
    run = work.start(work.command(out, "--jobs", str(options.jobs)), "grade")
    seconds, samples, tenths = watch(run, out / "records", options.count)
    assert run.returncode == 0, work.said("grade")
    assert work.records(out) == len(ids)
    report(options, out, seconds, samples, tenths)


def stock(folder):
    """Runs the solution as nbgrader's autograding does, and gives the seconds. Once for nothing: evcxr may have to compile."""
    notebook = checkout.measured_chapter("solution")
    for _ in range(2):
        begin = time.monotonic()
        convert = ["-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors", "--ExecutePreprocessor.timeout=600"]
        done = checkout.neurobook("python", *convert, "--output-dir", str(folder), str(notebook), env={**os.environ, "NEUROBOOK_ROOT": str(checkout.ROOT), "NEUROBOOK_UNSEEDED": "1"}, timeout=1800)
        assert done.returncode == 0, done.stderr[-3000:]
    return time.monotonic() - begin


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--count", type=int, default=1000)
parser.add_argument("--jobs", type=int, default=2)
parser.add_argument("--stock", action="store_true")
chosen = parser.parse_args()
with tempfile.TemporaryDirectory(prefix="neurobook-thousand-") as temporary:
    main(chosen, Path(temporary))
    if chosen.stock:
        print(f"evcxr's own kernel, as nbgrader runs it: {stock(Path(temporary)):.0f} s for one, load {os.getloadavg()[0]:.1f}")
