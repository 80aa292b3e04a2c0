"""The course as a site, in real headless Chromium: nothing missing, nothing unreadable, nothing out of the keyboard's reach.

Usage: python tests/jupyter/pages.py, with the packages of tests/jupyter/requirements.txt and Chromium. NEUROBOOK_CHROMIUM
names another browser than Debian's. Screenshots go to target/browser/.
"""
import atexit
import os
import subprocess
import tempfile
import urllib.parse
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

import checkout
import harness

CHROMIUM = os.environ.get("NEUROBOOK_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PICTURES = checkout.TARGET / "browser"
FOLDER = tempfile.TemporaryDirectory(prefix="neurobook-site-")
SITE, GRADED = Path(FOLDER.name) / "site", Path(FOLDER.name) / "graded"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1300, "height": 900}

# The texts on the page whose contrast with what is behind them is too low: the ratio, and the beginning of the text.
PALE = r"""() => {
    const numbers = colour => {
        const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const known = new Map();
    const rgba = colour => known.get(colour) || (known.set(colour, numbers(colour)), known.get(colour));
    const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0);
    const behind = element => {
        const layers = [];
        for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
        return layers.reverse().reduce((below, layer) => over(layer, below), rgba(getComputedStyle(document.body).backgroundColor));
    };
    const shown = element => { let share = 1; for (let at = element; at; at = at.parentElement) share *= Number(getComputedStyle(at).opacity); return share; };
    const pale = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
        if (!text || /^(SCRIPT|STYLE|ANNOTATION)$/i.test(element.tagName) || !element.checkVisibility()) continue;
        const inPicture = element.closest("svg"), style = getComputedStyle(element), below = behind(element);
        const [r, g, b, a] = rgba(inPicture ? style.fill : style.color);
        const share = shown(element) * (inPicture ? Number(style.fillOpacity) : 1);
        // Numbers on the coloured squares of a matrix stand on what the picture draws, not on the page.
        if (inPicture && element.closest("[data-on-colour]")) continue;
        const [one, other] = [light(over([r, g, b, a * share], below)), light(below)];
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (ratio < 4.5) pale.push(`${ratio.toFixed(2)} ${text.slice(0, 40)}`);
    }
    return [...new Set(pale)];
}"""


def make(out, *options):
    """Makes a site."""
    done = subprocess.run([checkout.PROGRAM, "site", "--out", out, *options], cwd=checkout.ROOT, capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stderr


def files(folder=SITE):
    """The pages of a site."""
    return sorted(folder.glob("*.html"))


def chapters():
    """The pages of chapters."""
    return [path for path in files() if path.name[0].isdigit()]


class Visit:
    """A reader's browser, which notes what goes wrong."""

    def __init__(self, viewport=DESK, scheme="light"):
        self.complaints, self.viewport, self.scheme = [], viewport, scheme

    def __enter__(self):
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        self.page = self.browser.new_page(viewport=self.viewport, color_scheme=self.scheme)
        self.page.on("console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: request.url.startswith(("file:", "data:", "blob:")) or self.complaints.append(f"asks for {request.url}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"did not get {request.url}"))
        return self

    def open(self, path):
        """Opens a page from the disk and waits for its scripts."""
        self.page.goto(path.as_uri(), wait_until="load")
        return self.page

    def __exit__(self, *_):
        self.browser.close()
        self.playwright.stop()


def the_site_is_made_and_a_second_time_without_running_anything():
    """Executed chapters are kept."""
    make(SITE)
    first = {path.name: path.read_bytes() for path in SITE.iterdir()}
    assert len(chapters()) == len(checkout.notebooks("solution"))
    done = subprocess.run([checkout.PROGRAM, "site", "--out", SITE], cwd=checkout.ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "Running" not in done.stderr, done.stderr
    assert first == {path.name: path.read_bytes() for path in SITE.iterdir()}
    make(GRADED, "--graded")


def no_page_has_an_error_or_asks_for_anything_from_elsewhere():
    """Console, failed requests, foreign requests."""
    with Visit() as visit:
        for path in [*files(), *files(GRADED)]:
            visit.open(path)
            visit.page.wait_for_timeout(200)
            assert not visit.complaints, f"{path.name}: {visit.complaints[:5]}"


def all_links_lead_somewhere():
    """Pages, anchors, and the form of addresses elsewhere; ids are unique."""
    with Visit() as visit:
        links, ids = [], {}
        for path in files():
            page = visit.open(path)
            ids[path.name] = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
            links += [(path.name, link) for link in page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))")]
            doubled = {id for id in ids[path.name] if ids[path.name].count(id) > 1}
            assert not doubled, f"{path.name}: {doubled}"
        assert len(links) > 100, len(links)
        for where, link in links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("https", "http", "mailto") and (parts.netloc or parts.path), f"{where}: {link}"
                continue
            target = parts.path or where
            assert target in ids, f"{where}: {link} leads to no page"
            anchor = urllib.parse.unquote(parts.fragment)
            assert not anchor or anchor in ids[target], f"{where}: {link} leads to no place on {target}"


def every_text_has_a_contrast_of_at_least_4_5_in_light_and_in_dark():
    """With all folds open."""
    for scheme in ("light", "dark"):
        with Visit(scheme=scheme) as visit:
            for path in files():
                page = visit.open(path)
                page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
                pale = page.evaluate(PALE)
                assert not pale, f"{path.name}, {scheme}: {pale[:8]}"


def a_picture_has_words_for_those_who_do_not_see_it():
    """Every figure has a description; headings begin with the title, and there is one main part."""
    with Visit() as visit:
        for path in files():
            page = visit.open(path)
            silent = page.evaluate("[...document.querySelectorAll('main svg[role=img], main img')].filter(p => !(p.getAttribute('aria-label') || p.getAttribute('alt') || p.querySelector('title'))).length")
            assert silent == 0, f"{path.name}: {silent} pictures without words"
            assert page.evaluate("document.querySelector('main h1, main h2').tagName") == "H1", path.name
            assert page.evaluate("[document.documentElement.lang, document.title.length > 12, document.querySelectorAll('main').length].join()") == "en,true,1", path.name


def sliders_move_by_keyboard_and_the_picture_with_them():
    """In every chapter that has sliders, the first and the last of them."""
    moved = 0
    with Visit() as visit:
        for path in chapters():
            page = visit.open(path)
            widgets = page.locator(".neurobook-sliders")
            for index in {0, widgets.count() - 1} if widgets.count() else set():
                widget = widgets.nth(index)
                slider = widget.locator("input[type=range]").first
                expect(slider).to_be_visible(timeout=10_000)
                slider.focus()
                picture = lambda: widget.locator(".neurobook-picture").inner_html()
                before, value = picture(), slider.input_value()
                key = "ArrowRight" if value != slider.get_attribute("max") else "ArrowLeft"
                for _ in range(3):
                    page.keyboard.press(key)
                page.wait_for_timeout(250)
                assert slider.input_value() != value and picture() != before, f"{path.name}: slider {index} stands still"
                assert slider.get_attribute("aria-valuetext"), path.name
                moved += 1
    assert moved >= 2, moved


def the_keyboard_reaches_everything_and_is_seen():
    """Skip link, search, folds, the theme."""
    with Visit() as visit:
        page = visit.open(chapters()[0])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.url.endswith("#text")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        page.keyboard.type("iterators")
        expect(page.locator("#found a").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#found")).to_be_hidden()
        fold = page.locator("main details > summary").first
        fold.focus()
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        page.keyboard.press("Enter")
        assert page.locator("main details").first.get_attribute("open") is not None and outline != "none"
        page.locator("#theme").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        visit.open(chapters()[1])
        assert page.evaluate("document.documentElement.dataset.theme") == "dark", "the choice is forgotten on the next page"


def the_search_finds_a_word_in_another_chapter_and_leads_to_it():
    """By keyboard alone."""
    with Visit() as visit:
        page = visit.open(SITE / "index.html")
        page.keyboard.press("/")
        page.keyboard.type("kuramoto order parameter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/0*.html#*")
        assert page.evaluate("!!document.getElementById(decodeURIComponent(location.hash.slice(1)))")


def no_page_is_wider_than_a_phone():
    """Code, tables and formulas scroll by themselves."""
    with Visit(viewport=PHONE) as visit:
        for path in files():
            page = visit.open(path)
            page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{path.name} is {wide} pixels too wide"


def on_paper_there_is_text_and_no_navigation():
    """What the printer gets."""
    with Visit(scheme="dark") as visit:
        page = visit.open(chapters()[-1])
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        for part in ("header", "footer", ".contents", ".order"):
            expect(page.locator(part).first).to_be_hidden()
        assert page.locator("main details:not([open])").count() == 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def a_site_for_a_graded_class_has_no_solution_in_it():
    """No line that only a solution has, and no output that an answer made."""
    for solution in checkout.notebooks("solution"):
        name = solution.stem
        given = "\n".join(cell["source"] for cell in checkout.cells(checkout.ROOT / "notebooks" / "student" / f"{name}.ipynb") if checkout.about(cell).get("role") != "solution")
        with Visit() as visit:
            page = visit.open(GRADED / f"{name}.html")
            text = page.evaluate("document.querySelector('main').textContent")
        secrets = 0
        for cell in checkout.cells(solution):
            if checkout.about(cell).get("role") in ("answer", "text"):
                for line in cell["source"].splitlines():
                    line = line.strip()
                    if len(line) > 15 and line not in given and cell["cell_type"] == "code":
                        secrets += 1
                        assert line not in text, f"{name}: {line}"
        with Visit() as visit:
            folds = visit.open(GRADED / f"{name}.html").locator("main summary").all_inner_texts()
        assert not [fold for fold in folds if fold.startswith(("A solution", "Compare with a model"))], f"{name}: {folds}"
        assert secrets or not any(checkout.about(cell).get("role") == "answer" for cell in checkout.cells(solution)), name


def pictures_of_the_pages_for_people():
    """Nothing is asserted of beauty; somebody should look."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, viewport, scheme in (("desk", DESK, "light"), ("dark", DESK, "dark"), ("phone", PHONE, "light")):
        with Visit(viewport=viewport, scheme=scheme) as visit:
            for path in (SITE / "index.html", chapters()[-1]):
                visit.open(path).screenshot(path=PICTURES / f"site-{path.stem}-{name}.png", full_page=path.stem == "index")
                assert not visit.complaints, visit.complaints


if __name__ == "__main__":
    atexit.register(FOLDER.cleanup)
    harness.run(
        [
            the_site_is_made_and_a_second_time_without_running_anything,
            no_page_has_an_error_or_asks_for_anything_from_elsewhere,
            all_links_lead_somewhere,
            every_text_has_a_contrast_of_at_least_4_5_in_light_and_in_dark,
            a_picture_has_words_for_those_who_do_not_see_it,
            sliders_move_by_keyboard_and_the_picture_with_them,
            the_keyboard_reaches_everything_and_is_seen,
            the_search_finds_a_word_in_another_chapter_and_leads_to_it,
            no_page_is_wider_than_a_phone,
            on_paper_there_is_text_and_no_navigation,
            a_site_for_a_graded_class_has_no_solution_in_it,
            pictures_of_the_pages_for_people,
        ],
        seconds=1500,
        in_order=False,
    )
