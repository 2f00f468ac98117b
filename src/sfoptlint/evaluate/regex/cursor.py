"""A place in a pattern that moves forward."""

from sfoptlint.evaluate.errors import EvaluationError


class Cursor:
    """The pattern and how far it has been read; `peek` at its end is the empty text."""

    __slots__ = ("_at", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    @property
    def done(self) -> bool:
        """Whether all has been read."""
        return self._at >= len(self._text)

    @property
    def peek(self) -> str:
        """The next character, not read yet."""
        return self._text[self._at : self._at + 1]

    def ahead(self, text: str) -> bool:
        """Whether this text comes next."""
        return self._text.startswith(text, self._at)

    def take(self, text: str) -> bool:
        """Read this text if it comes next, and say whether it did."""
        if not self._text.startswith(text, self._at):
            return False
        self._at += len(text)
        return True

    def next(self) -> str:
        """Read one character; raises `EvaluationError` at the end."""
        if self.done:
            raise EvaluationError("REGEX: the pattern ends too early")
        self._at += 1
        return self._text[self._at - 1]

    def until(self, end: str) -> str:
        """Read up to and over the text, and return what is before it; `\\Q` alone may go without its end."""
        found = self._text.find(end, self._at)
        if found < 0 and end != "\\E":
            raise EvaluationError(f"REGEX: expected {end}")
        stop = len(self._text) if found < 0 else found
        before = self._text[self._at : stop]
        self._at = stop if found < 0 else found + len(end)
        return before

    def letters(self) -> str:
        """Read the ASCII letters that come next."""
        start = self._at
        while self.peek.isascii() and self.peek.isalpha():
            self._at += 1
        return self._text[start : self._at]
