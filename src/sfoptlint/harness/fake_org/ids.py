"""Record ids: 15 characters that are compared by case, or 18 whose last three make the case checkable.

Salesforce Help, "Record IDs"; the first three characters name the object (key prefixes).
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from random import Random
from string import ascii_letters, digits
from typing import Final

_WHOLE: Final = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_CHECK: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SIGNS: Final = digits + ascii_letters
_PREFIXES: Final[Mapping[str, str]] = {
    "account": "001",
    "contact": "003",
    "user": "005",
    "opportunity": "006",
    "lead": "00Q",
    "task": "00T",
    "event": "00U",
    "organization": "00D",
    "profile": "00e",
    "recordtype": "012",
    "case": "500",
    "campaign": "701",
    "campaignmember": "00v",
    "individual": "0PK",
    "asyncapexjob": "707",
    "crontrigger": "08e",
    "retrieve": "09S",
}


def key_of(record_id: str) -> str:
    """Return what two spellings of one id have in common: its first 15 characters."""
    return record_id.strip()[:15]


def is_id(text: str) -> bool:
    """Whether a text has an id's form."""
    return _WHOLE.fullmatch(text) is not None


def whole(record_id: str) -> str:
    """Return an id with its three characters of check; what has no id's form stays as it is."""
    stripped = record_id.strip()
    if len(stripped) != 15 or not is_id(stripped):
        return stripped
    blocks = (stripped[at : at + 5] for at in (0, 5, 10))
    return stripped + "".join(_CHECK[sum(1 << n for n, sign in enumerate(b) if sign.isupper())] for b in blocks)


def prefix_of(object_name: str) -> str:
    """Return an object's key prefix; a custom object's is its own in every org, and here made from its name."""
    known = _PREFIXES.get(object_name.casefold())
    if known is not None:
        return known
    number = int.from_bytes(sha256(object_name.casefold().encode()).digest()[:4], "big")
    return f"a{_SIGNS[number % 10]}{_SIGNS[10 + number // 10 % 52]}"


class IdMaker:
    """Makes ids that nobody has yet; the same randomness gives the same ids."""

    def __init__(self, random: Random) -> None:
        self._pod = "".join(random.choice(_SIGNS) for _ in range(3))
        self._count = random.randrange(62**3)

    def make(self, object_name: str) -> str:
        """Return the next id of an object, whole."""
        self._count += 1
        left, signs = self._count, ""
        for _ in range(9):
            left, at = divmod(left, 62)
            signs = _SIGNS[at] + signs
        return whole(prefix_of(object_name) + self._pod + signs)
