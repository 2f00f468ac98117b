"""People and their memberships, as the policy sees them."""

from dataclasses import dataclass

from sfoptlint.core.verdict import OptOutObject
from sfoptlint.policy.address import SURROUNDING, stripped_sql

ID_LENGTH = 15
"""An id's last three characters only repair its case (Object Reference: Field Types, ID)."""


@dataclass(frozen=True, slots=True)
class Person:
    """A contact or a lead. A person account is one by its contact, whose box is the account's."""

    object: OptOutObject
    id: str
    email: str
    opted_out: bool
    converted: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """A row of `wbsendit__Subscription__c`: one address on one list. Blank is the empty text."""

    id: str
    email: str
    state: str
    list_id: str
    contact: str = ""
    lead: str = ""


def record_key(record_id: str) -> str:
    """Return what the two spellings of an id, 15 and 18 characters long, have in common; empty for a blank.

    White space around it does not count, as it does not around an address.
    """
    return record_id.strip(SURROUNDING)[:ID_LENGTH]


def record_key_sql(column: str) -> str:
    """Return the SQL expression of `record_key`; NULL for a blank, so that no join finds one."""
    return f"NULLIF(SUBSTRING({stripped_sql(column)}, 1, {ID_LENGTH}), '')"
