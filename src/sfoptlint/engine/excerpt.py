"""Cuts the source line out of a file that a finding stands in."""

from sfoptlint.core.location import Excerpt, Place
from sfoptlint.metadata.xml import decode, encoding_of
from sfoptlint.source.source import Source, UnreadableError

WINDOW = 160
"""Characters of a line that a report shows; a file without line ends is one line."""
_STRIDE = 2**16
"""Bytes whose lines are counted at a time."""


def excerpt_of(source: Source, place: Place) -> Excerpt | None:
    """Return the line of a place, or None where there is none to show."""
    try:
        found = _line(source.read(place.path), place.line)
    except UnreadableError:
        return None
    if found is None:
        return None
    line = found.rstrip("\r").expandtabs(1)
    start = 0 if len(line) <= WINDOW else max(0, place.column - 1 - WINDOW // 4)
    text = line[start : start + WINDOW]
    if not text.strip():
        return None
    column = place.column - start
    return Excerpt(text, column, max(1, min(_width(text, column, place.width), len(text) - column + 1)))


def _line(data: bytes, number: int) -> str | None:
    """Return a line by its number, or None where there are not so many; of a large profile the rest is only counted."""
    text = data if encoding_of(data) == "utf-8" else decode(data).encode()
    start, left = 0, number - 1
    while start < len(text) and (passed := text.count(b"\n", start, start + _STRIDE)) < left:
        start, left = start + _STRIDE, left - passed
    lines = text[start:].split(b"\n", left + 1)
    return lines[left].decode("utf-8", "replace") if left < len(lines) else None


def _width(text: str, column: int, width: int) -> int:
    """A place that names no width of its own speaks of the element that starts there, up to the end of its start tag."""
    if width > 1 or text[column - 1 : column] != "<":
        return width
    return text.find(">", column) + 2 - column if ">" in text[column:] else width
