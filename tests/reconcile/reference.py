"""The reconciliation as slowly and plainly as it can be said: every membership held against every person."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sfoptlint.core.settings import Link, Policy

BLANKS = " \t\n\v\f\r\u00a0"


@dataclass
class Someone:
    """A contact or a lead of a made-up world."""

    object: str
    id: str
    email: str
    opted_out: bool
    converted: bool = False


@dataclass
class Member:
    """A membership of a made-up world."""

    email: str
    state: str
    list_id: str
    contact: str
    lead: str
    changed: datetime | None


@dataclass
class MadeUp:
    """A world: people, memberships, and when each list was last synced."""

    people: list[Someone]
    members: list[Member]
    synced: dict[str, datetime | None] = field(default_factory=dict)


def same_address(one: str, other: str) -> bool:
    """Compare two addresses letter by letter."""
    keys = ["".join(c.lower() if c.isascii() else c for c in email.strip(BLANKS)) for email in (one, other)]
    return bool(keys[0]) and keys[0] == keys[1]


def counts(world: MadeUp, policy: Policy) -> dict[str, object]:
    """Count what the JSON counts, in the JSON's words."""
    people = [someone for someone in world.people if not someone.converted]
    found: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for person in people:
        theirs = [member for member in world.members if _is_theirs(member, person, policy)]
        out = [member for member in theirs if member.state in policy.opted_out_states]
        expected = len(out) > 0 and len(out) == len(theirs)
        missing = expected and not person.opted_out
        unexplained = person.opted_out and len(theirs) > 0 and not expected
        mixed = 0 < len(out) < len(theirs)
        found["expected"] += expected
        found["missing"] += missing
        found["unexplained"] += unexplained
        found["mixed"] += mixed
        found["fine"] += not (missing or unexplained or mixed)
        if missing:
            reasons[_reason(person, people, theirs, world)] += 1
    return {
        "people": len(people),
        "memberships": len(world.members),
        "converted_leads": len(world.people) - len(people),
        "expected_opt_out": found["expected"],
        "in_agreement": found["fine"],
        "missing_opt_out": found["missing"],
        "unexplained_opt_out": found["unexplained"],
        "mixed_states": found["mixed"],
        "reasons": dict(reasons),
    }


def _is_theirs(member: Member, person: Someone, policy: Policy) -> bool:
    if member.state in policy.ignored_states:
        return False
    lookup = member.contact if person.object == "Contact" else member.lead
    if lookup and person.id and lookup[:15] == person.id[:15]:
        return True
    return policy.link is Link.LOOKUP_OR_EMAIL and same_address(member.email, person.email)


def _reason(person: Someone, people: list[Someone], theirs: list[Member], world: MadeUp) -> str:
    if any(other is not person and same_address(other.email, person.email) for other in people):
        return "duplicate_email"
    for member in theirs:
        synced = world.synced.get(member.list_id)
        if synced and member.changed and synced < member.changed:
            return "not_synced_yet"
    return "unknown"
