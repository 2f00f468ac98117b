"""Texts that a regular expression matches, built from its tree; the evaluator has the last word on each."""

from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.regex.charset import CharSet, contains
from sfoptlint.evaluate.regex.nodes import Atomic, Choice, Group, One, Regex, Repeat, Sequence
from sfoptlint.evaluate.regex.reader import read_regex

_LIKELY: Final = "a0A1Zz9-_. @+/(),:;#'\"xX5\u00e9\t\n!$%&*=?[]^{|}~"
_PARTS: Final = 3
_MOST: Final = 6
_DEPTH: Final = 40


def members(pattern: str) -> tuple[str, ...]:
    """Return a few texts that the pattern probably matches, shortest ways first; none where it is no pattern."""
    try:
        tree = read_regex(pattern)
    except FormulaError:
        return ()
    return tuple(dict.fromkeys(islice(_texts(tree, _DEPTH), _MOST)))


def _texts(tree: Regex, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    match tree:
        case One(charset=charset):
            yield from _characters(charset)
        case Sequence(items=items):
            parts = [list(islice(_texts(item, depth - 1), _PARTS)) for item in items]
            # The last part varies first in a product, and every part's first text is the plainest.
            for chosen in islice(product(*parts), _MOST):
                yield "".join(chosen)
        case Choice(items=items):
            for item in items:
                yield from islice(_texts(item, depth - 1), 1)
        case Repeat(item=item, least=least, most=most):
            yield from _repeated(item, least, most, depth)
        case Group(item=item) | Atomic(item=item):
            yield from _texts(item, depth - 1)
        case _:
            # Anchors and look-around take no character; a text that they refuse is refused by the evaluator.
            yield ""


def _characters(charset: CharSet) -> Iterator[str]:
    found = (character for character in _LIKELY if contains(charset, character))
    yield from islice(found, _PARTS)


def _repeated(item: Regex, least: int, most: int | None, depth: int) -> Iterator[str]:
    counts = [least or (1 if most != 0 else 0), least]
    if most is not None and most <= 64:
        counts.append(most)
    parts = list(islice(_texts(item, depth - 1), _PARTS))
    for count in dict.fromkeys(counts):
        if count == 0:
            yield ""
        elif parts and count <= 255:
            yield parts[0] * count
