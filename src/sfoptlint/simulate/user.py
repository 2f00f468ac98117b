"""Who saves: what is known of that user, and whether they may edit what the request sets.

Saving needs edit permission on the object and on each field (Salesforce Security Guide, Control Who Sees What).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sfoptlint.core.expr import Value
from sfoptlint.core.witness import Values
from sfoptlint.simulate.result import Rejection


@dataclass(frozen=True, slots=True)
class Allowed:
    """The user may save; `assumption` says what had to be taken for granted, empty where nothing had."""

    assumption: str = ""


class User(Protocol):
    """The user whose save it is."""

    def known(self, name: str) -> Mapping[str, Value]:
        """Return the value of a `$` name under that name; nothing where it is not known."""

    def may_save(self, object_: str, asked: Values) -> Allowed | Rejection:
        """Return whether they may edit these fields of the object."""


class AnyUser:
    """A user of whom nothing is known."""

    def known(self, name: str) -> Mapping[str, Value]:
        """Return nothing."""
        return {}

    def may_save(self, object_: str, asked: Values) -> Allowed | Rejection:
        """Return that they may."""
        return Allowed(f"the user may edit {', '.join(asked)} of {object_}" if asked else "")
