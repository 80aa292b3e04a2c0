"""The course as static pages under the Content-Security-Policy `default-src 'self'`, as institutions send it, in real Chromium.

Usage: python tests/site/policy.py [TEST…], with the packages of tests/jupyter/requirements.txt and Chromium. The site goes to
target/site, screenshots to target/site-pictures. Every test looks at it in three places: on a server below a sub-path, in
a sandboxed frame of another page, and as files; the first two send the policy.
"""
import contextlib
import re

from playwright.sync_api import expect, sync_playwright

from pages import CHROMIUM, FLAGS, FOLDER, PICTURES, Site, served, write
import harness

POLICY = ("Content-Security-Policy", "default-src 'self'")
# Says what is refused, to whoever gathers complaints.
LISTEN = """addEventListener("securitypolicyviolation", (event) =>
    console.error("refused by " + event.effectiveDirective + ": " + event.blockedURI + " " + event.sample));"""
PLACES = ("server", "frame", "file")


class Tests:
    """Each is one statement."""

    def __init__(self, site):
        self.site = site

    @contextlib.contextmanager
    def page(self, name, place, **options):
        """A page of the site in such a place: what to look at, and the page that it is in."""
        frame = f'<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>x</title><iframe sandbox="allow-scripts" width="1200" height="850" src="/a/course/{name}"></iframe>'
        with contextlib.ExitStack() as stack:
            address = stack.enter_context(served(self.site.folder, [POLICY], {"/a/frame.html": frame})) if place != "file" else None
            base = {"server": address, "frame": address and address.removesuffix("/course"), "file": None}[place]
            page = stack.enter_context(self.site.page("frame.html" if place == "frame" else name, base, prepare=self.prepare, **options))
            page.wait_for_load_state()
            shown = page.frames[1] if place == "frame" else page
            shown.wait_for_load_state()
            yield shown, page

    def prepare(self, page):
        """Listens to what is refused and to what does not come."""
        page.add_init_script(LISTEN)
        page.on("requestfailed", lambda request: self.site.complaints.append(f"{request.url} does not come: {request.failure}"))
        page.on("response", lambda response: self.site.complaints.append(f"{response.url}: {response.status}") if response.status >= 400 else None)

    def no_page_holds_a_script_a_style_or_a_picture_itself(self):
        """As the files say, without a browser. Data may stand in a page: no policy forbids it."""
        forbidden = [r"<style", r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", r"<[^>]*\sstyle=", r"<[^>]*\son\w+=", r"(?:src|href)=.?data:"]
        for page in self.site.folder.glob("*.html"):
            text = page.read_text(encoding="utf-8")
            found = [match.group()[:80] for pattern in forbidden for match in re.finditer(pattern, text)]
            assert not found, f"{page.name}: {found[:5]}"
        assert list((self.site.folder / "cells").glob("*.png")), "there is no picture, so this test sees nothing"

    def every_page_opens_and_nothing_is_refused(self):
        """With all of its pictures and styles."""
        pictures = 0
        for place in PLACES:
            for name in self.site.pages:
                with self.page(name, place) as (shown, _):
                    broken = shown.evaluate("""() => Promise.all(Array.from(document.querySelectorAll("image, img"), (picture) => new Promise((answer) => {
                        const other = new Image();
                        other.onload = () => answer("");
                        other.onerror = () => answer(picture.outerHTML.slice(0, 80));
                        other.src = picture.getAttribute("href") ?? picture.src;
                    })))""")
                    pictures += len(broken)
                    assert not any(broken), f"{name}, {place}: {[each for each in broken if each][:3]}"
                    lost = shown.evaluate("() => Array.from(document.querySelectorAll('.outputs svg[role=img]')).filter((figure) => getComputedStyle(figure).maxWidth !== '100%').length")
                    assert lost == 0, f"{name}, {place}: {lost} figures have lost their style"
        print(f"    {pictures} pictures in three places")
        assert pictures > 0
        self.site.expect_no_complaints()

    def a_verdict_has_its_colour(self):
        """What a check says has its edge: its style stood in attributes."""
        for place in PLACES:
            with self.page("00_rust_for_neuroscientists.html", place) as (shown, _):
                edges = shown.evaluate("() => Array.from(document.querySelectorAll('[role=status]'), (said) => getComputedStyle(said).borderLeft).filter((edge) => edge.startsWith('4px solid rgb(46, 160, 67)')).length")
                assert edges > 5, edges
        self.site.expect_no_complaints()

    def every_slider_moves_its_picture(self):
        """To its end, in the middle of its way, and back; the pictures in the pictures come, too."""
        moved, inner = 0, 0
        for place in PLACES:
            for name in self.site.chapters:
                with self.page(name, place) as (shown, page):
                    shown.evaluate("() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
                    for widget in shown.locator(".neurobook-sliders").all():
                        expect(widget.locator(".neurobook-controls")).to_be_visible()
                        expect(widget.locator(".neurobook-still")).to_be_hidden()
                        picture = widget.locator(".neurobook-picture")
                        for slider in widget.locator("input").all():
                            before = picture.inner_html()
                            at = slider.input_value()
                            for to in (slider.get_attribute("max"), "0", at):
                                slider.evaluate("(slider, to) => { slider.value = to; slider.dispatchEvent(new Event('input', { bubbles: true })); }", to)
                                page.wait_for_timeout(60)
                                inner += picture.locator("image").count()
                                svg = picture.locator("svg")
                                assert svg.evaluate("figure => getComputedStyle(figure).maxWidth") == "100%", f"{name}: style lost at {to}"
                            assert picture.inner_html() == before, f"{name}: back at {at}, the picture is another one"
                            slider.evaluate("slider => { slider.value = slider.value === slider.max ? Number(slider.max) - 1 : Number(slider.value) + 1; slider.dispatchEvent(new Event('input', { bubbles: true })); }")
                            shown.wait_for_function("([picture, before]) => picture.innerHTML !== before", arg=[picture.element_handle(), before])
                            moved += 1
                    page.wait_for_timeout(200)
        print(f"    {moved} sliders, {inner} pictures in their pictures")
        assert moved > 0 and inner > 0
        self.site.expect_no_complaints()

    def a_film_plays(self):
        """By its button."""
        for place in PLACES:
            with self.page("02_single_node_dynamics.html", place) as (shown, page):
                film = shown.locator(".neurobook-sliders", has=shown.locator(".neurobook-film")).first
                film.scroll_into_view_if_needed()
                before = film.locator(".neurobook-picture").inner_html()
                film.get_by_role("button", name="Play").click()
                page.wait_for_timeout(1500)
                film.get_by_role("button", name="Pause").click()
                assert film.locator(".neurobook-picture").inner_html() != before
        self.site.expect_no_complaints()

    def every_quiz_listens(self):
        """A question is answered, and something is said."""
        quizzes = 0
        for place in PLACES:
            for name in self.site.chapters:
                if "neurobook-quiz" not in (self.site.folder / name).read_text(encoding="utf-8"):
                    continue
                with self.page(name, place) as (shown, _):
                    for quiz in shown.locator(".neurobook-quiz").all():
                        question = quiz.locator(".neurobook-question", has=shown.locator("input[type=radio]")).first
                        question.locator("input").first.check()
                        question.get_by_role("button", name="Check").click()
                        expect(question.locator(".neurobook-said")).to_contain_text(re.compile("Right|Not yet"))
                        quizzes += 1
        print(f"    {quizzes} quizzes")
        assert quizzes > 0
        self.site.expect_no_complaints()

    def search_and_dark_work(self):
        """What the frame around each page does."""
        for place in PLACES:
            with self.page("index.html", place, color_scheme="light") as (shown, _):
                day = shown.evaluate("() => getComputedStyle(document.body).backgroundColor")
                shown.get_by_role("button", name="Dark").click()
                assert shown.evaluate("() => getComputedStyle(document.body).backgroundColor") != day
                shown.locator("#open-search").click()
                shown.get_by_label("Words to look for").fill("euler's meth")
                expect(shown.locator("#search li").first).to_be_visible()
        self.site.expect_no_complaints()

    def it_gets_its_pictures(self):
        """target/site-pictures: a page with heat maps, and one with sliders over heat maps, under the policy."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name in ("01_connectivity.html", "03_network.html"):
            with self.page(name, "server") as (_, page):
                page.screenshot(path=PICTURES / f"policy-{name.removesuffix('.html')}.png", full_page=True)


def main():
    """Writes the site, then looks at it."""
    write(FOLDER / "site")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser:
        tests = Tests(Site(browser, FOLDER / "site"))
        harness.run([
            tests.no_page_holds_a_script_a_style_or_a_picture_itself,
            tests.every_page_opens_and_nothing_is_refused,
            tests.a_verdict_has_its_colour,
            tests.every_slider_moves_its_picture,
            tests.a_film_plays,
            tests.every_quiz_listens,
            tests.search_and_dark_work,
            tests.it_gets_its_pictures,
        ])


if __name__ == "__main__":
    main()
