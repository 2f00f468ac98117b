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
_LONG: Final = 4000


def members(pattern: str) -> tuple[str, ...]:
    """Return a few texts that the pattern probably matches, shortest ways first; none where it is no pattern."""
    try:
        tree = read_regex(pattern)
    except FormulaError:
        return ()
    return tuple(dict.fromkeys(islice(_texts(tree, _DEPTH), _MOST)))


def strangers(pattern: str) -> tuple[str, ...]:
    """Return a few texts that the pattern probably refuses: too long for it, and with characters that few patterns list."""
    try:
        tree = read_regex(pattern)
    except FormulaError:
        return ()
    longest = _longest(tree, _DEPTH)
    found = ["?", "\n", "\u00e9"]
    if longest is not None and longest < _LONG:
        found.append("x" * (longest + 1))
    return tuple(found)


def _longest(tree: Regex, depth: int) -> int | None:
    """Return the most characters that the tree takes, None where there is no end."""
    if depth == 0:
        return None
    match tree:
        case One():
            return 1
        case Sequence(items=items):
            return _total([_longest(item, depth - 1) for item in items])
        case Choice(items=items):
            counts = [_longest(item, depth - 1) for item in items]
            return None if None in counts else max((count for count in counts if count is not None), default=0)
        case Repeat(item=item, most=most):
            count = _longest(item, depth - 1)
            return None if count is None or most is None else count * most
        case Group(item=item) | Atomic(item=item):
            return _longest(item, depth - 1)
        case _:
            return 0


def _total(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


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
