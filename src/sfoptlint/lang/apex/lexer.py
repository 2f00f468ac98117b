"""Source text to tokens, in parallel lists: one pass of one regular expression, no object per token.

Every alternative consumes what it has looked at, so that the pass is linear whatever the text is. No word is reserved
here: Apex keywords are contextual (Apex Developer Guide, "Reserved Keywords" lists far more than the compiler refuses).
"""

import re
from dataclasses import dataclass
from itertools import accumulate, chain

WORD, STRING, INTEGER, DECIMAL, SYMBOL, BAD, END = range(7)
"""What a token is; BAD is a character that no token starts with, or a text without its closing quote."""

# The blanks between tokens: comments, a byte order mark, and the %%%TOKENS%%% of packaging templates, which stand for
# nothing where the source is deployed without a namespace.
_TRIVIA = r"(?:[\s\ufeff]++|//[^\r\n]*+|/\*.*?(?:\*/|\Z)|%%%\w++%%%)*+"
_PIECE = r"""
    [^\W\d][\w$]*+ | \$[\w$]++
  | [.](?![\d]) | [;(),\[\]{}]
  | '''.*?(?:'''|\Z) | '(?:[^'\\\r\n]++|\\[^\r\n])*+'?
  | \d[\d_]*+(?:\.\d++)?(?:[eE][+-]?\d++)?[lLdD]? | (?<![\w\])])\.\d++[dD]? | [.]
  | ===? | => | = | !==? | != | ! | <<=? | <= | <> | < | >= | >
  | &[&=]? | \|[|=]? | \+[+=]? | -[-=]? | [*/^%]=? | \?\? | \?\.(?!\d) | \? | [:@~]
  | .
"""
_SCAN = re.compile(f"({_TRIVIA})({_PIECE}|)", re.DOTALL | re.VERBOSE)
_OPEN_COMMENT = re.compile(r"(?:[\s\ufeff]++|//[^\r\n]*+|/\*.*?\*/|%%%\w++%%%)*+/\*", re.DOTALL)
_SYMBOLS = frozenset(
    (
        ";", "(", ")", ",", "[", "]", "{", "}", ".", "??", "?.", "?", ":", "@", "~", "<<=", "<<", "<=", "<>", "<", ">=",
        ">", "===", "==", "=>", "=", "!==", "!=", "!", "&&", "&=", "&", "||", "|=", "|", "++", "+=", "+", "--", "-=",
        "-", "*=", "*", "/=", "/", "^=", "^", "%=", "%",
    )
)  # fmt: skip
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text; all lists run in parallel, and several END tokens close them for looking ahead.

    `texts` is as written, `words` in lower case, `starts` and `ends` are character offsets. `open_comment` is the
    offset of a comment without an end, or None.
    """

    texts: list[str]
    words: list[str]
    kinds: list[int]
    starts: list[int]
    ends: list[int]
    open_comment: int | None


def tokenize(text: str) -> Tokens:
    """Return all tokens of `text`; every text has some, at worst BAD ones."""
    pieces = list(chain.from_iterable(_SCAN.findall(text)))
    pieces += [""] * (2 * _AHEAD)
    bounds = list(accumulate(map(len, pieces)))
    kinds: dict[str, int] = {}
    words: dict[str, str] = {}
    for token in set(pieces[1::2]):
        kinds[token] = _kind(token)
        words[token] = token.lower()
    texts = pieces[1::2]
    return Tokens(
        texts,
        list(map(words.__getitem__, texts)),
        list(map(kinds.__getitem__, texts)),
        bounds[0::2],
        bounds[1::2],
        _open_comment(pieces),
    )


def _kind(token: str) -> int:
    if not token:
        return END
    if token in _SYMBOLS:
        return SYMBOL
    first = token[0]
    if first.isalpha() or first in "_$":
        return WORD
    if first == "'":
        return STRING if _closed(token) else BAD
    if first.isdecimal() or (first == "." and len(token) > 1):
        return INTEGER if token.rstrip("lL").replace("_", "").isdecimal() else DECIMAL
    return BAD


def _closed(token: str) -> bool:
    """Say whether a text has its closing quotes."""
    if token.startswith("'''"):
        return len(token) >= 6 and token.endswith("'''")
    return len(token) > 1 and token.endswith("'") and not _escaped_end(token)


def _escaped_end(token: str) -> bool:
    """Say whether the last quote of a text is itself escaped."""
    body = token[1:-1]
    return (len(body) - len(body.rstrip("\\"))) % 2 == 1


def _open_comment(pieces: list[str]) -> int | None:
    """Return where the comment starts that swallowed the rest of the text, if one did."""
    end = pieces[1::2].index("")
    tail = pieces[2 * end]
    match = _OPEN_COMMENT.match(tail)
    return sum(map(len, pieces[: 2 * end])) + match.end() - 2 if match else None
