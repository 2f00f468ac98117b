"""The contact behind a person account, read from the account."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.automation.flow.fields import Fields
from sfoptlint.automation.flow.values import One
from sfoptlint.core.expr import AFTER, Expr
from sfoptlint.evaluate.mappings import OnDemand

_PERSON_CONTACT: Final = MappingProxyType(
    {"id": ("PersonContactId",), "accountid": ("Id",), "hasoptedoutofemail": ("PersonHasOptedOutOfEmail",)}
)
"""Where a person account shows what its contact holds (Object Reference, Account); the rest is behind `PersonContact`."""


def person_contact(fields: Fields) -> Mapping[str, Expr]:
    """Return the fields of a person account's contact, by their names in lower case, read from the account."""

    def read(name: str) -> Expr:
        return fields.stored(One(AFTER, "Account"), _PERSON_CONTACT.get(name, ("PersonContact", name)))

    return OnDemand(read)
