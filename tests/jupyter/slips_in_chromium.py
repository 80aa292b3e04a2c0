"""Beginners' mistakes, typed into the chapters in real JupyterLab under Chromium, in the light and in the dark theme.

Usage: target/playwright/bin/python tests/jupyter/slips_in_chromium.py [PART OF A NAME...]. Pictures of all mistakes go to
target/browser/slips/, ten on a sheet.
"""
import sys
import time

from playwright.sync_api import expect, sync_playwright

import checkout
import lab
from notebook_page import CHROMIUM, FLAGS, PICTURES, SELDOM, NotebookPage
from slip_table import SLIPS, Slip
from slips import NO_VERDICT, chapter, check, exercise, is_read_first, text

FOLDER = PICTURES / "slips"
ON_A_SHEET = 10
# Marks what a cell shows, so that what comes later can be told from it.
MARKS = "cell => cell.querySelectorAll('.jp-OutputArea-child').forEach(child => { child.dataset.old = 'true'; })"
# Whether a cell and its kernel have come to rest.
RESTS = """cell => {
    const prompt = cell.querySelector(".jp-InputPrompt");
    const indicator = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator");
    return !(prompt && prompt.textContent.includes("*")) && indicator.dataset.status === "idle" && !cell.querySelector("[data-old]");
}"""


class Learner(NotebookPage):
    """The page of somebody who makes a chapter's slips."""

    def __init__(self, page, address, number):
        super().__init__(page, address, FOLDER)
        self.themes = ["Dark", "Light"]
        self.open_in_workspace(f"slips-{number}", chapter(number).name)
        self.dress("Light")
        cells = checkout.cells(chapter(number))
        self.first = next(index for index, cell in enumerate(cells) if cell["cell_type"] == "code")
        self.run(self.first)
        # A cell of one's own below the first.
        self.cell(self.first).locator(".jp-InputPrompt").click()
        self.page.keyboard.press("b")
        expect(self.all_cells()).to_have_count(len(cells) + 1)

    def run(self, index):
        """Ctrl+Enter, and waits for what it shows."""
        cell = self.cell(index)
        cell.scroll_into_view_if_needed()
        cell.evaluate(MARKS)
        if cell.locator(".jp-InputPlaceholder").count():
            cell.locator(".jp-InputPlaceholder").click()
            self.page.keyboard.press("Escape")
        else:
            cell.locator(".jp-InputPrompt").click()
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_timeout(150)
        self.page.wait_for_function(RESTS, arg=cell.element_handle(), timeout=300_000, polling=SELDOM)
        return self.shown(index)

    def shown(self, index):
        """What stands below a cell."""
        return "\n\n".join(self.cell(index).locator(".jp-OutputArea-output").all_inner_texts())

    def write(self, index, typed):
        """Puts a text in place of a cell's. One line is typed key by key, so that JupyterLab helps and hinders as it does."""
        content = self.cell(index).locator(".cm-content")
        content.click()
        self.page.keyboard.press("ControlOrMeta+a")
        if "\n" in typed:
            self.page.keyboard.insert_text(typed)
        else:
            self.page.keyboard.press("Delete")
            self.page.keyboard.type(typed)
            self.page.keyboard.press("Escape")
        stands = content.inner_text()
        if stands.split() != typed.split():
            self.page.keyboard.press("Escape")
            content.click()
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(typed)

    def index(self, slip):
        """The cell that a slip is made in, and the check below, each one further down for the cell of one's own."""
        if not slip.exercise:
            return self.first + 1, None
        return exercise(slip)[0] + 1, check(slip)[0] + 1

    def portraits(self, name, index):
        """The cell in both themes."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        # First in the theme that is on: a change takes a second or two.
        self.themes.reverse()
        for theme in self.themes:
            self.page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", f"JupyterLab {theme}")
            self.cell(index).scroll_into_view_if_needed()
            self.page.wait_for_timeout(100)
            self.cell(index).screenshot(path=FOLDER / f"{theme.lower()} {name}.png")

    def makes(self, slip: Slip):
        """Types the slip, reads, types what that leads to, and sees that it works; gives what is wrong."""
        index, judge = self.index(slip)
        for cell in slip.before:
            self.write(index, cell)
            self.run(index)
        self.write(index, text(slip, slip.typed))
        said = self.run(index)
        if judge:
            verdict = self.run(judge)
            if slip.line and (NO_VERDICT not in verdict or "✓" in verdict):
                return f"a verdict on other code: {verdict}"
            said = said if slip.line else verdict
        self.portraits(slip.name, judge if judge and not slip.line else index)
        if not is_read_first(slip, said):
            return f"should say first, of line {slip.line}: {slip.reads}\nbut says:\n{said}"
        self.write(index, text(slip, slip.right))
        shown = self.run(index)
        if judge:
            shown = self.run(judge)
        return None if slip.shows in shown else f"the correction shows no {slip.shows!r}:\n{shown}"

    def stops_an_endless_loop(self):
        """The square in the tool bar; the next cell runs."""
        index = self.first + 1
        self.write(index, "let mut x = 2.5;\nwhile true {\n    x = x * 0.5;\n}")
        self.cell(index).locator(".jp-InputPrompt").click()
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_timeout(5000)
        self.menu("Kernel", "Interrupt Kernel")
        expect(self.cell(index)).to_contain_text("You stopped this cell", timeout=60_000)
        self.portraits("an endless loop", index)
        self.write(index, 'println!("{}", 2.5);')
        shown = self.run(index)
        return None if "2.5" in shown else shown

    def restarts_in_the_middle(self):
        """The round arrow; an exercise, then its check, then as the sentence says."""
        slip = next(slip for slip in SLIPS if slip.exercise == "band")
        index, judge = self.index(slip)
        self.menu("Kernel", "Restart Kernel…")
        self.page.locator(".jp-Dialog button", has_text="Restart").click()
        self.page.get_by_text("Rust | Idle").wait_for(timeout=180_000)
        self.page.wait_for_timeout(1000)
        said = self.run(judge)
        self.portraits("a kernel that is new", judge)
        if not said.startswith("This kernel is new. Run the first code cell, then down to here."):
            return said
        self.run(self.first)
        self.write(index, text(slip, slip.right))
        self.run(index)
        shown = self.run(judge)
        return None if "✓" in shown else shown


def sheets(page):
    """The pictures of all slips, ten on a sheet, light and dark beside each other."""
    names = sorted(path.name.removeprefix("light ") for path in FOLDER.glob("light *.png"))
    for number, start in enumerate(range(0, len(names), ON_A_SHEET)):
        rows = (f'<tr><td><img src="light {name}"></td><td><img src="dark {name}"></td></tr>' for name in names[start : start + ON_A_SHEET])
        sheet = FOLDER / f"sheet_{number}.html"
        sheet.write_text(f"<style>img {{ width: 780px }} td {{ vertical-align: top }}</style><table>{''.join(rows)}</table>", encoding="utf-8")
        page.goto(sheet.as_uri())
        page.screenshot(path=FOLDER / f"sheet_{number}.png", full_page=True)


def main():
    """Goes through the table, a notebook for each chapter."""
    wanted = sys.argv[1:]
    slips = [slip for slip in SLIPS if not wanted or any(word in slip.name for word in wanted)]
    outcomes, longest = [], 0.0

    def tries(name, trial):
        nonlocal longest
        begin = time.monotonic()
        wrong = trial()
        seconds = time.monotonic() - begin
        longest = max(longest, seconds)
        outcomes.append(wrong is None)
        print(f"{'FAILED' if wrong else 'ok    '} {seconds:5.1f} s  {name}" + (f"\n    {wrong}".replace("\n", "\n    ") if wrong else ""), flush=True)

    with checkout.temporary_copy() as (_, environment), sync_playwright() as playwright:
        checkout.share_jupyterlab(environment["NEUROBOOK_CACHE"])
        with lab.Lab(environment, options=["--LabApp.expose_app_in_browser=True"]) as server, playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser:
            address = server.address()
            expect.set_options(timeout=120_000)
            for number in sorted({slip.chapter for slip in slips}):
                page = browser.new_page(viewport={"width": 1180, "height": 1000})
                page.set_default_timeout(60_000)
                learner = Learner(page, address, number)
                for slip in (slip for slip in slips if slip.chapter == number):
                    tries(slip.name, lambda slip=slip: learner.makes(slip))
                if number == "00":
                    tries("an endless loop", learner.stops_an_endless_loop)
                    tries("a kernel that is new", learner.restarts_in_the_middle)
                page.close()
            sheets(browser.new_page(viewport={"width": 1600, "height": 1000}))
    print(f"{sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed; the longest took {longest:.0f} s", flush=True)
    sys.exit(not all(outcomes))


if __name__ == "__main__":
    main()
