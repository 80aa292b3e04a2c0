"""Beginners' mistakes in the real kernel: what is read first is true and leads on, and no verdict speaks of other code.

Usage: cargo run -- python tests/jupyter/slips.py [PART OF A NAME...]. With --read, what is read is printed.
"""
import re
import sys

import checkout
from slip_table import SLIPS

IMPORT = "use neurobook::prelude::*;"
BLANK = re.compile(r'blank!\("(?:[^"\\]|\\.)*"\)')
NO_VERDICT = "The cell above has an error"


def chapter(number, variant="student"):
    """The notebook of a chapter, not of its preparation."""
    return next(path for path in checkout.notebooks(variant) if path.name.startswith(number) and "_prep" not in path.name)


def exercise(slip):
    """The index of the slip's exercise among its chapter's cells, and the cells."""
    cells = checkout.cells(chapter(slip.chapter))
    found = (index for index, cell in enumerate(cells) if checkout.about(cell).get("exercise") == slip.exercise and checkout.about(cell).get("role") == "answer")
    return next(found), cells


def text(slip, typed):
    """What the cell holds after typing: the text, or the exercise with its blanks filled."""
    if not slip.exercise:
        return typed
    index, cells = exercise(slip)
    fills = iter(typed)
    filled = BLANK.sub(lambda _: next(fills), cells[index]["source"])
    assert next(fills, None) is None, f"{slip.exercise} has not so many blanks"
    return filled


def check(slip):
    """The index of the check below an exercise, and its text."""
    index, cells = exercise(slip)
    below = next(at for at in range(index + 1, len(cells)) if "check!(" in cells[at]["source"])
    return below, cells[below]["source"]


def in_one_line(said):
    """A text without its line ends, which a page may set where it likes."""
    return " ".join(said.split())


def is_read_first(slip, said):
    """Whether a text begins with what the slip has to be told, at its line."""
    first = in_one_line(said.strip().split("\n\n")[0])
    begins = slip.line is None or first.startswith(f"Line {slip.line}: ") or first.startswith(f"Line {slip.line} is Python's")
    return begins and in_one_line(slip.reads) in (first if slip.line else in_one_line(said))


def said_by(ran):
    """What stands below a cell, as text."""
    shown = ran.data.get("text/plain", "")
    return "\n".join(part for part in (ran.traceback, ran.panic and ran.panic["message"], shown, ran.stdout) if part)


def trouble(kernel, slip):
    """What is wrong with how the kernel takes a slip and its correction; nothing if all is well."""
    for cell in slip.before:
        kernel.succeed(cell)
    ran = kernel.run(text(slip, slip.typed), cell=slip.name)
    said = said_by(ran)
    if slip.exercise:
        judged = kernel.run(check(slip)[1], cell="check")
        verdict = said_by(judged)
        if slip.line and (NO_VERDICT not in verdict or "✓" in verdict):
            return f"a verdict on other code: {verdict}"
        said = said if slip.line else verdict
    if "--read" in sys.argv:
        print(f"--- {slip.name}\n{said}\n", flush=True)
    if not is_read_first(slip, said):
        return f"should say first, of line {slip.line}: {slip.reads}\nbut says:\n{said}"
    ran = kernel.run(text(slip, slip.right), cell=slip.name)
    if not ran.clean:
        return f"the correction fails:\n{ran.trouble()}"
    shown = said_by(kernel.run(check(slip)[1], cell="check") if slip.exercise else ran)
    return None if slip.shows in shown else f"the correction shows no {slip.shows!r}:\n{shown}"


def main():
    """Goes through the table, a kernel for each chapter."""
    # The tests in Chromium have another environment, and no need of it.
    from kernel import Kernel

    wanted = [word for word in sys.argv[1:] if not word.startswith("--")]
    slips = [slip for slip in SLIPS if not wanted or any(word in slip.name for word in wanted)]
    failed = 0
    for number in sorted({slip.chapter for slip in slips}):
        with Kernel() as kernel:
            kernel.succeed(IMPORT)
            for slip in (slip for slip in slips if slip.chapter == number):
                wrong = trouble(kernel, slip)
                failed += wrong is not None
                print(f"{'FAILED' if wrong else 'ok    '} {slip.name}" + (f"\n    {wrong}".replace("\n", "\n    ") if wrong else ""), flush=True)
    print(f"{len(slips) - failed} passed, {failed} failed", flush=True)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
