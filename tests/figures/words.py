"""Whether every word of every figure is inside its picture and apart from the others, in two fonts, in Chromium.

Usage: target/playwright/bin/python tests/figures/words.py [FOLDER OF SVG FILES OR PAGES...]

Without a folder, of two hundred figures with random words, and of the chapters' in target/site.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("NEUROBOOK_CHROMIUM", "/usr/bin/chromium")
ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "target" / "site"
# The narrowest and the widest of the fonts that a figure names; each stands for those with its widths.
FONTS = [["Liberation Sans", "Arial", "Helvetica"], ["DejaVu Sans", "Verdana"]]

# A box has room for accents and tails; what a word has of it without them:
INK = (0.25, 0.2)

MEASURE = """([svg, font, [above, below]]) => {
  document.body.innerHTML = svg;
  const picture = document.querySelector("svg");
  picture.style.cssText = "max-width:none;position:absolute;left:0;top:0";
  picture.setAttribute("font-family", font);
  const page = picture.getBoundingClientRect();
  const words = Array.from(document.querySelectorAll("text"), (text) => {
    const box = text.getBoundingClientRect();
    const size = Number(text.getAttribute("font-size")) / 10;
    const lines = (text.getAttribute("transform") || "").includes("rotate") ? [0, size] : [size, 0];
    return {
      text: text.textContent,
      left: box.left + above * lines[1], right: box.right - below * lines[1],
      top: box.top + above * lines[0], bottom: box.bottom - below * lines[0],
    };
  }).filter(({ text }) => text);
  const faults = [];
  words.forEach((word, index) => {
    const { text, left, right, top, bottom } = word;
    if (left < page.left - 0.5 || right > page.right + 0.5 || top < page.top - 0.5 || bottom > page.bottom + 0.5) {
      faults.push(`"${text}" is outside: ${[left, top, right, bottom].map(Math.round)} of ${page.width} x ${page.height}`);
    }
    for (const other of words.slice(0, index)) {
      const across = Math.min(right, other.right) - Math.max(left, other.left);
      const down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
      if (across > 0.5 && down > 0.5) faults.push(`"${text}" lies over "${other.text}" by ${across.toFixed(1)} x ${down.toFixed(1)}`);
    }
  });
  return [words.length, faults];
}"""


def installed(names, page):
    """The first of the fonts that this machine has."""
    script = """(name) => {
      const width = (family) => {
        const span = document.createElement("span");
        span.style.cssText = `font:100px ${family};position:absolute;white-space:nowrap`;
        span.textContent = "mmmmWWWWiiiil";
        document.body.append(span);
        return span.getBoundingClientRect().width;
      };
      return width(`"${name}",monospace`) !== width("monospace");
    }"""
    found = [name for name in names if page.evaluate(script, name)]
    assert found, f"none of the fonts {', '.join(names)} is installed"
    return found[0]


def draw(folder):
    """Two hundred figures with random words."""
    cargo = ["cargo", "run", "-q", "-p", "neurobook", "--manifest-path", str(ROOT / "Cargo.toml"), "--example"]
    subprocess.run([*cargo, "random_figures", "--", str(folder)], check=True)


FIGURES = """(text) => Array.from(
  new DOMParser().parseFromString(text, "text/html").querySelectorAll("svg[role=img]"), (figure) => figure.outerHTML)"""


def pictures(folder, browser):
    """The figures in a folder, each with its name: files of their own, and those in pages."""
    for file in sorted(folder.rglob("*.svg")):
        yield f"{folder.name}/{file.name}", file.read_text(encoding="utf-8")
    for page in sorted(folder.glob("*.html")):
        found = browser.evaluate(FIGURES, page.read_text(encoding="utf-8"))
        yield from ((f"{page.name}, figure {number}", picture) for number, picture in enumerate(found, 1))


def main(folders):
    """Measures the figures of these folders; exits with their faults."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        if not folders:
            draw(Path(temporary))
            folders = [temporary, SITE]
            assert SITE.is_dir(), "the chapters' figures are in no page yet: `cargo run -- site` makes them"
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page(viewport={"width": 1600, "height": 1200})
        figures = [picture for folder in folders for picture in pictures(Path(folder), page)]
        assert figures, f"no figure in {', '.join(map(str, folders))}"
        faults = count = 0
        for font in [installed(names, page) for names in FONTS]:
            for name, figure in figures:
                words, found = page.evaluate(MEASURE, [figure, font, INK])
                count += words
                faults += len(found)
                for fault in found:
                    print(f"{name}, {font}: {fault}")
    print(f"{len(figures)} figures, {count} words in {len(FONTS)} fonts, {faults} faults")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main(sys.argv[1:])
