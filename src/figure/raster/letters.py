"""Writes letters.bin, the outlines that the raster draws letters with, from DejaVu Sans.

Usage: python3 letters.py DejaVuSans.ttf    (needs fonttools)

The file is compressed (zlib). Each letter: its number in Unicode (2 bytes, little-endian), its advance, the count of its
contours; each contour: the count of its points; each point: the steps in x (doubled, plus 1 if the point is on the
curve) and y from the point before, as numbers of the slider's stream (interact/stream.rs). 256 units are one size.
"""
import sys
import zlib
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

LETTERS = [*range(0x21, 0x7F), *range(0xA1, 0x100), *range(0x391, 0x3CA), 0x3D1, 0x307, 0x308, 0x302, 0x304, 0x303, *map(ord, "ıœŒšŠžŽğĞşŞħ–—‘’“”„•…′″⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉₊₋∂∇∏∑−∓√∝∞∫∼≈≠≤≥∈⇒←→↑↓⟨⟩⋯ℓ✓✗")]


def number(value):
    """A number that is not negative, in groups of seven bits."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def folded(value):
    """A number with a sign as one without."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def outline(font, name):
    """A letter's advance and contours."""
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    plain = TTGlyphPen(None)
    pen.replay(plain)
    glyph = plain.glyph()
    scale = 256 / font["head"].unitsPerEm
    out = bytearray(number(round(glyphs[name].width * scale)))
    ends = list(glyph.endPtsOfContours) if glyph.numberOfContours else []
    out += number(len(ends))
    before, start = (0, 0), 0
    for end in ends:
        out += number(end + 1 - start)
        for index in range(start, end + 1):
            x, y = (round(value * scale) for value in glyph.coordinates[index])
            out += number(folded(x - before[0]) << 1 | glyph.flags[index] & 1) + number(folded(y - before[1]))
            before = (x, y)
        start = end + 1
    return bytes(out)


def main(path):
    """Writes the file beside this one."""
    font = TTFont(path)
    names = font.getBestCmap()
    known = [letter for letter in LETTERS if letter in names]
    content = b"".join(letter.to_bytes(2, "little") + outline(font, names[letter]) for letter in known)
    packed = zlib.compress(content, 9)
    (Path(__file__).parent / "letters.bin").write_bytes(packed)
    print(f"{len(known)} letters in {len(packed)} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
