"""What is to become of one person's box, with the memberships that say so: pure, so that the journal's rows reproduce it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sfoptlint.core.settings import Policy
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.policy import expectation
from sfoptlint.policy.people import Membership
from sfoptlint.policy.people import Person as PolicyPerson
from sfoptlint.sync.memberships import Held
from sfoptlint.sync.sides import Person


class Aim(StrEnum):
    """What the job means to do."""

    LEAVE = "leave"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not known: whether some list was never loaded whole, and the lists whose last load was not."""

    never_whole: bool = False
    lists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """An aim and the memberships it rests on. `unexplained`: the box is ticked, and the memberships do not say so."""

    aim: Aim
    theirs: Sequence[Held]
    unexplained: bool = False


def decide(person: Person, held: Sequence[Held], policy: Policy, doubt: Doubt) -> Decision:
    """Return what the memberships of a person's address say, under the policy.

    That somebody is not on a list is known once the list was loaded whole: until then nothing is concluded about anybody.
    After a later load that was not whole, nothing about those who are on that list.
    """
    seen = _as_policy_sees(person)
    theirs = [row for row in held if expectation.is_theirs(_membership(row, person), seen, policy.link)]
    states = [row.state for row in theirs]
    standing = expectation.standing(states, policy)
    unexplained = seen.opted_out and standing in {expectation.Standing.MIXED, expectation.Standing.OTHER}
    aim = Aim(expectation.change(seen, states, policy))
    if aim is not Aim.LEAVE and (doubt.never_whole or any(row.list in doubt.lists for row in theirs)):
        aim = Aim.WITHHOLD
    return Decision(aim, theirs, unexplained and not person.converted)


def evidence(theirs: Sequence[Held]) -> str:
    """Return the memberships in words, without the address."""
    return ", ".join(f"{row.state} on {row.list} since {row.since}" for row in theirs) or "no membership"


def _as_policy_sees(person: Person) -> PolicyPerson:
    target = OptOutObject.LEAD if person.object is OptOutObject.LEAD else OptOutObject.CONTACT
    return PolicyPerson(target, person.lookup, person.email, person.opted_out, person.converted)


def _membership(row: Held, person: Person) -> Membership:
    lookup = row.record or ""
    lead = person.object is OptOutObject.LEAD
    return Membership("", row.email, row.state, row.list, contact="" if lead else lookup, lead=lookup if lead else "")
