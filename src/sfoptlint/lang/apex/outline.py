"""A class file without what its methods do: where each member stands and what it is called, for a fifth of the time.

The body of every method is blanked before the grammar reads the file, so that all offsets stay.
"""

import re
from collections.abc import Iterator

from sfoptlint.lang.apex.lexer import COMMENT, QUOTED
from sfoptlint.lang.apex.nodes import CompilationUnit
from sfoptlint.lang.apex.parser import parse

_BRACE = re.compile(
    rf"[)](?:[\s\ufeff]++ | {COMMENT})*+[{{] | [{{] | [}}] | {QUOTED} | {COMMENT}", re.DOTALL | re.VERBOSE
)
"""What opens a block, behind a parenthesis or not, and what closes it; what may hold a brace that does neither."""


def outline(text: str) -> CompilationUnit:
    """Return the tree of a class file as `parse` does, the bodies empty; all of it where the braces are not in pairs."""
    hollow = blanked(text)
    return parse(text if hollow is None else hollow)


def blanked(text: str) -> str | None:
    """Return a class file with blanks where its methods do something; None where the braces are not in pairs."""
    pieces, at = list[str](), 0
    try:
        for start, end in _bodies(text):
            pieces += text[at:start], " " * (end - start)
            at = end
    except ValueError:
        return None
    return "".join((*pieces, text[at:]))


def _bodies(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets between the braces of each block behind a parenthesis; raise ValueError where a brace is alone."""
    depth, body, start = 0, 0, 0
    for found in _BRACE.finditer(text):
        sign = text[found.start()]
        if sign == "}":
            if depth == body > 0:
                yield start, found.start()
                body = 0
            depth -= 1
            if depth < 0:
                raise ValueError("a brace closes nothing")
        elif sign in "){":
            depth += 1
            if sign == ")" and not body:
                body, start = depth, found.end()
    if depth:
        raise ValueError("a brace is never closed")
