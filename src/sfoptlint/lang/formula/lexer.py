"""Text to tokens, by one pattern.

The token rules follow the grammar of Salesforce's open formula engine (`LexerRules.g4` in salesforce/formula-engine): a
number is digits with at most one point and neither sign nor exponent, a text does not cross a line end, and dots, `:`
and `#` belong to a name. Marks that carry no width (a byte order mark, say) are white space, because editors leave them.
"""

import re
from types import MappingProxyType
from typing import NamedTuple, NoReturn

from sfoptlint.lang.formula.diagnostics import Diagnostic, FormulaSyntaxError, Problem
from sfoptlint.lang.formula.nodes import Span

_SKIPPED = r"(?:[\s\u180e\u200b-\u200f\u2060-\u2064\ufeff]++|/\*(?s:.*?)(?<!\\)\*/)*+"
_NAMESPACE = r"%%%\w+?%%%"
_TOKEN = re.compile(
    _SKIPPED
    + rf"""(?:
      (?P<name>(?:[A-Za-z$]|{_NAMESPACE})(?:[A-Za-z0-9$_:.\#]+|{_NAMESPACE})*)
    | (?P<mark>[(),])
    | (?P<text>"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"|'[^'\\\r\n]*(?:\\.[^'\\\r\n]*)*')
    | (?P<operator>&&|\|\||<>|<=|>=|!=|==|[-+*^&=<>!]|/(?!\*))
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<braced>\{{!\s*[A-Za-z$][\w$:.\# %]*\}})
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_HINTS = MappingProxyType({"|": "did you mean ||?", **dict.fromkeys("\u201c\u201d\u2018\u2019", "use straight quotes")})
_START = re.compile(_SKIPPED)


class Token(NamedTuple):
    """A token: its kind is the pattern's group, `name`, `mark`, `text`, `operator`, `number`, `braced` or `end`."""

    kind: str
    text: str
    start: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.start + len(self.text))


def tokenise(text: str) -> list[Token]:
    """Return the tokens, the last of which is `end`; raises `FormulaSyntaxError` at what is no token."""
    tokens: list[Token] = []
    match = _TOKEN.match
    at = 0
    while True:
        found = match(text, at)
        if found is None:
            _refuse(text, at)
        kind = found.lastgroup
        assert kind is not None
        at = found.end()
        tokens.append(Token(kind, found[kind], found.start(kind)))
        if kind == "end":
            return tokens


def text_value(token: Token) -> str:
    """Return what a text token says; raises `FormulaSyntaxError` at an escape that the language does not have."""
    body = token.text[1:-1]
    if "\\" not in body:
        return body

    def read(escape: re.Match[str]) -> str:
        letter = escape[1]
        if letter.lower() in _ESCAPED:
            return _ESCAPED[letter.lower()]
        if letter in "\"'\\":
            return letter
        start = token.start + 1 + escape.start()
        hint = f"write \\\\{letter} for a backslash and {letter}"
        raise FormulaSyntaxError(Diagnostic(Problem.SYNTAX, f"unknown escape \\{letter}", Span(start, start + 2), hint))

    return _ESCAPE.sub(read, body)


def _refuse(text: str, at: int) -> NoReturn:
    skipped = _START.match(text, at)
    start = at if skipped is None else skipped.end()
    message, hint = _reason(text, start)
    raise FormulaSyntaxError(Diagnostic(Problem.SYNTAX, message, Span(start, start + 1), hint))


def _reason(text: str, start: int) -> tuple[str, str]:
    character = text[start]
    if text.startswith("/*", start):
        return "this comment is not closed", "expected */"
    if character in "\"'":
        return "this text is not closed on its line", f"expected {character}; write \\n for a line end"
    if text.startswith("{!", start):
        return "this reference is not closed after one name", "expected {!Name}"
    if character == "." and text[start + 1 : start + 2].isdigit():
        return "a number needs a digit before its point", "write 0.5, not .5"
    return f"unexpected character {character!r}", _HINTS.get(character, "")
