"""A Java regular expression as a language of z3: the texts that it matches from end to end.

Each part is translated together with what follows it to the end of the text, so that a look ahead is an intersection. What has no
such meaning (captures, what stands behind, possessive loops) is not translated.
"""

import unicodedata
from functools import cache
from typing import Any, Final

from sfoptlint.decide.z3.terms import LAST_CHARACTER
from sfoptlint.evaluate.regex.charset import (
    LINE_END,
    Category,
    CharSet,
    Complement,
    Folded,
    Intersection,
    Ranges,
    Union,
    contains,
)
from sfoptlint.evaluate.regex.nodes import (
    Anchor,
    At,
    Choice,
    Greed,
    Group,
    Look,
    One,
    Regex,
    Repeat,
    Sequence,
)

_LAST: Final = 0x10FFFF
_MOST: Final = 255
_Spans = tuple[tuple[int, int], ...]


class UntranslatedError(Exception):
    """Something in the expression that z3's languages have not."""


def translated(z3: Any, tree: Regex) -> Any:
    """Return the language; raises `UntranslatedError`."""
    return _Translation(z3).with_rest(tree, None, first=True)


class _Translation:
    """One expression; a rest of None is the end of the text."""

    def __init__(self, z3: Any) -> None:
        self._z3 = z3
        sort = z3.ReSort(z3.StringSort())
        self._nothing, self._all, self._none = z3.Re(z3.StringVal("")), z3.Full(sort), z3.Empty(sort)

    def with_rest(self, node: Regex, rest: Any, *, first: bool) -> Any:
        """Return the texts that begin with the node and go on with the rest; `first` says that nothing stands before."""
        plain = self._plain(node)
        if plain is not None:
            return plain if rest is None else self._z3.Concat(plain, rest)
        match node:
            case Group(item=item):
                return self.with_rest(item, rest, first=first)
            case Sequence(items=items):
                return self._sequence(items, rest, first=first)
            case Choice(items=items):
                return self._union([self.with_rest(item, rest, first=first) for item in items])
            case Repeat(item=item, least=0, most=1, greed=greed) if greed is not Greed.POSSESSIVE:
                return self._union([self.with_rest(item, rest, first=first), self._end(rest)])
            case At(anchor=anchor):
                return self._anchored(anchor, rest, first=first)
            case Look(item=item, ahead=True, negated=negated):
                seen = self.with_rest(item, self._all, first=first)
                seen = self._z3.Complement(seen) if negated else seen
                return self._z3.Intersect(seen, self._end(rest))
            case _:
                raise UntranslatedError

    def _end(self, rest: Any) -> Any:
        return self._nothing if rest is None else rest

    def _sequence(self, items: tuple[Regex, ...], rest: Any, *, first: bool) -> Any:
        starts = [first and all(isinstance(item, At | Look) for item in items[:at]) for at in range(len(items))]
        for item, start in reversed(list(zip(items, starts, strict=True))):
            rest = self.with_rest(item, rest, first=start)
        return self._end(rest)

    def _anchored(self, anchor: Anchor, rest: Any, *, first: bool) -> Any:
        z3 = self._z3
        match anchor:
            case Anchor.START | Anchor.LINE_START if first:
                return self._end(rest)
            case Anchor.END:
                return z3.Intersect(self._end(rest), self._nothing)
            case Anchor.LAST_LINE_END:
                line = self._union([self._nothing, z3.Re(z3.StringVal("\\u{d}\\u{a}")), self._set(LINE_END)])
                return z3.Intersect(self._end(rest), line)
            case _:
                raise UntranslatedError

    def _plain(self, node: Regex) -> Any:
        """Return the language of a node that asks nothing of what stands around it, else None."""
        match node:
            case One(charset=charset):
                return self._set(charset)
            case Group(item=item):
                return self._plain(item)
            case Sequence(items=items):
                parts = [self._plain(item) for item in items]
                if any(part is None for part in parts):
                    return None
                return self._nothing if not parts else parts[0] if len(parts) == 1 else self._z3.Concat(*parts)
            case Choice(items=items):
                parts = [self._plain(item) for item in items]
                return None if any(part is None for part in parts) else self._union(parts)
            case Repeat(greed=greed) if greed is not Greed.POSSESSIVE:
                return self._repeated(node)
        return None

    def _repeated(self, node: Repeat) -> Any:
        z3, item = self._z3, self._plain(node.item)
        if item is None:
            return None
        if max(node.least, node.most or 0) > _MOST:
            raise UntranslatedError
        if node.most is None:
            return z3.Star(item) if node.least == 0 else z3.Concat(z3.Loop(item, node.least, node.least), z3.Star(item))
        return self._nothing if node.most == 0 else z3.Loop(item, node.least, node.most)

    def _union(self, parts: list[Any]) -> Any:
        return parts[0] if len(parts) == 1 else self._z3.Union(*parts)

    def _set(self, charset: CharSet) -> Any:
        z3, ranges = self._z3, []
        for low, high in _spans(charset):
            if low > LAST_CHARACTER or LAST_CHARACTER <= high < _LAST:
                raise UntranslatedError  # the characters that z3 has not would be no like those that it has
            ends = (f"\\u{{{end:x}}}" for end in (low, min(high, LAST_CHARACTER)))
            ranges.append(z3.Range(*map(z3.StringVal, ends)))
        return self._union(ranges) if ranges else self._none


def _spans(charset: CharSet) -> _Spans:
    """Return the characters as ranges in ascending order, apart from each other."""
    match charset:
        case Ranges(ranges=ranges):
            return _merged(ranges)
        case Complement(inner=inner):
            return _complement(_spans(inner))
        case Union(parts=parts):
            return _merged(tuple(span for part in parts for span in _spans(part)))
        case Intersection(parts=parts):
            return _complement(_merged(tuple(span for part in parts for span in _complement(_spans(part)))))
        case Category(prefixes=prefixes):
            return _category(prefixes)
        case Folded(unicode=False, inner=inner):
            letters = [(code, code) for code in range(128) if contains(charset, chr(code))]
            rest = _complement(_merged((*_complement(_spans(inner)), (0, 127))))
            return _merged((*rest, *letters))
        case _:
            raise UntranslatedError


def _merged(ranges: tuple[tuple[int, int], ...]) -> _Spans:
    found: list[tuple[int, int]] = []
    for low, high in sorted(span for span in ranges if span[0] <= span[1]):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


def _complement(spans: _Spans) -> _Spans:
    edges = [-1, *(edge for span in spans for edge in span), _LAST + 1]
    gaps = ((edges[at] + 1, edges[at + 1] - 1) for at in range(0, len(edges), 2))
    return tuple(gap for gap in gaps if gap[0] <= gap[1])


@cache
def _category(prefixes: tuple[str, ...]) -> _Spans:
    """What z3 has not is taken to be as its last character is: unassigned characters stand for all of them."""
    found = [code for code in range(LAST_CHARACTER + 1) if unicodedata.category(chr(code)).startswith(prefixes)]
    if found and found[-1] == LAST_CHARACTER:
        return _merged((*((code, code) for code in found), (LAST_CHARACTER, _LAST)))
    return _merged(tuple((code, code) for code in found))
