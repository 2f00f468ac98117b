"""Which boxes a file may write, by a search over its text and that of the classes it names."""

import re

from sfoptlint.automation.apex.codebase import Codebase
from sfoptlint.core.verdict import OptOutObject

_BOX = re.compile(r"[.(,]\s*(?:person)?hasoptedoutofemail\s*=[^=]|'(?:person)?hasoptedoutofemail'")
"""An assignment, an argument of a constructor, or the name as a text for `put`; a query that only selects it is none."""


def may_write(text: str) -> bool:
    """Whether a text in lower case has words that may write a box."""
    return "asoptedoutofemail" in text and _BOX.search(text) is not None


def boxes(text: str, codebase: Codebase) -> frozenset[OptOutObject]:
    """Return the objects whose box those words may write: a person account's box has a name of its own."""
    found: set[OptOutObject] = set()
    texts = list(_texts(text.lower(), codebase))
    for one in filter(may_write, texts):
        for match in _BOX.finditer(one):
            person = "person" in match[0]
            found |= {OptOutObject.ACCOUNT} if person else {OptOutObject.CONTACT, OptOutObject.LEAD}
    return frozenset(of for of in found if any(_names(one, of.casefold()) for one in texts)) or frozenset(found)


def _names(text: str, object_: str) -> bool:
    return object_ in text and re.search(rf"\b{object_}\b", text) is not None


def _texts(text: str, codebase: Codebase) -> list[str]:
    """Return a file, the classes that it names, and the classes that those name."""
    mentions = codebase.mentions
    first = mentions.classes(text)
    return [text, *map(mentions.text, first.union(*map(mentions.named, first)))]
