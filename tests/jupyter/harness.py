"""Runs test functions one after the other: a line for each with its time, a closing line, an exit code."""
import faulthandler
import signal
import sys
import time
import traceback
from pathlib import Path

OURS = str(Path(__file__).parent)


class TookTooLong(BaseException):
    """A test's time is over. No handler of ordinary exceptions may swallow it."""


def alarm(_signal, _frame):
    """Ends the running test."""
    raise TookTooLong("took longer than it may")


def run(tests, seconds=300, in_order=False, after_failure=None):
    """Runs the tests that the command line names, or all; gives each at most `seconds`, then exits.

    Tests `in_order` go on from each other: after a failure the rest fails unseen.
    `after_failure` may keep what shows the reason.
    """
    wanted = sys.argv[1:]
    known = {test.__name__: test for test in tests}
    strangers = [name for name in wanted if name not in known]
    if strangers:
        sys.exit(f"no such test: {', '.join(strangers)}\nThe tests are:\n" + "\n".join(known))
    signal.signal(signal.SIGALRM, alarm)
    # Where even the alarm finds no hearing, the process ends and says where it hung.
    faulthandler.dump_traceback_later(seconds * (len(tests) + 1), exit=True)
    outcomes = []
    for name in wanted or known:
        if in_order and not all(outcomes):
            print(f"FAILED    not run  {name.replace('_', ' ')}")
            outcomes.append(False)
        else:
            outcomes.append(passes(known[name], seconds))
            if after_failure and not outcomes[-1]:
                after_failure()
    print(f"{sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed", flush=True)
    sys.exit(0 if all(outcomes) else 1)


def passes(test, seconds):
    """Runs one test and says how it went."""
    begin = time.monotonic()
    signal.alarm(seconds)
    try:
        test()
        problem = None
    except (Exception, TookTooLong) as error:  # noqa: BLE001: whatever it is, the other tests still run
        where = [f"{Path(frame.filename).name}:{frame.lineno}: {frame.line}" for frame in traceback.extract_tb(error.__traceback__) if OURS in frame.filename]
        problem = "\n".join([f"{type(error).__name__}: {error}", *where])
    finally:
        signal.alarm(0)
    name = test.__name__.replace("_", " ")
    print(f"{'ok    ' if problem is None else 'FAILED'} {time.monotonic() - begin:6.1f} s  {name}", flush=True)
    if problem is not None:
        print("    " + problem.replace("\n", "\n    "), flush=True)
    return problem is None
