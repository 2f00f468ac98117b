"""A source without its comments, for who searches the text for what runs."""

import re

from sfoptlint.lang.apex.lexer import COMMENT, QUOTED

_PIECE = re.compile(rf"{QUOTED} | {COMMENT}", re.DOTALL | re.VERBOSE)


def without_comments(text: str) -> str:
    """Return a source with a blank for each comment; what is in quotes stays."""
    return _PIECE.sub(_kept, text)


def _kept(piece: re.Match[str]) -> str:
    return piece[0] if piece[0].startswith("'") else " "
