"""WHERE of a count query, read over records: only what these queries are written with.

A record is a mapping from a column's name to its value; what is missing is null. Texts are compared without regard to case.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from sfoptlint.core.expr import Value

Record = Mapping[str, Value]
Test = Callable[[Record], bool]
_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*')|(?P<date>\d{4}-\d\d-\d\d)|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<word>[A-Za-z][\w.]*(?::\d+)?)|(?P<mark>!=|<=|>=|[=<>()]))"
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def where(query: str, today: date) -> Test:
    """Return what the query's WHERE asks of a record."""
    head, _, condition = query.partition(" WHERE ")
    assert re.fullmatch(r"SELECT COUNT\(\) FROM \w+", head)
    if not condition:
        return lambda record: True
    return _Parser(condition, today).all()


class _Parser:
    def __init__(self, text: str, today: date) -> None:
        self.today = today
        self.tokens: list[str] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            assert found is not None, text[at:]
            self.tokens.append(found[0].strip())
            at = found.end()

    def all(self) -> Test:
        test = self.joined()
        assert not self.tokens, self.tokens
        return test

    def joined(self) -> Test:
        """One operator only on a level: SOQL refuses AND beside OR without brackets."""
        tests = [self.one()]
        word = self.tokens[0] if self.tokens and self.tokens[0] in ("AND", "OR") else ""
        while self.tokens and self.tokens[0] == word:
            self.tokens.pop(0)
            tests.append(self.one())
        assert not self.tokens or self.tokens[0] == ")", self.tokens
        gather = all if word != "OR" else any
        return lambda record: gather(test(record) for test in tests)

    def one(self) -> Test:
        if self.tokens[0] == "(":
            self.tokens.pop(0)
            test = self.joined()
            assert self.tokens.pop(0) == ")"
            return test
        if self.tokens[0] == "NOT":
            self.tokens.pop(0)
            inner = self.one()
            return lambda record: not inner(record)
        return self.comparison()

    def comparison(self) -> Test:
        column, op = self.tokens.pop(0), self.tokens.pop(0)
        if op in ("INCLUDES", "EXCLUDES"):
            assert self.tokens.pop(0) == "("
            value = _text(self.tokens.pop(0))
            assert self.tokens.pop(0) == ")"
            return lambda record: _includes(record.get(column), op, value)
        literal = self.tokens.pop(0)
        if op == "LIKE":
            pattern = _like(literal)
            return lambda record: pattern.fullmatch(str(record.get(column) or "")) is not None
        if literal == "null":
            assert op in ("=", "!=")
            return lambda record: (record.get(column) is None) is (op == "=")
        first, last = self.range(literal)
        return lambda record: _compare(record.get(column), op, first, last)

    def range(self, literal: str) -> tuple[Value, Value]:
        if literal in ("TRUE", "FALSE"):
            return literal == "TRUE", literal == "TRUE"
        if literal.startswith("'"):
            return _text(literal).casefold(), _text(literal).casefold()
        if re.fullmatch(r"\d{4}-.*", literal):
            return date.fromisoformat(literal), date.fromisoformat(literal)
        name, _, count = literal.partition(":")
        days = {"TODAY": (0, 0), "TOMORROW": (1, 1), "YESTERDAY": (-1, -1)}.get(name)
        if name == "N_DAYS_AGO":
            days = -int(count), -int(count)
        elif name == "NEXT_N_DAYS":
            days = 1, int(count)
        if days is not None:
            return self.today + timedelta(days[0]), self.today + timedelta(days[1])
        return Decimal(literal), Decimal(literal)


def _compare(value: Value, op: str, first: Value, last: Value) -> bool:
    if value is None:
        return op == "!=" or (op == "=" and first is False)
    if isinstance(value, str):
        value = value.casefold()
    assert type(value) is type(first)
    left, low, high = cast("Decimal", value), cast("Decimal", first), cast("Decimal", last)
    return {
        "=": low <= left <= high,
        "!=": not low <= left <= high,
        "<": left < low,
        "<=": left <= high,
        ">": left > high,
        ">=": left >= low,
    }[op]


def _includes(value: Value, op: str, wanted: str) -> bool:
    if value is None:
        return False
    return (wanted in str(value).split(";")) is (op == "INCLUDES")


def _text(literal: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), literal[1:-1])


def _like(literal: str) -> re.Pattern[str]:
    pattern = ""
    for piece in re.findall(r"\\.|[^\\]", literal[1:-1], re.DOTALL):
        if piece in ("%", "_"):
            pattern += ".*" if piece == "%" else "."
        else:
            pattern += re.escape(_ESCAPES.get(piece[1:], piece[1:]) if piece.startswith("\\") else piece)
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)
