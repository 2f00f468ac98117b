"""How numbered conditions are joined: `1 AND (2 OR NOT 3)` (Salesforce Help, Filter Logic)."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\s*(\d+|\(|\)|AND\b|OR\b|NOT\b)", re.IGNORECASE)
_PLAIN = frozenset({"", "and", "or", "formula_evaluates_to_true", "no_conditions"})
"""Words that join all conditions; the last two are a flow's, for one condition on a formula, and for none."""
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Junction:
    """Parts that are joined by `and` or `or`, or one part under `not`. A part that is a number is a condition, from 0."""

    op: str
    parts: tuple["Logic", ...]


Logic = int | Junction


def read_logic(text: str, count: int) -> Logic | None:
    """Return how `count` conditions are joined; None where the text says no such thing."""
    folded = text.strip().casefold()
    if folded in _PLAIN:
        return Junction("or" if folded == "or" else "and", tuple(range(count)))
    tokens = _tokens(text)
    if tokens is None:
        return None
    try:
        logic, rest = _either(tokens, 0)
    except ValueError:
        return None
    return None if rest or not _within(logic, count) else logic


def _tokens(text: str) -> list[str] | None:
    found, at, text = [], 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        found.append(match[1].casefold())
        at = match.end()
    return found


def _either(tokens: list[str], depth: int) -> tuple[Logic, list[str]]:
    return _joined(tokens, depth, "or")


def _joined(tokens: list[str], depth: int, op: str) -> tuple[Logic, list[str]]:
    part, tokens = _part(tokens, depth, op)
    parts = [part]
    while tokens and tokens[0] == op:
        part, tokens = _part(tokens[1:], depth, op)
        parts.append(part)
    return parts[0] if len(parts) == 1 else Junction(op, tuple(parts)), tokens


def _part(tokens: list[str], depth: int, op: str) -> tuple[Logic, list[str]]:
    return _joined(tokens, depth, "and") if op == "or" else _one(tokens, depth)


def _one(tokens: list[str], depth: int) -> tuple[Logic, list[str]]:
    if not tokens or depth > _DEEPEST:
        raise ValueError
    first, rest = tokens[0], tokens[1:]
    if first == "not":
        part, rest = _one(rest, depth + 1)
        return Junction("not", (part,)), rest
    if first == "(":
        part, rest = _either(rest, depth + 1)
        if not rest or rest[0] != ")":
            raise ValueError
        return part, rest[1:]
    return int(first) - 1, rest


def _within(logic: Logic, count: int) -> bool:
    if isinstance(logic, int):
        return 0 <= logic < count
    return all(_within(part, count) for part in logic.parts)
