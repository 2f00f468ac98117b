"""Offsets to lines and columns."""

import pytest

from sfoptlint.core.lines import LineIndex
from sfoptlint.core.location import Position


@pytest.mark.parametrize(
    ("offset", "line", "column"), [(0, 1, 1), (1, 1, 2), (2, 2, 1), (4, 3, 1), (5, 4, 1), (6, 4, 2)]
)
def test_every_kind_of_line_end_counts_once(offset: int, line: int, column: int) -> None:
    assert LineIndex("a\n\r\n\rbc").position(offset) == Position(line, column)
