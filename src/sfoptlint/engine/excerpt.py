"""Cuts the source line out of a file that a finding stands in."""

from sfoptlint.core.location import Excerpt, Place
from sfoptlint.metadata.xml import decode
from sfoptlint.source.source import Source, UnreadableError

WINDOW = 160
"""Characters of a line that a report shows; a file without line ends is one line."""


def excerpt_of(source: Source, place: Place) -> Excerpt | None:
    """Return the line of a place, or None where there is none to show."""
    try:
        lines = decode(source.read(place.path)).split("\n")
    except UnreadableError:
        return None
    if place.line > len(lines):
        return None
    line = lines[place.line - 1].rstrip("\r").expandtabs(1)
    start = 0 if len(line) <= WINDOW else max(0, place.column - 1 - WINDOW // 4)
    text = line[start : start + WINDOW]
    if not text.strip():
        return None
    column = place.column - start
    return Excerpt(text, column, max(1, min(_width(text, column, place.width), len(text) - column + 1)))


def _width(text: str, column: int, width: int) -> int:
    """A place that names no width of its own speaks of the element that starts there, up to the end of its start tag."""
    if width > 1 or text[column - 1 : column] != "<":
        return width
    return text.find(">", column) + 2 - column if ">" in text[column:] else width
