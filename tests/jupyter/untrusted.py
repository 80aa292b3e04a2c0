"""What is seen of the course's figures, sliders and quizzes where no script may run: in JupyterLab, which does not trust a
notebook from elsewhere, and in what nbconvert makes of it.

Usage: target/playwright/bin/python tests/jupyter/untrusted.py [FOLDER OF EXECUTED NOTEBOOKS]

Without a folder the solution notebooks are run first.
"""
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

import checkout
import harness
import lab
from notebook_page import CHROMIUM

PICTURES = checkout.TARGET / "browser" / "untrusted"
FIGURE = 'class="neurobook-figure"'
# What a page would show of pictures and scripts whose tags were taken away.
REMAINS = ["Horizontal:", "querySelector", "data:image", "neurobook-", "aria-"]

SEEN = """() => Array.from(document.querySelectorAll(".jp-OutputArea-output"), (output) => ({
  images: Array.from(output.querySelectorAll("img"), (image) => ({
    width: image.naturalWidth, shown: image.getBoundingClientRect().width, words: image.alt, ground: getComputedStyle(image).backgroundColor,
  })),
  controls: output.querySelectorAll("input, button, svg").length,
  text: output.innerText,
}))"""


# What nbconvert makes of the code and outputs of notebooks, by name and form. For prose it would need pandoc.
EXPORT = """
import json, sys
from pathlib import Path
import nbformat
from nbconvert import HTMLExporter, LatexExporter, MarkdownExporter, RSTExporter, SlidesExporter
made = {}
for path in map(Path, sys.argv[1:]):
    notebook = nbformat.read(path, 4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    forms = {"html": HTMLExporter(), "slides": SlidesExporter(), "markdown": MarkdownExporter(), "latex": LatexExporter(),
             "rst": RSTExporter(), "cleaned": HTMLExporter(sanitize_html=True)}
    made[path.name] = {form: exporter.from_notebook_node(notebook)[0] for form, exporter in forms.items()}
print(json.dumps(made))
"""


def outputs(notebook):
    """The data of every output of a notebook, each kind as one text."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    found = [output["data"] for cell in cells for output in cell.get("outputs", []) if "data" in output]
    return [{kind: "".join(content) if isinstance(content, list) else content for kind, content in data.items()} for data in found]


def executed(folder):
    """The solution notebooks, run, in a folder."""
    for notebook in checkout.notebooks("solution"):
        done = checkout.neurobook("run", str(notebook), "--out", str(folder / notebook.name), timeout=600)
        assert done.returncode == 0, f"{notebook}:\n{done.stdout}{done.stderr}"


class Reader:
    """Somebody who was sent notebooks."""

    def __init__(self, folder):
        self.notebooks = sorted(Path(folder).glob("*.ipynb"))
        assert self.notebooks, f"no notebook in {folder}"

    @contextlib.contextmanager
    def jupyterlab(self, folder):
        """A JupyterLab on copies of the notebooks, with no kernel to start; gives its address."""
        for notebook in self.notebooks:
            read = json.loads(notebook.read_text(encoding="utf-8"))
            read["metadata"].pop("kernelspec", None)
            (folder / notebook.name).write_text(json.dumps(read), encoding="utf-8")
        settings = folder / "settings" / "@jupyterlab" / "notebook-extension"
        settings.mkdir(parents=True)
        (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none", "autoStartDefaultKernel": false}')
        port = lab.free_port()
        address = f"http://127.0.0.1:{port}"
        options = [f"--port={port}", "--no-browser", "--allow-root", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
        # A database of signatures of its own: nobody has trusted these notebooks.
        environment = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"), "NEUROBOOK_CACHE": str(cache())}
        options.append("--NotebookNotary.db_file=:memory:")
        command = [str(checkout.PROGRAM), "python", "-m", "jupyterlab", *options]
        with tempfile.TemporaryFile() as log, subprocess.Popen(command, env=environment, stdout=log, stderr=log) as server:
            try:
                for _ in range(300):
                    with contextlib.suppress(OSError):
                        urllib.request.urlopen(f"{address}/api", timeout=5)
                        break
                    log.seek(0)
                    assert server.poll() is None, f"JupyterLab ended:\n{log.read().decode()}"
                    time.sleep(0.2)
                yield address
            finally:
                server.terminate()

    def every_figure_and_slider_is_a_picture_in_a_notebook_that_is_not_trusted(self):
        """No words of a picture without the picture, nothing that only looks alive."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, self.jupyterlab(Path(folder)) as address, \
                sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as browser:
            page = browser.new_page(viewport={"width": 1200, "height": 1000})
            for notebook in self.notebooks:
                held = [data["text/html"] for data in outputs(notebook) if "text/html" in data]
                page.goto(f"{address}/lab/tree/{notebook.name}?reset")
                page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
                dialog = page.locator(".jp-Dialog button", has_text="No Kernel")
                with contextlib.suppress(Exception):
                    dialog.click(timeout=5000)
                page.wait_for_timeout(2000)
                seen = page.evaluate(SEEN)
                images = [image for output in seen for image in output["images"]]
                figures = sum(html.count(FIGURE) for html in held)
                assert len(images) == figures, f"{notebook.name}: {len(images)} pictures of {figures}"
                for image in images:
                    assert image["width"] > 100 and image["shown"] > 100 and len(image["words"]) > 10, f"{notebook.name}: {image}"
                assert not any(output["controls"] for output in seen), f"{notebook.name}: something looks alive"
                text = "\n".join(output["text"] for output in seen)
                remains = [words for words in REMAINS if words in text]
                assert not remains, f"{notebook.name} shows {remains}"
                sliders = sum(html.count('class="neurobook-sliders"') for html in held)
                assert text.count("Run the cell or trust the notebook") == sliders, f"{notebook.name}: {sliders} sliders"
                # A few to look at: a screenshot of each takes a minute and more.
                for index, output in enumerate(page.locator(".jp-OutputArea-output:has(img)").all()[:3]):
                    output.scroll_into_view_if_needed()
                    output.screenshot(path=PICTURES / f"{notebook.stem}-{index}.png")

    def every_export_has_the_figures_and_verdicts_that_it_can_hold(self):
        """HTML, cleaned HTML, LaTeX (and so PDF), reStructuredText, Markdown, slides."""
        command = ["python", "-c", EXPORT, *map(str, self.notebooks)]
        done = checkout.neurobook(*command, env={**os.environ, "NEUROBOOK_CACHE": str(cache())}, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        exports = json.loads(done.stdout)
        for notebook in self.notebooks:
            shown = outputs(notebook)
            figures = sum(data.get("text/html", "").count(FIGURE) for data in shown)
            pictures = sum("image/png" in data for data in shown)
            verdicts = sum("cases pass" in data.get("text/plain", "") for data in shown if "image/png" not in data)

            def holds(form, words, count):
                """Whether an export has them so often."""
                found = len(re.findall(words, exports[notebook.name][form]))
                assert found >= count, f"{notebook.name} as {form}: {words} {found} times of {count}"

            for form in ("html", "slides", "markdown", "rst"):
                holds(form, FIGURE, figures)
            holds("latex", r"\\adjustimage", pictures)
            holds("latex", "cases pass", verdicts)
            holds("cleaned", "alt=", figures)


def cache():
    """Where the private environment is."""
    return os.environ.get("NEUROBOOK_CACHE") or Path.home() / ".cache" / "neurobook"


def main():
    """Runs the notebooks, if need be, and looks at them."""
    folder = Path(sys.argv.pop(1)) if len(sys.argv) > 1 and Path(sys.argv[1]).is_dir() else None
    with tempfile.TemporaryDirectory() as temporary:
        if not folder:
            executed(Path(temporary))
        reader = Reader(folder or temporary)
        harness.run([
            reader.every_figure_and_slider_is_a_picture_in_a_notebook_that_is_not_trusted,
            reader.every_export_has_the_figures_and_verdicts_that_it_can_hold,
        ], seconds=900)


if __name__ == "__main__":
    main()
