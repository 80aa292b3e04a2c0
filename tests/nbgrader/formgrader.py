"""nbgrader's formgrader in real JupyterLab, in headless Chromium. Screenshots go to target/nbgrader-pages/."""
import contextlib
import os
import signal
import subprocess

from course import BIN, CHAPTER
from playwright.sync_api import expect, sync_playwright

import checkout
import lab

CHROMIUM = os.environ.get("NEUROBOOK_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PICTURES = checkout.ROOT / "target" / "nbgrader-pages"
TOKEN = "formgrader"


@contextlib.contextmanager
def jupyterlab(course):
    """JupyterLab with nbgrader, started in the course's folder; gives its address."""
    port = lab.free_port()
    options = [f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}", "--no-browser", "--LabApp.news_url=", "--ServerApp.allow_root=True"]
    with open(course.home / "jupyterlab.log", "w+", encoding="utf-8") as log:
        server = subprocess.Popen([BIN / "python", "-m", "jupyterlab", *options], cwd=course.folder, env=course.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        try:
            yield f"http://localhost:{port}"
        except BaseException:
            print((course.home / "jupyterlab.log").read_text(encoding="utf-8")[-4000:])
            raise
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)


def open_lab(page, address):
    """Opens JupyterLab, once it answers."""
    for attempt in range(60):
        try:
            page.goto(f"{address}/lab?token={TOKEN}")
            break
        except Exception:  # noqa: BLE001: nobody answers yet
            assert attempt < 59, "JupyterLab does not answer"
            page.wait_for_timeout(500)
    page.locator(".lm-MenuBar-item").first.wait_for(timeout=60_000)


def picture(page, name):
    """Takes a screenshot."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def mark_by_hand(course, student, exercise, points):
    """Finds the assignment in JupyterLab's formgrader, looks at a submission, and gives a written answer its points."""
    with course.grades(student) as (notebook, _):
        submission, score, most = notebook.id, notebook.score, notebook.max_score
    with jupyterlab(course) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        open_lab(page, address)
        page.locator(".lm-MenuBar-item", has_text="Nbgrader").click()
        page.locator(".lm-Menu-item:visible", has_text="Formgrader").first.click()
        forms = page.frame_locator("iframe[src*=formgrader]")
        row = forms.locator("tr", has_text=CHAPTER)
        expect(row.locator(".num-submissions")).to_have_text("4", timeout=30_000)
        picture(page, "formgrader")

        page.goto(f"{address}/formgrader/gradebook/{CHAPTER}/{CHAPTER}")
        expect(page.locator("tbody tr", has_text=f"{score:g} / {most:g}").first).to_be_visible(timeout=30_000)
        picture(page, "submissions")

        page.goto(f"{address}/formgrader/submissions/{submission}")
        box = page.locator(f"input.score[id='{exercise}']")
        expect(box).to_have_class("score tabbable needs_manual_grade")
        with page.expect_response(lambda response: "/api/grade/" in response.url and response.request.method == "PUT") as saved:
            box.fill(f"{points}")
            box.press("Tab")
        assert saved.value.ok, saved.value.status
        box.scroll_into_view_if_needed()
        picture(page, "written")
        page.locator("text=points").first.scroll_into_view_if_needed()
        picture(page, "marked")
        browser.close()
