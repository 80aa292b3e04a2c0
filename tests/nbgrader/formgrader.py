"""nbgrader's formgrader in real JupyterLab, in headless Chromium. Screenshots go to target/nbgrader-pages/."""
import contextlib
import os
import signal
import subprocess

from course import BIN, CHAPTER
from playwright.sync_api import Error, expect, sync_playwright

import checkout
import lab

CHROMIUM = os.environ.get("NEUROBOOK_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PICTURES = checkout.ROOT / "target" / "nbgrader-pages"
TOKEN = "formgrader"


@contextlib.contextmanager
def jupyterlab(course):
    """JupyterLab with nbgrader, started in the course's folder: gives a browser page, and the server's address."""
    port = lab.free_port()
    options = [f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}", "--no-browser", "--ServerApp.allow_root=True"]
    said = course.home / "jupyterlab.log"
    with open(said, "w", encoding="utf-8") as log:
        command = [BIN / "python", "-m", "jupyterlab", *options]
        server = subprocess.Popen(command, cwd=course.folder, env=course.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            open_lab(page, f"http://localhost:{port}")
            yield page, f"http://localhost:{port}"
            browser.close()
    except Exception:
        print(said.read_text(encoding="utf-8")[-4000:])
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
        except Error:
            assert attempt < 59, "JupyterLab does not answer"
            page.wait_for_timeout(500)
    page.locator(".lm-MenuBar-item").first.wait_for(timeout=60_000)


def picture(page, name):
    """Takes a screenshot."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(500)  # it scrolls smoothly
    page.screenshot(path=PICTURES / f"{name}.png")


def sees_the_course(page, submissions):
    """Opens the formgrader from JupyterLab's menu: it knows the assignment."""
    page.locator(".lm-MenuBar-item", has_text="Nbgrader").click()
    page.locator(".lm-Menu-item:visible", has_text="Formgrader").first.click()
    row = page.frame_locator("iframe[src*=formgrader]").locator("tr", has_text=CHAPTER)
    expect(row.locator(".num-submissions")).to_have_text(f"{submissions}", timeout=30_000)
    picture(page, "formgrader")


def sees_scores(page, address, scores):
    """Opens the list of submissions: it has these scores, written as `18 / 34`."""
    page.goto(f"{address}/formgrader/gradebook/{CHAPTER}/{CHAPTER}")
    rows = page.locator("tbody tr .score, tbody tr td:nth-child(3)")
    expect(rows).to_have_count(len(scores), timeout=30_000)
    assert sorted(row.strip() for row in rows.all_inner_texts()) == sorted(scores), rows.all_inner_texts()
    picture(page, "submissions")


def gives_points(page, address, submission, exercise, points):
    """Opens a submission and gives a written answer its points."""
    page.goto(f"{address}/formgrader/submissions/{submission}")
    box = page.locator(f"input.score[id='{exercise}']")
    expect(box).to_have_class("score tabbable needs_manual_grade")
    with page.expect_response(lambda response: "/api/grade/" in response.url and response.request.method == "PUT") as saved:
        box.fill(f"{points}")
        box.press("Tab")
    assert saved.value.ok, saved.value.status
    box.evaluate("box => box.scrollIntoView({block: 'center'})")
    picture(page, "written")


def sees_findings(page, exercise, text):
    """Looks at what stands below a check of the open submission."""
    check = page.locator(".cell", has=page.locator(f"input.score[id='{exercise}']"))
    expect(check).to_contain_text(text)
    check.evaluate("check => check.scrollIntoView({block: 'center'})")
    picture(page, "marked")


def runs_no_script(page, address, submission):
    """Opens a submission whose answers hold scripts."""
    page.goto(f"{address}/formgrader/submissions/{submission}")
    expect(page.locator("input.score").first).to_be_visible()
    page.wait_for_timeout(1000)
    assert page.evaluate("window.forged") is None, "a script of the submission ran as the teacher"
