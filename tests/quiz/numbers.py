"""How a quiz reads numbers as people write them, in Chromium.

Usage: target/playwright/bin/python tests/quiz/numbers.py
"""
import math
import os
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("NEUROBOOK_CHROMIUM", "/usr/bin/chromium")
READ = (Path(__file__).resolve().parents[2] / "src" / "quiz" / "number.js").read_text(encoding="utf-8")

# What is typed, the unit that is asked for, and the number that is meant.
MEANT = [
    ("0.25", "", 0.25), ("1/4", "", 0.25), ("-1/4", "", -0.25), ("¼", "", 0.25), ("½", "", 0.5), (".25", "", 0.25),
    ("0,25", "", 0.25), ("+3", "", 3), ("−3", "", -3), ("– 3", "", -3), ("≈ 0.25", "", 0.25), ("f = 0.25 Hz", "Hz", 0.25),
    ("250 mHz", "Hz", 0.25), ("0.25 Hz", "Hz", 0.25), ("0.25hz", "Hz", 0.25), ("250 milliseconds", "s", 0.25),
    ("250 ms", "s", 0.25), ("0.25 s", "ms", 250), ("0.05 V", "mV", 50), ("500 µV", "mV", 0.5), ("500 μV", "mV", 0.5),
    ("500 uV", "mV", 0.5), ("2 1/s", "Hz", 2), ("2 s⁻¹", "Hz", 2), ("2 s^-1", "1/s", 2), ("2/s", "1/s", 2), ("2 per second", "1/s", 2),
    ("3 kHz", "Hz", 3000), ("120 1/min", "Hz", 2), ("0.5 1/ms", "1/s", 500), ("90°", "rad", math.pi / 2), ("25 %", "", 0.25), ("25", "%", 25),
    ("2 min", "s", 120), ("10⁻³", "", 1e-3), ("10^-3", "", 1e-3), ("10**-3", "", 1e-3), ("1e-3", "", 1e-3), ("1E-3", "", 1e-3),
    ("2×10⁻³", "", 2e-3), ("2·10^-3", "", 2e-3), ("2 x 10^-3", "", 2e-3), ("2*10^(-3)", "", 2e-3), ("10⁻³ s", "ms", 1),
    ("1 000", "", 1000), ("1\u202f000", "", 1000), ("1'000", "", 1000), ("1_000", "", 1000), ("1,000,000", "", 1e6), ("1,234.5", "", 1234.5),
    ("1.234,5", "", 1234.5), ("1000", "", 1000), ("1.000", "", 1), ("0,250", "", 0.25), ("1234,567", "", 1234.567), ("2π", "", 2 * math.pi),
    ("π/2", "", math.pi / 2), ("pi/2 rad", "rad", math.pi / 2), ("2 pi", "", 2 * math.pi), ("sqrt(2)", "", 2**0.5), ("√2", "", 2**0.5),
    ("1/(2*pi)", "", 0.5 / math.pi), ("12.", "", 12), ("-0.5 mV.", "mV", -0.5), ("3 spikes", "spikes", 3),
]

# What could mean two things, or nothing.
UNCLEAR = [
    ("1,000", ""), ("12,345", "Hz"), ("1,2,3", ""), ("10-3", ""), ("a quarter", ""), ("", ""), ("-", ""), ("1/0", ""), ("2 s", "Hz"),
    ("3 apples", "s"), ("3 Hz", ""), ("1 + 2", ""), ("(2", ""), ("infinity", ""), ("1e999", ""), ("2..5", ""),
]


def main():
    """Reads them all."""
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as browser:
        page = browser.new_page()

        def read(text, unit):
            return page.evaluate(f"([text, unit]) => ({READ})(text, unit)", [text, unit])

        for text, unit, meant in MEANT:
            found = read(text, unit)
            assert "value" in found and math.isclose(found["value"], meant, rel_tol=1e-12), f"{text!r} in {unit!r}: {found}, not {meant}"
        for text, unit in UNCLEAR:
            found = read(text, unit)
            assert found.get("ask") and "value" not in found, f"{text!r} in {unit!r} is taken for {found}"
            assert "0.25" not in found["ask"], "an example could be the answer"
    print(f"{len(MEANT)} numbers are read, {len(UNCLEAR)} texts are asked about")


if __name__ == "__main__":
    main()
