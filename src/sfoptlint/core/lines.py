"""From an offset into a text to a line and a column."""

import re
from bisect import bisect_right

from sfoptlint.core.location import Position

_LINE_END = re.compile(r"\r\n|\n|\r")


class LineIndex:
    """The starts of a text's lines, found when first asked for; `\\n`, `\\r\\n` and a lone `\\r` end a line."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []

    def position(self, offset: int) -> Position:
        """Return the line and column, both from 1, of a character offset from 0."""
        if not self._starts:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(self._text))]
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)
