"""A learner's first lesson, and the quiz: real JupyterLab in real headless Chromium. The tests go on from each other, in this order.

Usage: python tests/jupyter/browser.py, with the packages of tests/jupyter/requirements.txt and Chromium. NEUROBOOK_CHROMIUM
names another browser than Debian's. Screenshots go to target/browser/.
"""
import statistics
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

import checkout
import harness
import lab
import mishaps
import quiz
from notebook_page import CHROMIUM, FLAGS, PICTURES, SELDOM, NotebookPage

FRAME = 16  # milliseconds that a slider may take to move the figure

# Whether the first `count` cells have all run: `[3]:` beside them, not `[*]:` and not `[ ]:`. A folded cell has no such mark.
HAVE_RUN = r"""count => [...document.querySelectorAll(".jp-Notebook .jp-Cell")].slice(0, count)
    .filter(cell => cell.classList.contains("jp-CodeCell") && !cell.querySelector(".jp-InputPlaceholder"))
    .every(cell => /\[\d+\]/.test(cell.querySelector(".jp-InputPrompt").textContent))"""

# The first cell that has not run, by its number, or -1, and how far above it the folded cells before it begin, of which nobody sees
# whether they have; nothing while one runs.
FIRST_LEFT = r"""() => {
    const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
    const prompt = cell => cell.querySelector(".jp-InputPrompt").textContent;
    const folded = cell => cell.querySelector(".jp-InputPlaceholder") !== null;
    const code = cells.filter(cell => cell.classList.contains("jp-CodeCell"));
    if (code.some(cell => !folded(cell) && prompt(cell).includes("*"))) return null;
    const left = code.findIndex(cell => !folded(cell) && !/\[\d+\]/.test(prompt(cell)));
    let first = left;
    while (first > 0 && folded(code[first - 1])) first -= 1;
    return {index: cells.indexOf(code[left]), above: cells.indexOf(code[left]) - cells.indexOf(code[first])};
}"""

# Moves a slider to each of its positions; gives, for each, the milliseconds that the figure's script and layout took.
MOVES = """async widget => {
    const input = [...widget.querySelectorAll("input")].pop(), picture = widget.querySelector("svg").parentElement, times = [];
    for (let position = 0; position <= Number(input.max); position++) {
        let begin;
        requestAnimationFrame(() => { begin = performance.now(); });
        input.value = position;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(done => requestAnimationFrame(() => {
            picture.firstElementChild.getBoundingClientRect();
            times.push(performance.now() - begin);
            done();
        }));
    }
    return times;
}"""

# Shows a copy of a widget as VS Code's renderer of outputs does.
SHOWN_AS_IN_VS_CODE = """widget => {
    const output = document.createElement("div");
    output.innerHTML = widget.outerHTML;
    const copy = output.firstElementChild;
    delete copy.dataset.live;
    copy.querySelector(".neurobook-controls").hidden = true;
    document.body.append(output);
    const script = document.createElement("script");
    script.text = copy.querySelector("script").text;
    output.append(script);
    script.remove();
    return copy;
}"""


class Lesson(NotebookPage):
    """The page of somebody who works through a chapter."""

    def __init__(self, page, address, root, chapter):
        """`root` is the course's folder, `chapter` the notebooks' name."""
        super().__init__(page, address)
        self.file = Path(root) / "notebooks" / "mine" / chapter
        self.cells = checkout.cells(checkout.ROOT / "notebooks" / "student" / chapter)
        self.answers = {cell["id"]: cell["source"] for cell in checkout.cells(checkout.ROOT / "notebooks" / "solution" / chapter)}
        self.exercise = next(index for index, cell in enumerate(self.cells) if checkout.about(cell).get("role") == "answer")
        self.strangers = []
        page.on("request", lambda request: self.strangers.append(request.url) if request.url.startswith("http") and "//localhost:" not in request.url else None)

    def wait_for_cells(self, count):
        """Waits until the first `count` cells have run."""
        self.page.wait_for_function(HAVE_RUN, arg=count, timeout=600_000, polling=SELDOM)

    def widget(self, index):
        """A figure with sliders."""
        widget = self.page.locator(".neurobook-sliders").nth(index)
        widget.scroll_into_view_if_needed()
        expect(widget.locator("input").first).to_be_visible()
        return widget

    def the_printed_address_opens_the_chapter(self):
        """The learner's own copy, the kernel ready, no pop-up of any kind."""
        self.page.goto(self.address)
        self.cell(0).wait_for()
        expect(self.all_cells()).to_have_count(len(self.cells))
        self.page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').first.wait_for()
        self.page.wait_for_timeout(3000)
        assert self.page.locator(".jp-Dialog, .Toastify__toast").count() == 0, "something has popped up"
        self.picture("opened")

    def all_cells_up_to_the_first_exercise_run(self):
        """Run > Run All Above Selected Cell."""
        self.cell(self.exercise).locator(".jp-InputPrompt").click()
        self.menu("Run", "Run All Above Selected Cell")
        self.wait_for_cells(self.exercise)
        self.picture("exercise", at=self.cell(self.exercise))

    def an_unfilled_exercise_stops_at_its_blank(self):
        """The exercise and its check as they are handed out; the check shows a hint, not a stack trace."""
        self.run_exercise_and_check()
        expect(self.cell(self.exercise + 1)).to_contain_text("blank")
        assert "stack backtrace" not in self.cell(self.exercise + 1).inner_text()
        self.picture("blank", at=self.cell(self.exercise))

    def the_filled_exercise_passes_its_check(self):
        """Types the solution's text in place of the stub."""
        self.cell(self.exercise).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(self.answers[self.cells[self.exercise]["id"]])
        self.run_exercise_and_check()
        expect(self.cell(self.exercise + 1)).to_contain_text("✓")
        self.picture("check", at=self.cell(self.exercise))

    def run_exercise_and_check(self):
        """Shift+Enter, twice, on the exercise."""
        self.cell(self.exercise).locator(".jp-InputPrompt").click()
        self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Shift+Enter")
        self.wait_for_cells(self.exercise + 2)

    def an_answer_in_words_is_written_as_its_cell_says(self):
        """Click, Enter, a sentence whose letters are all commands elsewhere, Shift+Enter; also after a double click, as habit has it. It is saved, and nothing else has changed."""
        said = "x grows if a > 0, and faster if dt is bad; my d d y m r c v z too"
        asked = [(index, cell) for index, cell in enumerate(self.cells) if checkout.about(cell).get("role") == "text"][:2]
        for (index, cell), open_cell in zip(asked, ("click", "dblclick")):
            assert "Click here once and press Enter." in cell["source"], cell["source"]
            shown = self.cell(index).locator(".jp-RenderedMarkdown em", has_text="Click here once")
            shown.scroll_into_view_if_needed()
            getattr(shown, open_cell)()
            self.page.wait_for_timeout(500)
            self.page.keyboard.press("Enter")
            self.page.keyboard.type(said, delay=20)
            self.page.keyboard.press("Shift+Enter")
            expect(self.cell(index).locator(".jp-RenderedMarkdown")).to_contain_text(said)
        self.menu("File", "Save Notebook")
        expect(self.page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0)
        saved = checkout.cells(self.file)
        assert [(cell["id"], cell["cell_type"]) for cell in saved] == [(cell["id"], cell["cell_type"]) for cell in self.cells]
        for index, cell in asked:
            kept = saved[index]["source"].replace(said, "", 1)
            assert said in saved[index]["source"] and kept.split() == cell["source"].split(), saved[index]["source"]

    def the_rest_runs(self):
        """Run > Run Selected Cell and All Below stops at each blank, which says so in its own place; the next cell runs."""
        stops = 0
        while True:
            self.menu("Run", "Run Selected Cell and All Below")
            self.page.wait_for_timeout(500)
            found = self.page.wait_for_function(FIRST_LEFT, timeout=180_000, polling=SELDOM).json_value()
            left = found["index"]
            if left < 0:
                break
            stops += 1
            assert stops < len(self.cells), "no cell runs any more"
            self.cell(left).locator(".jp-InputPrompt").click()
            for _ in range(found["above"]):
                self.page.keyboard.press("ArrowUp")
        assert stops > 0, "a blank does not stop what stands below it"
        self.picture("first_slider", at=self.widget(0))
        self.picture("second_slider", at=self.widget(1))

    def sliders_move_their_figures_by_key_and_by_mouse(self):
        """Every slider of both figures: one step by key, then a drag; figure and value follow, at once and back."""
        for widget in (self.widget(0), self.widget(1)):
            for slider in widget.locator("label").all():
                handle, value, figure = slider.locator("input"), slider.locator("output"), widget.locator("svg").first
                at_first, drawn = value.inner_text(), figure.inner_html()
                handle.focus()
                handle.press("ArrowRight")
                expect(value).not_to_have_text(at_first)
                assert figure.inner_html() != drawn, "the key has moved the slider, not the figure"
                handle.press("ArrowLeft")
                expect(value).to_have_text(at_first)
                assert figure.inner_html() == drawn, "the way back leads to another figure"
                box = handle.bounding_box()
                self.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
                self.page.mouse.down()
                self.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=5)
                self.page.mouse.up()
                expect(value).not_to_have_text(at_first)
                assert figure.inner_html() != drawn, "the mouse has moved the slider, not the figure"
        self.picture("moved", at=self.widget(1))

    def a_slider_move_takes_less_than_a_frame(self):
        """Half of the moves at least, so that a busy machine fails nobody; the slow ones are printed."""
        for index in (0, 1):
            times = self.widget(index).evaluate(MOVES)
            median, high = statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1]
            print(f"    figure {index + 1}: {len(times)} moves, median {median:.1f} ms, 95th percentile {high:.1f} ms, longest {max(times):.1f} ms")
            assert median < FRAME, f"a move takes {median:.1f} ms"

    def sliders_live_also_where_their_script_is_run_from_the_end_of_the_output(self):
        """VS Code shows HTML without running its scripts, then runs a copy of each below it."""
        copy = self.widget(0).evaluate_handle(SHOWN_AS_IN_VS_CODE)
        assert copy.get_property("dataset").get_property("live").json_value() == "true", "the sliders stay dead"
        copy.wait_for_selector(".neurobook-controls:not([hidden])")
        copy.evaluate("copy => copy.parentElement.remove()")

    def a_dark_page_shows_dark_figures(self):
        """The figure takes over the page's colours; its text and axes are not dark on dark."""
        self.dress("Dark")
        self.picture("dark_check", at=self.cell(self.exercise))
        self.picture("dark_slider", at=self.widget(1))
        paints = "text => { const [r, g, b] = getComputedStyle(text).fill.match(/\\d+/g).map(Number); return (r + g + b) / 3; }"
        for text in self.widget(1).locator("svg text").all():
            assert text.evaluate(paints) > 128, f"dark letters on a dark page: {text.inner_text()}"
        self.dress("Light")

    def a_saved_notebook_opens_with_its_answers_and_live_sliders(self):
        """Save, load the page again: nothing has to be run again to read on."""
        self.menu("File", "Save Notebook")
        expect(self.page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0)
        self.page.reload()
        expect(self.all_cells()).to_have_count(len(self.cells))
        expect(self.cell(self.exercise + 1)).to_contain_text("✓")
        widget = self.widget(0)
        value = widget.locator("output").first
        before = value.inner_text()
        widget.locator("input").first.press("ArrowRight")
        expect(value).not_to_have_text(before)

    def nothing_complains_and_nothing_leaves_the_machine(self):
        """The browser's console has no error; no page asked another machine for anything."""
        assert not self.complaints, "\n".join(self.complaints)
        assert not self.strangers, "\n".join(self.strangers)

    def the_readme_gets_its_picture(self):
        """Prose, code and a figure without the side bars: target/browser/readme.png."""
        for bar in ("Left Activity Bar", "Right Activity Bar", "Left Sidebar"):
            self.menu("View", "Appearance", f"Show {bar}")
        self.page.set_viewport_size({"width": 900, "height": 1110})
        real, imaginary = self.widget(1).locator("input").all()
        for handle, key, times in [(real, "ArrowRight", 2), (imaginary, "PageUp", 4)]:
            for _ in range(times):
                handle.press(key)
        self.cell(0).evaluate("() => document.activeElement.blur()")
        self.picture("readme", at=self.widget(1), above=440)
        assert (PICTURES / "readme.png").stat().st_size < 300_000


def main():
    """Opens JupyterLab on a copy of this checkout and goes through the lesson."""
    with checkout.temporary_copy() as (_, environment), sync_playwright() as playwright:
        checkout.share_jupyterlab(environment["NEUROBOOK_CACHE"])
        with lab.Lab(environment) as server, playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            page.set_default_timeout(60_000)
            expect.set_options(timeout=120_000)
            address = server.address()
            lesson = Lesson(page, address, environment["NEUROBOOK_ROOT"], "02_single_node_dynamics.ipynb")
            reader = quiz.Reader(browser.new_page(viewport={"width": 1280, "height": 1400}), address, environment)
            unlucky = mishaps.Mishaps(browser.new_page(viewport={"width": 1280, "height": 1000}), address, environment)
            harness.run([
                lesson.the_printed_address_opens_the_chapter,
                lesson.all_cells_up_to_the_first_exercise_run,
                lesson.an_unfilled_exercise_stops_at_its_blank,
                lesson.the_filled_exercise_passes_its_check,
                lesson.an_answer_in_words_is_written_as_its_cell_says,
                lesson.the_rest_runs,
                lesson.sliders_move_their_figures_by_key_and_by_mouse,
                lesson.a_slider_move_takes_less_than_a_frame,
                lesson.sliders_live_also_where_their_script_is_run_from_the_end_of_the_output,
                lesson.a_dark_page_shows_dark_figures,
                lesson.a_saved_notebook_opens_with_its_answers_and_live_sliders,
                lesson.the_readme_gets_its_picture,
                lesson.nothing_complains_and_nothing_leaves_the_machine,
                reader.the_quiz_in_jupyterlab_needs_no_kernel,
                reader.the_quiz_on_an_exported_page_answers,
                unlucky.run_all_of_a_chapter_stops_at_an_early_mistake,
                unlucky.a_flood_of_output_leaves_the_page_and_the_notebook_usable,
            ], in_order=True, after_failure=lambda: (lesson.picture("failed"), reader.picture("quiz_failed"), unlucky.picture("mishap_failed")))


if __name__ == "__main__":
    main()
