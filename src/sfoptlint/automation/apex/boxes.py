"""Which boxes a file may write, by a search over its text and that of the classes it names."""

import re

from sfoptlint.automation.apex.codebase import Codebase
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.lang.apex.comments import without_comments

_BOX = re.compile(
    r"[.(,]\s*(?:person)?hasoptedoutofemail\s*[&|^]?=[^=]|'(?:person)?hasoptedoutofemail'"
    r"|\bput\s*\(\s*(?:\w+\s*\.\s*)+(?:person)?hasoptedoutofemail\b"
)
"""An assignment, an argument of a constructor, the name as a text, or as a token for `put`; a query that only selects is none."""


def may_write(text: str) -> bool:
    """Whether a text in lower case has words that may write a box."""
    return bool(_writes(text))


def names_box(text: str) -> bool:
    """Whether a text has the name of a box, or most of it, in whatever way."""
    folded = text.casefold()
    return "hasoptedout" in folded or "optedoutofemail" in folded


def _writes(text: str) -> list[str]:
    return _BOX.findall(without_comments(text)) if "asoptedoutofemail" in text else []


def boxes(text: str, codebase: Codebase) -> frozenset[OptOutObject]:
    """Return the objects whose box those words may write: a person account's box has a name of its own."""
    found: set[OptOutObject] = set()
    texts = _texts(text.lower(), codebase)
    for words in (words for one in texts for words in _writes(one)):
        found |= {OptOutObject.ACCOUNT} if "person" in words else {OptOutObject.CONTACT, OptOutObject.LEAD}
    return frozenset(of for of in found if any(_names(one, of.casefold()) for one in texts)) or frozenset(found)


def _names(text: str, object_: str) -> bool:
    return object_ in text and re.search(rf"\b{object_}\b", text) is not None


def _texts(text: str, codebase: Codebase) -> list[str]:
    """Return a file, the classes that it names, and the classes that those name."""
    mentions = codebase.mentions
    first = mentions.classes(text)
    return [text, *map(mentions.text, first.union(*map(mentions.named, first)))]
