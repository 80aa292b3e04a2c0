"""A reader of the preparation for chapter 2 answers its quiz, right and wrong, by mouse and by keyboard."""
import re

from playwright.sync_api import expect

import checkout
from notebook_page import NotebookPage

NOTEBOOK = "02_prep_dynamical_systems.ipynb"


class Reader(NotebookPage):
    """The page of somebody who answers, and the environment of the program that exports pages."""

    def __init__(self, page, address, environment):
        super().__init__(page, address)
        self.environment = environment

    def the_quiz_in_jupyterlab_needs_no_kernel(self):
        """Runs the notebook, ends its kernel, answers."""
        self.open_in_workspace("quiz", NOTEBOOK)
        self.menu("Run", "Run All Cells")
        expect(self.page.locator(".neurobook-quiz")).to_have_attribute("data-live", "true", timeout=180_000)
        self.menu("Kernel", "Shut Down Kernel")
        self.page.locator('.jp-NotebookPanel-toolbar .jp-Toolbar-kernelName', has_text="No Kernel").wait_for()
        count = self.all_cells().count()
        self.answer("quiz_jupyterlab")
        assert self.all_cells().count() == count, "a key typed into the quiz has changed the notebook"

    def the_quiz_on_an_exported_page_answers(self):
        """`neurobook run --html` makes the page; it is opened as a file."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        page = self.pictures / "quiz.html"
        notebook = f"notebooks/solution/{NOTEBOOK}"
        done = checkout.neurobook("run", notebook, "--html", str(page), env=self.environment, cwd=self.environment["NEUROBOOK_ROOT"])
        assert done.returncode == 0, f"the page is not made:\n{done.stdout}{done.stderr}"
        self.page.goto(page.as_uri())
        self.answer("quiz_page")
        assert not self.complaints, "\n".join(self.complaints)

    def question(self, number):
        """A question of the quiz, counted from 1."""
        return self.page.locator(".neurobook-question").nth(number - 1)

    def hears(self, number, kind, words):
        """The question's reply is of this kind and holds these words."""
        reply = self.question(number).locator(".neurobook-said")
        expect(reply).to_have_attribute("data-said", kind)
        expect(reply).to_contain_text(words)

    def answer(self, picture):
        """By mouse the first question and by keyboard the next three; each once wrong, but for the second."""
        self.question(1).scroll_into_view_if_needed()
        self.question(1).get_by_role("button", name="Check").click()
        self.hears(1, "ask", "Choose one answer first")
        self.question(1).locator("label", has_text=re.compile("^dv/dt$")).click()
        self.question(1).get_by_role("button", name="Check").click()
        self.hears(1, "wrong", "That is the rate of change")
        self.question(1).locator("label", has_text=re.compile("^v$")).click()
        self.question(1).get_by_role("button", name="Check").click()
        self.hears(1, "right", "It is what changes as time goes by")

        self.question(2).get_by_role("radio").first.focus()
        self.page.keyboard.press("ArrowDown")
        expect(self.question(2).get_by_label("a parameter")).to_be_checked()
        self.page.keyboard.press("Enter")
        self.hears(2, "right", "g belongs to the rule")

        self.write(3, "3")
        self.hears(3, "wrong", "That is the state itself")
        self.write(3, "-6")
        self.hears(3, "right", "Put the state into the right-hand side")

        self.write(4, "state")
        self.hears(4, "wrong", "at which time")
        self.write(4, "Initial conditons")  # a slip of the pen
        self.hears(4, "right", "spelt “initial condition”")

        total = self.page.locator(".neurobook-total")
        expect(total).to_contain_text("4 of 10 right, 1 of them at once")
        self.question(1).evaluate("element => element.scrollIntoView()")
        self.picture(picture)
        self.page.get_by_role("button", name="Start again").click()
        expect(total).to_contain_text("10 questions")
        expect(self.question(3).get_by_role("textbox")).to_have_value("")
        expect(self.question(3).locator(".neurobook-said")).to_be_empty()

    def write(self, number, words):
        """Types an answer in place of the last one, and Enter."""
        self.question(number).get_by_role("textbox").focus()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
