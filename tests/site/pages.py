"""What the tests of the static pages have in common: a site in a folder, a browser, a web server."""
import contextlib
import functools
import http.server
import json
import os
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "jupyter"))
import checkout  # noqa: E402: the folder is known only now

CHROMIUM = os.environ.get("NEUROBOOK_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
ASK = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
FOLDER = checkout.ROOT / "target"
PICTURES = FOLDER / "site-pictures"


class Site:
    """A site in a folder, and a browser to look at it."""

    def __init__(self, browser, folder):
        self.browser, self.folder = browser, folder
        self.pages = sorted(path.name for path in folder.glob("*.html"))
        self.chapters = [name for name in self.pages if name[0].isdigit()]
        self.complaints = []

    @contextlib.contextmanager
    def page(self, name="index.html", base=None, prepare=None, **options):
        """A page in a browser of its own; its complaints and requests to strangers are gathered.

        `prepare` is called with the page before it opens.
        """
        context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: message.type in ("error", "warning") and self.complaints.append(f"{name}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"{name}: {error}"))
        own = base or self.folder.as_uri()
        page.on("request", lambda request: self.complaints.append(f"{name} asks for {request.url}") if not request.url.startswith((own, "data:")) else None)
        if prepare:
            prepare(page)
        page.goto(f"{own}/{name}")
        try:
            yield page
        finally:
            context.close()

    def expect_no_complaints(self):
        """Since the last time."""
        complaints, self.complaints = self.complaints, []
        assert not complaints, "\n".join(complaints[:20])


def ask(page, what, *arguments):
    """Calls a function of page.js in the page."""
    return page.evaluate(f"arguments => ({ASK})[{json.dumps(what)}](...arguments)", list(arguments))


@contextlib.contextmanager
def served(folder, headers=(), others=None):
    """A web server on this machine whose folder /a/course/ is the site: gives its address.

    It sends these headers with each file of the site. `others` are the texts of pages outside of it, by path.
    """
    class Quiet(http.server.SimpleHTTPRequestHandler):
        """Says nothing, and serves the site below a folder."""

        def log_message(self, *_):
            """Not a word."""

        def end_headers(self):
            """With the headers that are asked for, on what belongs to the site."""
            for name, value in headers if self.path.startswith("/a/course/") else ():
                self.send_header(name, value)
            super().end_headers()

        def do_GET(self):
            """One of the other pages, or a file."""
            text = (others or {}).get(self.path)
            if text is None:
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def translate_path(self, path):
            """The file of the site; what is outside of it is not there."""
            inside = path.removeprefix("/a/course/")
            return super().translate_path("/" + inside) if inside != path else str(folder / "missing")

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/a/course"
    finally:
        server.shutdown()


def write(out, *flags):
    """Runs `neurobook site`."""
    begin = time.monotonic()
    done = checkout.neurobook("site", "--out", str(out), *flags, cwd=checkout.ROOT, timeout=1500)
    assert done.returncode == 0, f"there is no site:\n{done.stdout}{done.stderr}"
    print(f"{' '.join(['neurobook site', *flags])}: {time.monotonic() - begin:.1f} s; {done.stderr.strip().splitlines()[-1]}", flush=True)
