"""Query text to tokens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    r"""(?P<blank>(?:[\s\ufeff]++|//[^\r\n]*+|/\*.*?(?:\*/|\Z)|%%%\w++%%%)++)
      | (?P<date_function>(?:(?:LAST|NEXT)_N_\w+|N_\w+_AGO)\s*:\s*\d++)
      | (?P<word>[^\W\d][\w$]*+)
      | (?P<text>'(?:[^'\\\r\n]++|\\.)*+')
      | (?P<date_time>\d{4}-\d\d-\d\dT[\d:.]++(?:Z|[+-]\d\d:?\d\d))
      | (?P<date>\d{4}-\d\d-\d\d)
      | (?P<number>[+-]?\d++(?:\.\d++)?|[+-]?\.\d++)
      | (?P<braces>\{(?:[^{}\\]++|\\.)*+\})
      | (?P<symbol><>|!=|<=|>=|[=<>!(),.:;])
      | (?P<bad>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_BIND = re.compile(r":\s*+[\w$.]*+(?:\([^()]*+\))?")


class TokenKind(Enum):
    """What a token is."""

    WORD = "word"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATE_TIME = "date_time"
    DATE_FUNCTION = "date_function"
    BRACES = "braces"
    BIND = "bind"
    SYMBOL = "symbol"
    BAD = "bad"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `word` is its text in lower case."""

    kind: TokenKind
    word: str
    start: int
    end: int


def tokenize(text: str, start: int, end: int, binds: Mapping[int, int]) -> list[Token]:
    """Return the tokens of `text` between two offsets, an END token last.

    `binds` has the end of each bind by the offset of its colon; a bind that is not in it is a name with dots and at
    most one call, as in a query that was put together as a text.
    """
    tokens: list[Token] = []
    at = start
    while at < end:
        match = _TOKEN.match(text, at, end)
        assert match is not None
        kind, stop = str(match.lastgroup), match.end()
        if match.group() == ":":
            kind, stop = "bind", _bind_end(text, at, end, binds)
        if kind != "blank":
            tokens.append(Token(TokenKind(kind), text[at:stop].lower(), at, stop))
        at = stop
    tokens.append(Token(TokenKind.END, "", end, end))
    return tokens


def _bind_end(text: str, at: int, end: int, binds: Mapping[int, int]) -> int:
    known = binds.get(at)
    if known is not None:
        return min(known, end)
    match = _BIND.match(text, at, end)
    return match.end() if match else at + 1
