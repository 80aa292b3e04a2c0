"""The course as static pages, in real headless Chromium: opened as files, and from a folder of a web server.

Usage: python tests/site/site.py [TEST…], with the packages of tests/jupyter/requirements.txt and Chromium. NEUROBOOK_CHROMIUM
names another browser than Debian's. The sites go to target/site and target/site-graded, screenshots to target/site-pictures.
"""
import re
import urllib.parse
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from pages import CHROMIUM, FLAGS, FOLDER, PICTURES, Site, ask, checkout, served, write
import harness

LEAST_CONTRAST = 4.5


def secrets(chapter):
    """What only a solution has, and no chapter gives: its lines, without numbers of a list and formulas."""
    mark = re.compile(r"^(//)?\s*(\d+\. |- )?")
    secret = [piece.strip() for line in split(chapter)[0] for piece in re.split(r"\$[^$]*\$", mark.sub("", line))]
    given = "\n".join(line for each in chapter.parent.glob("*.rs") for line in split(each)[1])
    # A word or two may stand anywhere.
    return [piece for piece in secret if piece not in given and len(plain(piece)) > 15]


def split(chapter):
    """The lines inside of a chapter's solutions, and all others."""
    secret, others, inside = [], [], False
    for line in map(str.strip, chapter.read_text(encoding="utf-8").splitlines()):
        if line == "// SOLUTION":
            inside = True
        elif line == "// STUB":
            inside = False
        else:
            (secret if inside else others).append(line)
    return secret, others


def plain(text):
    """Without marks and blanks, by which a line differs from what a page shows of it."""
    return re.sub(r"[\s*`_|\\]+", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text))


def visible_text(page):
    """All of a page's words, folded or not; formulas are left out, as `plain` does."""
    return plain(page.evaluate("() => { const body = document.body.cloneNode(true); body.querySelectorAll('math').forEach((math) => math.remove()); return body.textContent; }"))


class Tests:
    """Each is one statement."""

    def __init__(self, site, graded):
        self.site, self.graded = site, graded

    def every_page_opens_without_a_complaint_and_asks_nobody_else(self):
        """As files, and below a server's sub-path."""
        with served(self.site.folder) as address:
            for base in (None, address):
                for name in self.site.pages:
                    with self.site.page(name, base) as page:
                        page.wait_for_load_state()
                        page.keyboard.press("/")
                        expect(page.locator("#search p")).to_have_text("")  # the index has come
        self.site.expect_no_complaints()

    def every_link_leads_somewhere(self):
        """Links to pages and anchors of both sites; those to elsewhere by their form."""
        for site in (self.site, self.graded):
            anchors, links = {}, {}
            for name in site.pages:
                with site.page(name) as page:
                    ids = ask(page, "ids")
                    anchors[name], links[name] = set(ids), ask(page, "links")
                    twice = {each for each in ids if ids.count(each) > 1}
                    assert not twice, f"{name} has two of {sorted(twice)[:5]}"
            count = 0
            for name, addresses in links.items():
                for address in addresses:
                    parts = urllib.parse.urlsplit(address)
                    count += 1
                    if parts.scheme:
                        assert parts.scheme == "https" and "." in parts.netloc, f"{name}: {address}"
                        continue
                    target = parts.path or name
                    assert target in anchors, f"{name} links to {address}, and there is no such page"
                    fragment = urllib.parse.unquote(parts.fragment)
                    assert not fragment or fragment in anchors[target], f"{name} links to {address}, and there is no such place"
            print(f"    {len(site.pages)} pages, {count} links")

    def every_page_has_its_outline(self):
        """Title, description, landmarks, headings in order, names for all controls and figures."""
        titles = set()
        for name in self.site.pages:
            with self.site.page(name) as page:
                problems = ask(page, "outline")
                assert not problems, f"{name}: " + "; ".join(problems[:8])
                titles.add(page.title())
        assert len(titles) == len(self.site.pages), titles

    def every_text_stands_out_by_day_and_by_night(self):
        """All that is folded is unfolded first."""
        for name in self.site.pages:
            for scheme in ("light", "dark"):
                with self.site.page(name, color_scheme=scheme) as page:
                    ask(page, "unfold")
                    page.wait_for_timeout(200)
                    result = ask(page, "faint", LEAST_CONTRAST)
                    assert not result["found"], f"{name}, {scheme}: {len(result['found'])} of {result['count']}:\n" + "\n".join(result["found"][:12])
                    if name in self.site.chapters:
                        assert result["count"] > 100, f"{name} has {result['count']} texts"

    def a_phone_never_scrolls_sideways(self):
        """360 pixels wide, with all folds open."""
        for name in self.site.pages:
            with self.site.page(name, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as page:
                ask(page, "unfold")
                page.wait_for_timeout(200)
                assert page.evaluate("() => document.documentElement.scrollWidth") <= 360, f"{name}: {ask(page, 'wide')[:5]}"

    def on_a_phone_every_picture_keeps_the_width_in_which_its_words_can_be_read(self):
        """Whatever stands below it in the same output: 60 % of its width, or 560 pixels if that is less, or half. A film fits."""
        narrow = """() => [...document.querySelectorAll(".outputs svg")].filter(svg => !svg.closest(".outputs").querySelector(".neurobook-film")).map(svg => {
            const width = Number(svg.getAttribute("width"));
            return [svg.getBoundingClientRect().width, Math.max(Math.min(width * 0.6, 560), width * 0.5), svg.getAttribute("aria-label") || ""];
        }).filter(([shown, least]) => shown > 0 && shown < least - 1)"""
        for name in self.site.chapters:
            with self.site.page(name, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as page:
                ask(page, "unfold")
                page.wait_for_timeout(200)
                assert not page.evaluate(narrow), f"{name}: {page.evaluate(narrow)[:4]}"

    def a_line_of_prose_has_about_seventy_letters(self):
        """On a large screen, in the middle of all paragraphs."""
        for name in self.site.chapters:
            with self.site.page(name) as page:
                letters = ask(page, "measure")
                if letters is not None:
                    print(f"    {name}: {letters:.0f}")
                    assert 60 <= letters <= 80, f"{name}: {letters:.0f} letters a line"

    def the_keyboard_reaches_everything_and_the_focus_shows(self):
        """Skip link, search, switch, folds, sliders: from the top, with Tab alone."""
        wanted = {"open-search", "theme", "summary", "range"}
        name = next(name for name in self.site.chapters if self.holds(name, "summary") and self.holds(name, "neurobook-sliders"))
        with self.site.page(name) as page:
            page.keyboard.press("Tab")
            assert page.evaluate("() => document.activeElement.className") == "skip"
            for _ in range(600):
                page.keyboard.press("Tab")
                focus = ask(page, "focus")
                assert focus["shown"], f"the focus does not show on {focus}"
                kind = page.evaluate("() => document.activeElement.type === 'range' ? 'range' : document.activeElement.id || document.activeElement.localName")
                if kind == "summary" and kind in wanted:
                    page.keyboard.press("Enter")
                    assert page.evaluate("() => document.activeElement.parentElement.open"), "Enter does not unfold"
                wanted.discard(kind)
                if not wanted:
                    break
            assert not wanted, f"Tab does not come to {wanted}"

    def holds(self, name, what):
        """Whether a page's text has this in it."""
        return what in (self.site.folder / name).read_text(encoding="utf-8")

    def arrow_keys_move_every_slider_and_its_picture(self):
        """One step there and back, on every slider of every chapter that has some."""
        moved = 0
        for name in self.site.chapters:
            with self.site.page(name) as page:
                for widget in page.locator(".neurobook-sliders").all():
                    expect(widget.locator(".neurobook-controls")).to_be_attached()
                    picture = widget.locator(".neurobook-picture")
                    for slider in widget.locator("input").all():
                        if not slider.is_visible():
                            slider.evaluate("slider => { for (let fold = slider.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true; }")
                        slider.focus()
                        before = picture.inner_html()
                        at_the_end = slider.evaluate("slider => slider.value === slider.max")
                        page.keyboard.press("ArrowLeft" if at_the_end else "ArrowRight")
                        page.wait_for_function("([picture, before]) => picture.innerHTML !== before", arg=[picture.element_handle(), before])
                        page.keyboard.press("ArrowRight" if at_the_end else "ArrowLeft")
                        page.wait_for_function("([picture, before]) => picture.innerHTML === before", arg=[picture.element_handle(), before])
                        moved += 1
        print(f"    {moved} sliders")
        assert moved > 0
        self.site.expect_no_complaints()

    def a_film_plays_at_thirty_pictures_a_second_and_jumps_where_motion_is_unwanted(self):
        """Opened from a file: by its button, by the space bar, and once a second for who asks for less motion."""
        watch = """film => {
            const [slider, output] = [film.querySelector("input"), film.querySelector("output")];
            film.seen = [];
            const look = () => film.seen.push([performance.now() / 1000, Number(slider.value)]);
            new MutationObserver(look).observe(output, { childList: true, characterData: true, subtree: true });
        }"""
        for motion, most in (("no-preference", 33), ("reduce", 2)):
            with self.site.page("02_single_node_dynamics.html", reduced_motion=motion) as page:
                films = page.locator(".neurobook-sliders", has=page.locator(".neurobook-film"))
                expect(films).to_have_count(2)
                film = films.first
                slider, button = film.locator("input").first, film.get_by_role("button", name="Play")
                film.scroll_into_view_if_needed()
                film.evaluate(watch)
                button.click()
                page.wait_for_timeout(3500)
                slider.focus()
                page.keyboard.press(" ")
                seen = film.evaluate("film => film.seen")
                (begin, first), (end, last) = seen[0], seen[-1]
                shown, pace = (len(seen) - 1) / (end - begin), (last - first) / (end - begin)
                print(f"    {motion}: {shown:.1f} pictures and {pace:.1f} positions a second")
                # A slow machine passes over pictures; the film keeps its pace.
                assert 0 < shown < most and abs(pace - 30) < 5, seen
                page.wait_for_timeout(300)
                assert len(film.evaluate("film => film.seen")) == len(seen), "it goes on after the space bar"
                PICTURES.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=PICTURES / f"film-{motion}.png")
        self.site.expect_no_complaints()

    def the_search_finds_by_keyboard_and_leads_there(self):
        """`/`, two words, an arrow, Enter; Escape closes. No solution is in its index."""
        with self.site.page("index.html") as page:
            page.keyboard.press("/")
            expect(page.locator("#search")).to_be_visible()
            expect(page.get_by_label("Words to look for")).to_be_focused()
            page.keyboard.type("euler's meth")
            expect(page.locator("#search li").first).to_be_visible()
            assert "euler's meth" in page.locator("#search li").first.inner_text().lower()
            assert page.locator("#search li mark").count() > 1
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / "search.png")
            page.keyboard.press("ArrowDown")
            address = page.evaluate("() => document.activeElement.href")
            page.keyboard.press("Enter")
            page.wait_for_url(address)
            page.keyboard.press("/")
            page.keyboard.type("xyzzy")
            expect(page.locator("#search p")).to_contain_text("Nothing found")
            page.keyboard.press("Escape")
            expect(page.locator("#search")).to_be_hidden()
        index = plain((self.site.folder / "search.js").read_text(encoding="utf-8"))
        for chapter in self.sources():
            told = [line for line in secrets(chapter) if plain(line) in index]
            assert not told, f"the search tells {told[:3]}"
        self.site.expect_no_complaints()

    def dark_follows_the_system_and_the_readers_choice_is_remembered(self):
        """The switch, a reload, and back to following."""
        def ground(page):
            return page.evaluate("() => getComputedStyle(document.body).backgroundColor")

        with self.site.page(color_scheme="dark") as page:
            night = ground(page)
        with self.site.page(color_scheme="light") as page:
            day = ground(page)
            assert day != night
            button = page.get_by_role("button", name="Dark")
            button.click()
            assert ground(page) == night
            page.reload()
            assert ground(page) == night, "the choice is forgotten"
            expect(button).to_have_attribute("aria-pressed", "true")
            button.click()
            assert ground(page) == day
            page.emulate_media(color_scheme="dark")
            assert ground(page) == night, "back at the system's choice, the page does not follow it"

    def a_print_has_all_folds_open_and_no_navigation(self):
        """As a PDF, and as the style sheet for print shows it."""
        for name in self.site.chapters:
            with self.site.page(name) as page:
                if name == self.site.chapters[0]:
                    PICTURES.mkdir(parents=True, exist_ok=True)
                    page.pdf(path=PICTURES / "print.pdf", format="A4", margin={edge: "18mm" for edge in ("top", "bottom", "left", "right")})
                    pages = (PICTURES / "print.pdf").read_bytes().count(b"/Type /Page\n")
                    print(f"    {name}: {pages or 'some'} pages of paper")
                page.emulate_media(media="print")
                page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
                for away in (".bar", ".contents", ".turn"):
                    expect(page.locator(away).first).to_be_hidden()
                assert page.locator("main details:not([open])").count() == 0, f"{name} has folds on paper"
                page.evaluate("() => dispatchEvent(new Event('afterprint'))")
                folds = page.locator("main details.solution")
                assert folds.count() == 0 or not folds.first.evaluate("fold => fold.open"), "after printing, the solutions lie open"

    def without_scripts_all_can_be_read(self):
        """The switches that need a script are not there; the figures are."""
        with self.site.page(self.site.chapters[-1], java_script_enabled=False) as page:
            expect(page.locator("#open-search")).to_be_hidden()
            expect(page.locator("main h1")).to_be_visible()
            assert page.locator("main svg").count() > 0

    def a_graded_site_tells_no_solution(self):
        """Neither in a page, folded or not, nor in the search; the other site does."""
        index = plain((self.graded.folder / "search.js").read_text(encoding="utf-8"))
        for chapter in self.sources():
            lines = secrets(chapter)
            if not lines:
                continue
            name = f"{chapter.stem}.html"
            with self.graded.page(name) as page:
                text = visible_text(page)
                assert page.locator("details.solution").count() == 0
            told = [line for line in lines if plain(line) in text or plain(line) in index]
            assert not told, f"{name} tells {told[:3]}"
            with self.site.page(name) as page:
                text = visible_text(page)
            known = [line for line in lines if plain(line) in text]
            print(f"    {name}: {len(known)} of {len(lines)} lines are in the ungraded page, none in the graded one")
            assert len(known) > len(lines) * 0.9, f"{name} shows few of its solutions, so this test sees little"
        self.graded.expect_no_complaints()

    def sources(self):
        """The chapters' sources."""
        return sorted((checkout.ROOT / "notebooks").glob("*.rs"))

    def it_gets_its_pictures(self):
        """target/site-pictures: every page on a screen, by night, on a phone."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        phone = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
        for name in self.site.pages:
            for kind, options in [("screen", {}), ("night", {"color_scheme": "dark"}), ("phone", phone)]:
                with self.site.page(name, **options) as page:
                    page.screenshot(path=PICTURES / f"{Path(name).stem}-{kind}.png")


def main():
    """Writes both sites, then looks at them."""
    write(FOLDER / "site")
    write(FOLDER / "site-graded", "--graded")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser:
        tests = Tests(Site(browser, FOLDER / "site"), Site(browser, FOLDER / "site-graded"))
        harness.run([
            tests.every_page_opens_without_a_complaint_and_asks_nobody_else,
            tests.every_link_leads_somewhere,
            tests.every_page_has_its_outline,
            tests.every_text_stands_out_by_day_and_by_night,
            tests.a_phone_never_scrolls_sideways,
            tests.a_line_of_prose_has_about_seventy_letters,
            tests.the_keyboard_reaches_everything_and_the_focus_shows,
            tests.arrow_keys_move_every_slider_and_its_picture,
            tests.a_film_plays_at_thirty_pictures_a_second_and_jumps_where_motion_is_unwanted,
            tests.the_search_finds_by_keyboard_and_leads_there,
            tests.dark_follows_the_system_and_the_readers_choice_is_remembered,
            tests.a_print_has_all_folds_open_and_no_navigation,
            tests.without_scripts_all_can_be_read,
            tests.a_graded_site_tells_no_solution,
            tests.it_gets_its_pictures,
        ])


if __name__ == "__main__":
    main()
