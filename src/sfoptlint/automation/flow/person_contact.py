"""The contact behind a person account, read from the account."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.automation.flow.fields import Fields
from sfoptlint.automation.flow.values import One
from sfoptlint.core.expr import AFTER, Expr

_PERSON_CONTACT: Final = MappingProxyType(
    {"id": ("PersonContactId",), "accountid": ("Id",), "hasoptedoutofemail": ("PersonHasOptedOutOfEmail",)}
)
"""Where a person account shows what its contact holds (Object Reference, Account); the rest is behind `PersonContact`."""


class PersonContact(Mapping[str, Expr]):
    """The fields of a person account's contact, by their names in lower case, read from the account."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> Expr:
        path = _PERSON_CONTACT.get(name, ("PersonContact", name))
        return self._fields.stored(One(AFTER, "Account"), path)

    def __contains__(self, _name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
