"""Every solution notebook in our kernel and in evcxr's own, cell by cell: the same text, the same figures.

Takes a quarter of an hour, since the stock kernel compiles the notebooks' crates at each start.
Usage: cargo run -- python tests/jupyter/stock.py [TEST NAME...]
"""
import re

import checkout
import harness
from kernel import Kernel
from every_notebook import place

# What our kernel leaves out on purpose: how an array lies in memory, and the value of a cell that has none.
LAYOUT = re.compile(r", strides=\[[-\d, ]*\], layout=\w+ \(0x[0-9a-f]+\), (?:const |dynamic )ndim=\d+")

# What a first cell shows for a moment, and the client of the tests keeps.
NOTICE = re.compile(r'<div role="status">(<progress [^>]*></progress> )?[^<]*</div>|^.*This cell starts by itself\.$')

# How long a cell has worked, which is another time in each run.
TIMES = re.compile(r"^\d+ of \d+ runs, about .* to go\n|(?<= in )[\d.]+ s$", re.M)


def outputs(cells, notebook, **environment):
    """What each cell shows: printed text, HTML, plain text."""
    with Kernel(notebook.parent, **environment) as kernel:
        for index, cell in enumerate(cells):
            ran = kernel.run(cell["source"], timeout=400)
            assert ran.clean, f"{place(notebook, index, cell)}:\n{ran.trouble()}"
            plain = NOTICE.sub("", LAYOUT.sub("", ran.data.get("text/plain", "")))
            yield {"printed": TIMES.sub("", ran.stdout), "HTML": NOTICE.sub("", ran.html), "text": "" if plain == "()" else plain}


def same_in_both(notebook):
    """Makes the test of one notebook."""
    def test():
        cells = checkout.code_cells(notebook)
        ours = list(outputs(cells, notebook))
        figures = 0
        for index, (here, there) in enumerate(zip(ours, outputs(cells, notebook, NEUROBOOK_UNSEEDED="1"), strict=True)):
            for what, shown in here.items():
                assert shown == there[what], f"{place(notebook, index, cells[index])}: {what}\nours:  {shown[:2000]}\nstock: {there[what][:2000]}"
            figures += "data:image/svg+xml" in here["HTML"]
        print(f"          {len(cells)} cells, {figures} with figures", flush=True)

    test.__name__ = f"{notebook.stem}_shows_the_same_in_the_stock_kernel"
    return test


if __name__ == "__main__":
    harness.run([same_in_both(notebook) for notebook in checkout.notebooks("solution")], seconds=900)
