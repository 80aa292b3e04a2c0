"""What JupyterLab makes of a notebook with an early mistake, and of a cell that prints without end."""
import json
import re
import time
from pathlib import Path

from playwright.sync_api import expect

import checkout
from notebook_page import NotebookPage

ENDLESS = 'loop { println!("again and again"); }'
# A second for a page that answers; the notebook's file in bytes.
# The page answers within a second on a quiet machine (0.5 s); other tests may run beside this one.
ANSWERS_WITHIN, SMALL = 3.0, 2_000_000


class Mishaps(NotebookPage):
    """The page of somebody who has bad luck, and the environment of the program that JupyterLab belongs to."""

    def __init__(self, page, address, environment):
        super().__init__(page, address)
        self.folder = Path(environment["NEUROBOOK_ROOT"]) / "notebooks" / "mine"

    def open(self, name, notebook):
        """Writes a notebook among the learner's own, and opens it."""
        (self.folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        self.open_in_workspace(name, f"{name}.ipynb")

    def run_all_of_a_chapter_stops_at_an_early_mistake(self):
        """Chapter 02 as it is handed out, with a slip in its second code cell. JupyterLab itself stays where it was."""
        notebook = json.loads(checkout.measured_chapter("student").read_text(encoding="utf-8"))
        code = [index for index, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code"]
        spoilt = code[1]
        notebook["cells"][spoilt]["source"] = 'let rate: f64 = "fast";'
        self.open("mistake", notebook)
        self.menu("Run", "Run All Cells")
        # The kernel of a fresh copy may still be compiled.
        expect(self.cell(spoilt)).to_contain_text("mismatched types", timeout=600_000)
        self.page.get_by_text("Rust | Idle").wait_for(timeout=60_000)
        self.cell(spoilt).scroll_into_view_if_needed()
        self.picture("mistake")
        for index in code[2:5]:
            self.cell(index).scroll_into_view_if_needed()
            if not self.cell(index).locator(".jp-InputPlaceholder").count():
                expect(self.cell(index).locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[ \]"))
            assert self.cell(index).locator(".jp-OutputArea-output").count() == 0, f"cell {index} has run"

    def a_flood_of_output_leaves_the_page_and_the_notebook_usable(self):
        """Interrupted after five seconds; saved; opened again."""
        cells = [{"cell_type": "code", "id": f"cell-{number}", "metadata": {}, "source": source, "outputs": [], "execution_count": None} for number, source in enumerate([ENDLESS, "1 + 1"])]
        kernel = {"kernelspec": {"name": "rust", "display_name": "Rust", "language": "rust"}}
        self.open("flood", {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells})
        self.cell(0).locator(".jp-InputPrompt").click()
        self.page.keyboard.press("Shift+Enter")
        expect(self.cell(0).locator(".jp-OutputArea-output").first).to_contain_text("again and again", timeout=120_000)
        until = time.monotonic() + 5
        waits = []
        while time.monotonic() < until:
            begin = time.monotonic()
            self.page.evaluate("() => new Promise(done => requestAnimationFrame(done))")
            waits.append(time.monotonic() - begin)
        assert max(waits) < ANSWERS_WITHIN, f"the page did not answer for {max(waits):.1f} s"
        self.menu("Kernel", "Interrupt Kernel")
        expect(self.cell(0)).to_contain_text("You stopped this cell", timeout=30_000)
        self.picture("flood")
        self.menu("File", "Save Notebook")
        self.page.wait_for_timeout(3000)
        saved = (self.folder / "flood.ipynb").read_text(encoding="utf-8")
        assert "again and again" in saved and len(saved) < SMALL, f"{len(saved)} bytes"
        self.page.reload()
        self.cell(1).wait_for()
        self.cell(1).locator(".jp-InputPrompt").click()
        self.page.get_by_text("Rust | Idle").wait_for(timeout=60_000)
        self.page.keyboard.press("Shift+Enter")
        expect(self.cell(1)).to_contain_text("2", timeout=60_000)
        print(f"          {len(saved) / 1e6:.2f} MB are saved; the page's longest pause: {max(waits):.2f} s", flush=True)
