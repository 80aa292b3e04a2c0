"""`neurobook grade` is killed at random moments and started again: at its end it has the bytes of an undisturbed run.

Usage: python tests/clusters/killed.py [--kills NUMBER] [--seed NUMBER]
"""
import argparse
import os
import random
import shutil
import signal
import time

import work as works

SUBMISSIONS = 20


def main(kills, work):
    """Kills so many times; each time that a run comes to its end before that, compares it and begins again."""
    out, scratch = work.folder / "out", work.folder / "scratch"
    half_way, ends, number = 0, 0, 0
    while number < kills:
        run = work.start(work.command(out), "killed", TMPDIR=str(scratch))
        time.sleep(random.uniform(0.01, work.seconds))
        if run.poll() is None:
            boxed = works.descendants([run.pid])
            os.killpg(run.pid, signal.SIGKILL)
            number += 1
            half_way += 0 < work.records(out) < SUBMISSIONS
            works.wait_for(lambda: not any(works.is_alive(pid) for pid in boxed), "the end of its sandboxes", 10)
        if run.wait() != -signal.SIGKILL:
            ends += 1
            finish(run, work, out)
    finish(work.start(work.command(out), "killed", TMPDIR=str(scratch)), work, out)
    left = [path.name for path in scratch.iterdir()]
    assert not left, f"temporary files of killed runs are left: {left[:9]}"
    print(f"killed {kills} times, {half_way} of them with some of the {SUBMISSIONS} submissions marked; came to its end {ends + 1} times, each time with the bytes of an undisturbed run")
    assert half_way, "no moment was one of the marking"


def finish(run, work, out):
    """A run that nobody kills ends with the bytes of one that nobody ever killed."""
    assert run.wait() == 4, f"status {run.returncode}\n{work.said('killed')}"
    work.compare(out)
    shutil.rmtree(out)


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--kills", type=int, default=15)
parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
options = parser.parse_args()
random.seed(options.seed)
with works.temporary(SUBMISSIONS) as temporary:
    (temporary.folder / "scratch").mkdir()
    temporary.grade()
    print(f"{SUBMISSIONS} submissions, undisturbed: {temporary.seconds:.0f} s. --seed {options.seed}", flush=True)
    main(options.kills, temporary)
