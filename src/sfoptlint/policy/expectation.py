"""What a person's memberships say about the opt-out box.

The product ticks the box of who is unsubscribed or deleted in all lists (Campaign Monitor for Salesforce, "Email opt-out").
So one membership in another state prevents it, and no membership at all says nothing: while a full refresh reloads them,
everybody is without one for a while.
"""

from collections.abc import Iterable
from enum import StrEnum

from sfoptlint.core.settings import Link, Policy
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.policy.address import address_key
from sfoptlint.policy.people import Membership, Person, record_key

ACTIVE = "Active"


class Standing(StrEnum):
    """What the memberships that count say together."""

    NONE = "none"
    OPTED_OUT = "opted_out"
    MIXED = "mixed"
    OTHER = "other"


class Change(StrEnum):
    """What the opt-out job does to a person's box."""

    LEAVE = "leave"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"


def is_theirs(membership: Membership, person: Person, link: Link) -> bool:
    """Return whether a membership is a person's: its look-up names them or, where the policy says so, its email equals theirs."""
    lookup = membership.lead if person.object is OptOutObject.LEAD else membership.contact
    if record_key(lookup) and record_key(lookup) == record_key(person.id):
        return True
    key = address_key(person.email) if link is Link.LOOKUP_OR_EMAIL else ""
    return bool(key) and key == address_key(membership.email)


def standing(states: Iterable[str], policy: Policy) -> Standing:
    """Return what the states of one person's memberships say; ignored ones are as if they were not there."""
    opted_out = {state in policy.opted_out_states for state in states if state not in policy.ignored_states}
    if not opted_out:
        return Standing.NONE
    if len(opted_out) == 2:
        return Standing.MIXED
    return Standing.OPTED_OUT if True in opted_out else Standing.OTHER


def expected(states: Iterable[str], policy: Policy) -> bool:
    """Return whether a person with memberships in these states is expected to be opted out."""
    return standing(states, policy) is Standing.OPTED_OUT


def change(person: Person, states: Iterable[str], policy: Policy) -> Change:
    """Return what is to become of a person's box; a converted lead is never written.

    Opting in needs `clear_on_resubscribe`, and an Active membership: no other state says that somebody came back.
    """
    if person.converted:
        return Change.LEAVE
    known = list(states)
    if expected(known, policy):
        return Change.LEAVE if person.opted_out else Change.OPT_OUT
    came_back = person.opted_out and policy.clear_on_resubscribe and ACTIVE in known
    return Change.OPT_IN if came_back else Change.LEAVE
