"""The reconciliation as slowly and plainly as it can be said: every membership held against every person."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

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


@dataclass
class Judged:
    """What is found out about one person: `reason` is empty where no opt-out is missing, `changed` where nobody says when."""

    object: str
    id: str
    expected: bool
    missing: bool
    unexplained: bool
    mixed: bool
    reason: str
    changed: str

    def row(self, today: date) -> tuple[str, ...]:
        """Return the row of the rows file."""
        finding = "missing_opt_out" if self.missing else "unexplained_opt_out" if self.unexplained else "mixed_states"
        age = str(_business_days(date.fromisoformat(self.changed), today)) if self.missing and self.changed else ""
        return self.object, self.id, finding, self.reason, self.changed, age


def counts(world: MadeUp, policy: Policy) -> dict[str, object]:
    """Count what the JSON counts, in the JSON's words."""
    found = judged(world, policy)
    return {
        "people": len(found),
        "memberships": len(world.members),
        "converted_leads": len(world.people) - len(found),
        "expected_opt_out": sum(one.expected for one in found),
        "in_agreement": sum(not (one.missing or one.unexplained or one.mixed) for one in found),
        "missing_opt_out": sum(one.missing for one in found),
        "unexplained_opt_out": sum(one.unexplained for one in found),
        "mixed_states": sum(one.mixed for one in found),
        "reasons": dict(Counter(one.reason for one in found if one.missing)),
    }


def rows(world: MadeUp, policy: Policy, today: date) -> list[tuple[str, ...]]:
    """Return the rows of everybody who differs or whose memberships are mixed, without the header, sorted."""
    found = judged(world, policy)
    return sorted(one.row(today) for one in found if one.missing or one.unexplained or one.mixed)


def judged(world: MadeUp, policy: Policy) -> list[Judged]:
    """Judge everybody but converted leads, one person at a time."""
    people = [someone for someone in world.people if not someone.converted]
    return [_judged(person, people, world, policy) for person in people]


def _judged(person: Someone, people: list[Someone], world: MadeUp, policy: Policy) -> Judged:
    theirs = [member for member in world.members if _is_theirs(member, person, policy)]
    out = [member for member in theirs if member.state in policy.opted_out_states]
    expected = len(out) > 0 and len(out) == len(theirs)
    missing = expected and not person.opted_out
    changes = [member.changed for member in out if member.changed is not None]
    return Judged(
        person.object,
        person.id,
        expected,
        missing,
        unexplained=person.opted_out and len(theirs) > 0 and not expected,
        mixed=0 < len(out) < len(theirs),
        reason=_reason(person, people, theirs, world) if missing else "",
        changed=max(changes).date().isoformat() if changes else "",
    )


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
        synced = world.synced.get(member.list_id) if member.list_id else None  # a blank names no list
        if synced and member.changed and synced < member.changed:
            return "not_synced_yet"
    return "unknown"


def _business_days(since: date, today: date) -> int:
    days = [date.fromordinal(day) for day in range(since.toordinal() + 1, today.toordinal() + 1)]
    return sum(day.isoweekday() < 6 for day in days)
