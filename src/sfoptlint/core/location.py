"""Where something stands: a file, a line and a column, with the line itself for a report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A line and a column of a file, both from 1; columns count characters, not bytes."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a named file, and how many characters from there on it speaks of.

    `path` has forward slashes and is relative to the folder that was linted.
    """

    path: str
    line: int = 1
    column: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One source line, cut to a readable window, so that a report needs no file to show it.

    `column` is where the place starts within `text`, from 1.
    """

    text: str
    column: int
    width: int
