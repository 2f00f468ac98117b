"""The source line of a finding, in its three parts, and how wide text is on a terminal."""

from dataclasses import dataclass

from sfoptlint.core.location import Excerpt
from sfoptlint.core.printable import printable


@dataclass(frozen=True, slots=True)
class Line:
    """A source line that is safe to show: what comes before the place, the place itself, and what comes after it."""

    before: str
    marked: str
    after: str


def split(excerpt: Excerpt) -> Line:
    """Cut a source line at the place, and make each part safe to show."""
    start = excerpt.column - 1
    end = start + excerpt.width
    return Line(printable(excerpt.text[:start]), printable(excerpt.text[start:end]), printable(excerpt.text[end:]))


def cells(text: str) -> int:
    """Return how many cells of a terminal a line takes (Unicode Standard Annex #11, East Asian Width).

    Wide and full-width characters take two; marks that combine with the character before them take none.
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width  # noqa: PLC0415 - most source lines are ASCII

    return sum(0 if category(c) in ("Mn", "Me") else 1 + (east_asian_width(c) in "WF") for c in text)
