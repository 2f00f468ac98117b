"""Which boxes a file may write, by a search over its text and that of the classes it names."""

import re
from collections.abc import Iterator

from sfoptlint.automation.apex.codebase import Codebase
from sfoptlint.core.verdict import OptOutObject

_BOX = re.compile(r"[.(,]\s*(?:person)?hasoptedoutofemail\s*=[^=]|'(?:person)?hasoptedoutofemail'", re.IGNORECASE)
"""An assignment, an argument of a constructor, or the name as a text for `put`; a query that only selects it is none."""


def may_write(text: str) -> bool:
    """Whether a text has words that may write a box."""
    return "asoptedoutofemail" in text.lower() and _BOX.search(text) is not None


def boxes(text: str, codebase: Codebase) -> frozenset[OptOutObject]:
    """Return the objects whose box those words may write: a person account's box has a name of its own."""
    found: set[OptOutObject] = set()
    texts = list(_texts(text, codebase))
    for one in texts:
        for match in _BOX.finditer(one):
            person = "person" in match[0].casefold()
            found |= {OptOutObject.ACCOUNT} if person else {OptOutObject.CONTACT, OptOutObject.LEAD}
    named = {of for of in found if any(re.search(rf"\b{of}\b", one, re.IGNORECASE) for one in texts)}
    return frozenset(named or found)


def _texts(text: str, codebase: Codebase) -> Iterator[str]:
    """Yield a file, the classes that it names, and the classes that those name."""
    seen: set[str] = set()
    texts = [text]
    for _ in range(3):
        yield from texts
        names = {word.casefold() for one in texts for word in re.findall(r"\b[A-Za-z]\w+", one)} - seen
        seen |= names
        texts = [codebase.text(codebase.paths[name]) or "" for name in names & codebase.paths.keys()]
