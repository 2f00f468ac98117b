"""A pattern to its tree, by recursive descent; groups may nest `MAX_DEPTH` deep."""

from typing import Final, NoReturn

from sfoptlint.evaluate.errors import EvaluationError, RegexTooComplicatedError, UnsupportedError
from sfoptlint.evaluate.regex.charset import VERTICAL, single
from sfoptlint.evaluate.regex.classes import ClassReader
from sfoptlint.evaluate.regex.cursor import Cursor
from sfoptlint.evaluate.regex.flags import Flags
from sfoptlint.evaluate.regex.nodes import (
    Anchor,
    At,
    Atomic,
    Back,
    Choice,
    Greed,
    Group,
    Look,
    One,
    Regex,
    Repeat,
    Sequence,
)

MAX_DEPTH: Final = 50


def read_regex(pattern: str) -> Regex:
    """Return the pattern's tree; raises `EvaluationError`, `UnsupportedError` or `RegexTooComplicatedError`."""
    return _Reader(pattern).read()


class _Reader:
    """One pattern being read; flags are those in force where the cursor stands."""

    def __init__(self, pattern: str) -> None:
        self._cursor = Cursor(pattern)
        self._classes = ClassReader(self._cursor)
        self._flags = Flags()
        self._groups = 0
        self._names: dict[str, int] = {}
        self._depth = 0

    def read(self) -> Regex:
        tree = self._choice()
        if not self._cursor.done:
            self._fail("unmatched )")
        return tree

    def _choice(self) -> Regex:
        branches = [self._sequence()]
        while self._cursor.take("|"):
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Regex:
        items: list[Regex] = []
        cursor = self._cursor
        while not cursor.done and cursor.peek not in "|)":
            if self._flags.comments and self._skipped():
                continue
            if cursor.take("\\Q"):
                items += [self._one(character) for character in cursor.until("\\E")]
                continue
            item = self._atom()
            if item is not None:
                items.append(self._repeated(item))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _skipped(self) -> bool:
        cursor = self._cursor
        if cursor.take("#"):
            while not cursor.done and cursor.next() != "\n":
                pass
            return True
        if cursor.peek.isspace():
            cursor.next()
            return True
        return False

    def _atom(self) -> Regex | None:
        cursor = self._cursor
        character = cursor.next()
        if character in "*+?{":
            self._fail(f"nothing to repeat before {character}")
        match character:
            case "(":
                return self._group()
            case "[":
                return One(self._flags.folded(self._classes.read()))
            case "\\":
                return self._escape()
            case "." | "^" | "$":
                return self._sign(character)
            case _:
                return self._one(character)

    def _sign(self, sign: str) -> Regex:
        if sign == ".":
            return One(self._flags.dot())
        multiline = self._flags.multiline
        if sign == "^":
            return At(Anchor.LINE_START if multiline else Anchor.START)
        return At(Anchor.LINE_END if multiline else Anchor.LAST_LINE_END)

    def _one(self, character: str) -> Regex:
        return One(self._flags.folded(single(character)))

    def _escape(self) -> Regex:
        cursor = self._cursor
        letter = cursor.peek
        anchor = _anchor(letter)
        if anchor is not None:
            cursor.next()
            return At(anchor)
        if letter == "R":
            cursor.next()
            crlf = Sequence((One(single("\r")), One(single("\n"))))
            return Atomic(Choice((crlf, One(VERTICAL))))
        if letter == "k":
            cursor.next()
            return self._back_by_name()
        if letter.isdigit() and letter != "0":
            return self._back_by_number()
        if letter in ("G", "X"):
            raise UnsupportedError(f"\\{letter} in a regular expression is not evaluated")
        return One(self._flags.folded(self._classes.escape()))

    def _back_by_name(self) -> Regex:
        name = self._cursor.until(">") if self._cursor.take("<") else ""
        if name not in self._names:
            self._fail(f"no group is named {name!r}")
        return Back(self._names[name], self._flags.ignore_case)

    def _back_by_number(self) -> Regex:
        # Java takes a further digit only where that many groups are open by then.
        cursor = self._cursor
        number = int(cursor.next())
        while cursor.peek.isdigit() and number * 10 + int(cursor.peek) <= self._groups:
            number = number * 10 + int(cursor.next())
        return Back(number, self._flags.ignore_case)

    def _group(self) -> Regex | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise RegexTooComplicatedError(f"the pattern is nested more than {MAX_DEPTH} deep")
        outer = self._flags
        result = self._special() if self._cursor.take("?") else self._capture()
        if result is not None:
            self._flags = outer
        self._depth -= 1
        return result

    def _capture(self, name: str | None = None) -> Regex:
        self._groups += 1
        number = self._groups
        if name is not None:
            self._names[name] = number
        return Group(self._inner(), number)

    def _special(self) -> Regex | None:
        cursor = self._cursor
        if cursor.take(":"):
            return self._inner()
        if cursor.take(">"):
            return Atomic(self._inner())
        for sign, ahead, negated in (("=", True, False), ("!", True, True), ("<=", False, False), ("<!", False, True)):
            if cursor.take(sign):
                return Look(self._inner(), ahead, negated)
        if cursor.take("<"):
            return self._capture(cursor.until(">"))
        return self._inline_flags()

    def _inline_flags(self) -> Regex | None:
        """Read `(?i)`, which holds to the end of its group, or `(?i:..)`; the first is None."""
        cursor = self._cursor
        on = cursor.letters()
        off = cursor.letters() if cursor.take("-") else ""
        flags = self._flags.set(on, True).set(off, False)
        if cursor.take(")"):
            self._flags = flags
            return None
        if not cursor.take(":"):
            self._fail("unknown group")
        self._flags = flags
        return self._inner()

    def _inner(self) -> Regex:
        inner = self._choice()
        if not self._cursor.take(")"):
            self._fail("a group is not closed")
        return inner

    def _repeated(self, item: Regex) -> Regex:
        while True:
            bounds = self._bounds()
            if bounds is None:
                return item
            greed = Greed.GREEDY
            if self._cursor.take("?"):
                greed = Greed.LAZY
            elif self._cursor.take("+"):
                greed = Greed.POSSESSIVE
            item = Repeat(item, bounds[0], bounds[1], greed)

    def _bounds(self) -> tuple[int, int | None] | None:
        cursor = self._cursor
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if cursor.take(sign):
                return bounds
        if not cursor.take("{"):
            return None
        least_text, comma, most_text = cursor.until("}").partition(",")
        if not _digits(least_text) or (most_text and not _digits(most_text)):
            self._fail("a repetition is {n}, {n,} or {n,m}")
        least = int(least_text)
        most = least if not comma else int(most_text) if most_text else None
        if most is not None and most < least:
            self._fail("a repetition ends before it begins")
        return least, most

    def _fail(self, message: str) -> NoReturn:
        raise EvaluationError(f"REGEX: {message}")


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7


def _anchor(letter: str) -> Anchor | None:
    match letter:
        case "A":
            return Anchor.START
        case "z":
            return Anchor.END
        case "Z":
            return Anchor.LAST_LINE_END
        case "b":
            return Anchor.WORD_BOUNDARY
        case "B":
            return Anchor.NO_WORD_BOUNDARY
        case _:
            return None
