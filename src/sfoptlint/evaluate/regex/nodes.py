"""A regular expression's tree."""

from dataclasses import dataclass
from enum import StrEnum

from sfoptlint.evaluate.regex.charset import CharSet


class Greed(StrEnum):
    """How a repetition chooses: as much as it can, as little, or as much without giving back."""

    GREEDY = "greedy"
    LAZY = "lazy"
    POSSESSIVE = "possessive"


class Anchor(StrEnum):
    """A place in the text."""

    START = "start"
    LINE_START = "line start"
    END = "end"
    LAST_LINE_END = "end, or before its line end"
    LINE_END = "line end"
    WORD_BOUNDARY = "word boundary"
    NO_WORD_BOUNDARY = "no word boundary"


@dataclass(frozen=True, slots=True)
class One:
    """One character of a set."""

    charset: CharSet


@dataclass(frozen=True, slots=True)
class At:
    """A place, no character."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other; without items, the empty text."""

    items: tuple["Regex", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first that leads to a match."""

    items: tuple["Regex", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """At least and at most so often; `most` None is without end."""

    item: "Regex"
    least: int
    most: int | None
    greed: Greed


@dataclass(frozen=True, slots=True)
class Group:
    """A capturing group, counted from 1."""

    item: "Regex"
    number: int


@dataclass(frozen=True, slots=True)
class Atomic:
    """What matches first is kept: `(?>..)`."""

    item: "Regex"


@dataclass(frozen=True, slots=True)
class Look:
    """What must, or must not, stand ahead or behind."""

    item: "Regex"
    ahead: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class Back:
    """What a group captured, again."""

    number: int
    ignore_case: bool


Regex = One | At | Sequence | Choice | Repeat | Group | Atomic | Look | Back
