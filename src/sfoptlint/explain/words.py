"""The condition under which a guard is TRUE, in plain English.

The words are true to the three values of a formula: what is said to be so is TRUE, and what is negated says whether a blank
counts (`facts.py`). Where no type says whether a comparison is one of texts, the reading that is not text is told.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from sfoptlint.core.expr import Call, Const, Expr, Primitive
from sfoptlint.explain.facts import equality, fact_words, subject
from sfoptlint.explain.formula_text import ELLIPSIS
from sfoptlint.explain.sense import Fact, Joined, Shape, reading_open, shape
from sfoptlint.explain.terms import term_words

LONGEST: Final = 300
"""Where the words are cut, in characters."""
_AND: Final = " and "
_OR: Final = " or "
_DEEPEST: Final = 8
"""Brackets inside brackets that a reader follows."""


def condition_words(guard: Expr) -> str:
    """Return when the guard is TRUE, at most about 300 characters; `always` and `never` where nothing decides it."""
    return shape_words(shape(guard, _closed))


def shape_words(of: Shape) -> str:
    """Return a shape in words, as `condition_words` does."""
    if isinstance(of, bool):
        return "always" if of else "never"
    return _gathered(_pieces(of, 0))


def _closed(node: Expr) -> bool | None:
    return False if reading_open(node) else None


def _gathered(pieces: Iterator[str]) -> str:
    """Join the pieces up to the limit; the cut falls before an `and` or `or`, and what was opened is closed."""
    text, depth = "", 0
    safe: tuple[str, str] | None = None
    for piece in pieces:
        if piece in (_AND, _OR) and len(text) + len(piece) + depth < LONGEST:
            safe = (text + piece + ELLIPSIS, ")" * depth)
        depth += (piece == "(") - (piece == ")")
        text += piece
        if len(text) > LONGEST:
            return "".join(safe) if safe else text[: LONGEST - 1].rstrip() + ELLIPSIS
    return text


def _pieces(of: Shape, depth: int) -> Iterator[str]:
    match of:
        case Fact():
            yield fact_words(of)
        case Joined(every=every, parts=parts) if depth < _DEEPEST:
            for at, clause in enumerate(_clauses(every, parts)):
                if at:
                    yield _AND if every else _OR
                yield from [clause] if isinstance(clause, str) else _nested(clause, depth)
        case _:
            yield ELLIPSIS


def _nested(part: Shape, depth: int) -> Iterator[str]:
    if isinstance(part, Fact) or (isinstance(part, Joined) and _is_one_clause(part)):
        yield from _pieces(part, depth + 1)
        return
    yield "("
    yield from _pieces(part, depth + 1)
    yield ")"


def _is_one_clause(of: Joined) -> bool:
    key = _asked(of.every, of.parts[0])
    return key is not None and all(_asked(of.every, part) == key for part in of.parts)


def _clauses(every: bool, parts: Sequence[Shape]) -> Iterator[Shape | str]:
    """Yield the parts, neighbours that ask for several values of one thing as one clause."""
    for key, group in groupby(parts, lambda part: _asked(every, part)):
        facts = list(group)
        if key is None or len(facts) == 1:
            yield from facts
        else:
            yield _several(key, [fact for fact in facts if isinstance(fact, Fact)])


def _asked(every: bool, part: Shape) -> tuple[Expr, str] | None:
    """Return what a part asks of what, where several such parts read better as one."""
    if not isinstance(part, Fact) or not isinstance(part.node, Call):
        return None
    if part.node.op == Primitive.ONE_OF and part.positive is not every:
        return part.node.args[0], "does not include" if every else "includes"
    told = equality(part)
    if told is None or not isinstance(told[2], Const) or told[2].value in (None, ""):
        return None
    return (told[0], told[1]) if told[1].endswith("not") is every else None


def _several(key: tuple[Expr, str], facts: Sequence[Fact]) -> str:
    node, verb = key
    values = ", ".join(term_words(_value(fact)) for fact in facts)
    if verb == "includes":
        return f"{subject(node)} includes one of {values}"
    if verb == "does not include":
        return f"{subject(node)} includes none of {values}"
    return f"{subject(node)} {verb.removesuffix(' not')} {'none' if verb.endswith('not') else 'one'} of {values}"


def _value(fact: Fact) -> Expr:
    told = equality(fact)
    assert isinstance(fact.node, Call)
    return told[2] if told is not None else fact.node.args[1]
