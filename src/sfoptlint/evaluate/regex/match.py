"""The matcher: backtracking that never tries the same step at the same place twice.

Without back-references a step fails at a place for good, whatever came before it, so the work is at most the steps times the
characters; with them the captures belong to what is remembered. A bound on the tries ends everything else, always after the
same number of them.
"""

from typing import Final

from sfoptlint.evaluate.errors import RegexTooComplicatedError
from sfoptlint.evaluate.regex.charset import LINE_END, WORD, contains
from sfoptlint.evaluate.regex.nodes import Anchor
from sfoptlint.evaluate.regex.program import Again, Be, Instruction, Jump, Save, Split, Sub, Take, compile_regex
from sfoptlint.evaluate.regex.reader import read_regex

MAX_TRIES: Final = 100_000
"""How many steps a match may try."""
MAX_PATTERN: Final = 4_000
"""The longest pattern; a formula has at most 3,900 characters."""
_Captures = tuple[int, ...]


def regex_matches(text: str | None, pattern: str | None) -> bool:
    """REGEX: whether the whole text matches; a blank is the empty text. Raises `FormulaError`."""
    if len(pattern or "") > MAX_PATTERN:
        raise RegexTooComplicatedError(f"the pattern is longer than {MAX_PATTERN} characters")
    program = compile_regex(read_regex(pattern or ""))
    subject = text or ""
    captures: _Captures = (-1,) * program.slots
    return _Match(subject).run(program.steps, 0, captures, len(subject)) is not None


class _Match:
    """One text being matched, and how many steps have been tried."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tries = 0

    def run(
        self, steps: tuple[Instruction, ...], start: int, captures: _Captures, end: int | None
    ) -> tuple[int, _Captures] | None:
        """Return where the first match ends and what it captured; with `end`, only one that ends there."""
        pending = [(0, start, captures)]
        tried: set[tuple[int, int, _Captures]] = set()
        while pending:
            state = pending.pop()
            if state in tried:
                continue
            tried.add(state)
            self._tries += 1
            if self._tries > MAX_TRIES:
                raise RegexTooComplicatedError(f"matching needs more than {MAX_TRIES} tries")
            step, at, held = state
            if step == len(steps):
                if end is None or at == end:
                    return at, held
                continue
            match steps[step]:
                case Split(first=first, second=second):
                    pending.append((second, at, held))
                    pending.append((first, at, held))
                case Jump(to=to):
                    pending.append((to, at, held))
                case other:
                    after = self._step(other, at, held)
                    if after is not None:
                        pending.append((step + 1, *after))
        return None

    def _step(self, step: Instruction, at: int, captures: _Captures) -> tuple[int, _Captures] | None:
        text = self._text
        match step:
            case Take(charset=charset):
                return (at + 1, captures) if at < len(text) and contains(charset, text[at]) else None
            case Be(anchor=anchor):
                return (at, captures) if self._is_at(anchor, at) else None
            case Save(slot=slot):
                return at, (*captures[:slot], at, *captures[slot + 1 :])
            case Again(number=number, ignore_case=ignore_case):
                return self._again(number, ignore_case, at, captures)
            case Sub():
                return self._sub(step, at, captures)
            case _:
                return None

    def _sub(self, step: Sub, at: int, captures: _Captures) -> tuple[int, _Captures] | None:
        if step.consume:
            return self.run(step.steps, at, captures, None)
        starts = [at] if step.ahead else range(at, -1, -1)
        end = None if step.ahead else at
        found = next((match for start in starts if (match := self.run(step.steps, start, captures, end))), None)
        if step.negated:
            return None if found else (at, captures)
        return (at, found[1]) if found else None

    def _again(self, number: int, ignore_case: bool, at: int, captures: _Captures) -> tuple[int, _Captures] | None:
        first, last = captures[2 * number : 2 * number + 2]
        if first < 0 or last < 0:
            return None
        held = self._text[first:last]
        here = self._text[at : at + len(held)]
        same = held.lower() == here.lower() if ignore_case else held == here
        return (at + len(held), captures) if same else None

    def _is_at(self, anchor: Anchor, at: int) -> bool:
        text, end = self._text, len(self._text)
        match anchor:
            case Anchor.START | Anchor.LINE_START if at == 0:
                return True
            case Anchor.END | Anchor.LAST_LINE_END | Anchor.LINE_END if at == end:
                return True
            case Anchor.LAST_LINE_END:
                return self._line_ends(at) and text[at:] in ("\r\n", text[at])
            case Anchor.LINE_START:
                return at < end and self._line_ends(at - 1) and text[at - 1 : at + 1] != "\r\n"
            case Anchor.LINE_END:
                return self._line_ends(at) and text[max(0, at - 1) : at + 1] != "\r\n"
            case _:
                return self._is_boundary(anchor, at)

    def _is_boundary(self, anchor: Anchor, at: int) -> bool:
        changes = self._is_word(at - 1) is not self._is_word(at)
        match anchor:
            case Anchor.WORD_BOUNDARY:
                return changes
            case Anchor.NO_WORD_BOUNDARY:
                return not changes
            case _:
                return False

    def _line_ends(self, at: int) -> bool:
        return contains(LINE_END, self._text[at])

    def _is_word(self, at: int) -> bool:
        return 0 <= at < len(self._text) and contains(WORD, self._text[at])
