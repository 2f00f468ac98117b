"""Classes in brackets, with Java's unions and intersections, and the escapes that mean characters."""

from types import MappingProxyType
from typing import Final

from sfoptlint.evaluate.errors import EvaluationError, RegexTooComplicatedError, UnsupportedError
from sfoptlint.evaluate.regex.charset import (
    CATEGORIES,
    ESCAPES,
    PROPERTIES,
    Category,
    CharSet,
    Complement,
    Intersection,
    Ranges,
    Union,
    single,
)
from sfoptlint.evaluate.regex.cursor import Cursor

MAX_DEPTH: Final = 20
_CONTROLS: Final = MappingProxyType({"t": "\t", "n": "\n", "r": "\r", "f": "\f", "a": "\a", "e": "\x1b"})
_HEXADECIMAL: Final = frozenset("0123456789abcdefABCDEF")


class ClassReader:
    """Reads classes and escapes where the cursor stands."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._depth = 0

    def read(self) -> CharSet:
        """Read a class whose `[` has been read."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise RegexTooComplicatedError(f"the classes are nested more than {MAX_DEPTH} deep")
        negated = self._cursor.take("^")
        operands = [self._union()]
        while self._cursor.take("&&"):
            operands.append(self._union())
        if not self._cursor.take("]"):
            raise EvaluationError("REGEX: a class is not closed")
        self._depth -= 1
        # An operand without characters stands for nothing at all: `[a-z&&]` is `[a-z]`.
        full = [operand for operand in operands if operand.parts]
        charset: CharSet = full[0] if len(full) == 1 else Intersection(tuple(full))
        return Complement(charset) if negated else charset

    def _union(self) -> Union:
        cursor = self._cursor
        parts: list[CharSet] = []
        while not cursor.done and not cursor.ahead("&&"):
            if cursor.ahead("]") and parts:
                break
            if cursor.take("["):
                parts.append(self.read())
            elif cursor.take("\\Q"):
                parts += [single(character) for character in cursor.until("\\E")]
            else:
                parts.append(self._range())
        return Union(tuple(parts))

    def _range(self) -> CharSet:
        cursor = self._cursor
        first = self._member()
        if not cursor.ahead("-") or not _is_single(first):
            return first
        if cursor.ahead("-]") or cursor.ahead("-[") or cursor.ahead("-&&"):
            return first
        cursor.take("-")
        last = self._member()
        low, high = _code(first), _code(last)
        if not _is_single(last) or high < low:
            raise EvaluationError("REGEX: a range ends before it begins")
        return Ranges(((low, high),))

    def _member(self) -> CharSet:
        return self.escape() if self._cursor.take("\\") else single(self._cursor.next())

    def escape(self) -> CharSet:
        """Read an escape whose backslash has been read, and return the characters that it means."""
        cursor = self._cursor
        letter = cursor.next()
        if letter in ESCAPES:
            return ESCAPES[letter]
        if letter in _CONTROLS:
            return single(_CONTROLS[letter])
        if letter in "pP":
            charset = self._property()
            return Complement(charset) if letter == "P" else charset
        return self._code_point(letter)

    def _code_point(self, letter: str) -> CharSet:
        cursor = self._cursor
        match letter:
            case "x":
                return self._code(cursor.until("}") if cursor.take("{") else cursor.next() + cursor.next())
            case "u":
                return self._code("".join(cursor.next() for _ in range(4)))
            case "0":
                return self._octal()
            case "c":
                return single(chr(ord(cursor.next()) ^ 64))
            case _ if letter.isascii() and letter.isalpha():
                raise EvaluationError(f"REGEX: unknown escape \\{letter}")
            case _:
                return single(letter)

    def _code(self, digits: str) -> CharSet:
        if not digits or len(digits) > 6 or not set(digits) <= _HEXADECIMAL or int(digits, 16) > 0x10FFFF:
            raise EvaluationError("REGEX: an escape needs hexadecimal digits")
        return single(chr(int(digits, 16)))

    def _octal(self) -> CharSet:
        digits = ""
        while (
            self._cursor.peek and self._cursor.peek in "01234567" and int((digits or "0") + self._cursor.peek, 8) < 256
        ):
            digits += self._cursor.next()
        if not digits:
            raise EvaluationError("REGEX: \\0 needs octal digits")
        return single(chr(int(digits, 8)))

    def _property(self) -> CharSet:
        cursor = self._cursor
        name = cursor.until("}") if cursor.take("{") else cursor.next()
        for prefix in ("general_category=", "gc=", "Is"):
            if name not in PROPERTIES and name.removeprefix(prefix) in CATEGORIES:
                name = name.removeprefix(prefix)
        if name in PROPERTIES:
            return PROPERTIES[name]
        if name in CATEGORIES:
            return Category((name,))
        raise UnsupportedError(f"the property {name} of a regular expression is not evaluated")


def _is_single(charset: CharSet) -> bool:
    return isinstance(charset, Ranges) and len(charset.ranges) == 1 and charset.ranges[0][0] == charset.ranges[0][1]


def _code(charset: CharSet) -> int:
    return charset.ranges[0][0] if isinstance(charset, Ranges) and charset.ranges else -1
