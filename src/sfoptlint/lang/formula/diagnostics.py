"""What is wrong with a formula, said once, at the place where it is."""

from dataclasses import dataclass
from enum import StrEnum

from sfoptlint.core.location import Position
from sfoptlint.lang.formula.nodes import Span


class Problem(StrEnum):
    """The kind of a diagnostic; every one but `SYNTAX` and `NESTING` leaves a tree to work with."""

    SYNTAX = "syntax"
    NESTING = "nesting"
    UNKNOWN_FUNCTION = "unknown_function"
    ARGUMENT_COUNT = "argument_count"
    CONTEXT = "context"
    """The function exists, but the platform does not allow it in a formula of this kind."""
    UNRESOLVED = "unresolved"
    """A name that nothing is known for."""
    UNSUPPORTED = "unsupported"
    """A function that the platform documents and that this program does not evaluate."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: where, what, and perhaps what was meant."""

    problem: Problem
    message: str
    span: Span
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class FormulaSyntaxError(Exception):
    """The text is no formula. Nothing else is ever raised by the parser."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def position(text: str, offset: int) -> Position:
    """Return the line and column, both from 1, of an offset into a formula's text; CRLF is one line end."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n")
    return Position(line + 1, len(before) - (before.rfind("\n") + 1) + 1)
