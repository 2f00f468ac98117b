"""Source text to tokens, in parallel lists: one pass of one regular expression, no object per token.

Every alternative consumes what it has looked at, so that the pass is linear whatever the text is. No word is reserved
here: Apex keywords are contextual (Apex Developer Guide, "Reserved Keywords" lists far more than the compiler refuses).
"""

import re
from dataclasses import dataclass
from itertools import accumulate, compress, islice

BLANK, WORD, STRING, INTEGER, DECIMAL, SYMBOL, BAD, END = range(8)
"""What a token is. BLANK, which is false, stands between tokens and leaves none; BAD is a character that starts no
token, or a text without its closing quote."""

QUOTED = r"'''.*?(?:'''|\Z) | '(?:[^'\\\r\n]++|\\[^\r\n])*+'?"
"""A text in quotes, one that is not closed too; a pattern with DOTALL and VERBOSE."""
COMMENT = r"//[^\r\n]*+ | /\*.*?(?:\*/|\Z)"
"""A comment, likewise."""

# Blanks are comments too, a byte order mark, and the %%%TOKENS%%% of packaging templates, which stand for nothing
# where the source is deployed without a namespace.
_PIECE = re.compile(
    rf"""
    [^\W\d][\w$]*+ | [\s\ufeff]++
  | [.](?![\d]) | [;(),\[\]{{}}]
  | {QUOTED} | {COMMENT}
  | \d[\d_]*+(?:\.\d++)?(?:[eE][+-]?\d++)?[lLdD]? | (?<![\w\])])\.\d++[dD]? | [.]
  | ===? | => | = | !==? | != | ! | <<=? | <= | <> | < | >= | >
  | &[&=]? | \|[|=]? | \+[+=]? | -[-=]? | %%%\w++%%% | [*/^%]=? | \?\? | \?\.(?!\d) | \? | [:@~] | \$[\w$]++
  | .
    """,
    re.DOTALL | re.VERBOSE,
)
_SYMBOLS = frozenset(
    (
        ";", "(", ")", ",", "[", "]", "{", "}", ".", "??", "?.", "?", ":", "@", "~", "<<=", "<<", "<=", "<>", "<", ">=",
        ">", "===", "==", "=>", "=", "!==", "!=", "!", "&&", "&=", "&", "||", "|=", "|", "++", "+=", "+", "--", "-=",
        "-", "*=", "*", "/=", "/", "^=", "^", "%=", "%",
    )
)  # fmt: skip
_AHEAD = 8


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


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Return all tokens of `text`, or of a part of it; every text has some, at worst BAD ones."""
    stop = len(text) if end is None else end
    pieces = _PIECE.findall(text, start, stop)
    pieces += [""] * _AHEAD
    distinct = set(pieces)
    kinds = {piece: _kind(piece) for piece in distinct}
    words = {piece: piece.lower() for piece in distinct}
    bounds = list(accumulate(map(len, pieces), initial=start))
    kept = list(map(kinds.__getitem__, pieces))
    texts = list(compress(pieces, kept))
    return Tokens(
        texts,
        list(map(words.__getitem__, texts)),
        list(filter(None, kept)),
        list(compress(bounds, kept)),
        list(compress(islice(bounds, 1, None), kept)),
        _open_comment(pieces, stop),
    )


def _kind(token: str) -> int:
    if token in _SYMBOLS:
        return SYMBOL
    if not token:
        return END
    first = token[0]
    if first == "'":
        return STRING if _closed(token) else BAD
    if first.isdecimal() or first == ".":
        return INTEGER if token.rstrip("lL").replace("_", "").isdecimal() else DECIMAL
    return WORD if first.isalpha() or first in "_$" else _odd(token)


def _odd(token: str) -> int:
    blank = token[0].isspace() or token[0] == "\ufeff" or token.startswith(("//", "/*")) or token[:3] == "%%%" != token
    return BLANK if blank else BAD


def _closed(token: str) -> bool:
    """Say whether a text has its closing quotes."""
    if token.startswith("'''"):
        return len(token) >= 6 and token.endswith("'''")
    return len(token) > 1 and token.endswith("'") and not _escaped_end(token)


def _escaped_end(token: str) -> bool:
    """Say whether the last quote of a text is itself escaped."""
    body = token[1:-1]
    return (len(body) - len(body.rstrip("\\"))) % 2 == 1


def _open_comment(pieces: list[str], length: int) -> int | None:
    """Return where the comment starts that swallowed the rest of the text, if one did."""
    last = pieces[-_AHEAD - 1] if len(pieces) > _AHEAD else ""
    closed = len(last) > 3 and last.endswith("*/")
    return length - len(last) if last.startswith("/*") and not closed else None
