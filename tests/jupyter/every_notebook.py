"""Every notebook in the real kernel, cell by cell."""
import concurrent.futures
import re
import tempfile
import time
from pathlib import Path

import checkout
from kernel import Kernel


def place(notebook, index, cell):
    """Names a cell in a message."""
    return f"{notebook.parent.name}/{notebook.name}, code cell {index + 1} ({cell['source'].strip().splitlines()[0][:60]})"


def at_once(visit, notebooks):
    """Visits notebooks, two at a time, and says how long the kernels took for all of them."""
    begin = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for visited in [pool.submit(visit, notebook) for notebook in notebooks]:
            visited.result()
    print(f"          {len(notebooks)} notebooks, two at a time: {time.monotonic() - begin:.0f} s", flush=True)


def every_cell_of_the_solution_runs_clean_and_every_check_passes():
    """The solution: no error, no panic, no check that is not content."""
    def visit(notebook):
        with Kernel(notebook.parent) as kernel:
            for index, cell in enumerate(checkout.code_cells(notebook)):
                ran = kernel.run(cell["source"])
                assert ran.clean, f"{place(notebook, index, cell)}:\n{ran.trouble()}"
                if checkout.about(cell).get("role") == "check":
                    assert "✓" in ran.html and "✗" not in ran.html, f"{place(notebook, index, cell)}:\n{ran.html}"

    at_once(visit, checkout.notebooks("solution"))


def every_cell_of_the_student_notebook_compiles_and_stops_only_at_blanks():
    """The student notebook, run as it is handed out."""
    def visit(notebook):
        blanks = 0
        with Kernel(notebook.parent) as kernel:
            for index, cell in enumerate(checkout.code_cells(notebook)):
                ran = kernel.run(cell["source"])
                names = [error["ename"] for error in ran.errors]
                assert names in ([], ["Blank"]), f"{place(notebook, index, cell)} fails:\n{ran.trouble()}"
                blanks += ran.panic is not None
                assert (ran.panic is not None) == bool(names), f"{place(notebook, index, cell)}: no panel for a blank, or one without"
                shows = re.search(r"\.show\(|check!|quiz", cell["source"])
                assert ran.panic is None or shows or ran.html.startswith('<div role="alert"'), f"{place(notebook, index, cell)} shows something of another cell"
                assert ran.panic is None or ran.panic["blank"] is True, f"{place(notebook, index, cell)} panics:\n{ran.panic}"
                assert "panicked at" not in ran.stderr, f"{place(notebook, index, cell)}:\n{ran.stderr}"
        has_blanks = any("blank!(" in cell["source"] for cell in checkout.code_cells(notebook))
        assert blanks or not has_blanks, f"{notebook}: no cell stops at a blank"

    at_once(visit, checkout.notebooks("student"))


def the_solution_runs_to_its_end_without_jupyter_too():
    """`neurobook run` proves for each cell that it ran to its end. The site's test does so with every chapter."""
    notebook = checkout.notebooks("solution")[0]
    with tempfile.TemporaryDirectory() as folder:
        done = checkout.neurobook("run", str(notebook), "--out", str(Path(folder) / notebook.name))
    assert done.returncode == 0, f"{notebook}:\n{done.stdout}{done.stderr}"
