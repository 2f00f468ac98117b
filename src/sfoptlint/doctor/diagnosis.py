"""Why one person's box is as it is: the checklist, in the order in which it is worth asking."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from sfoptlint.core.settings import Policy
from sfoptlint.doctor.causes import Cause, Diagnosis
from sfoptlint.doctor.population import Holding, Subject
from sfoptlint.doctor.sync_state import SyncState
from sfoptlint.policy.expectation import ACTIVE, Standing, standing

BOUNCED = "Bounced"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which the org's own metadata keeps the box from being ticked, proved for this very person."""

    cause: Cause
    evidence: str


class Ways(Protocol):
    """Knows what the org's automations and permissions do to one person's opt-out."""

    def sure(self, subject: Subject) -> tuple[Way, ...]:
        """Return what certainly fails or undoes it."""

    def possible(self, subject: Subject) -> tuple[str, ...]:
        """Return what may, and the data does not tell whether it does."""


@dataclass(frozen=True, slots=True)
class Practice:
    """What a diagnosis rests on beside the person. `anybody`: somebody who is expected to be opted out is."""

    policy: Policy
    sync: SyncState
    ways: Ways | None
    anybody: bool


def diagnose(subject: Subject, practice: Practice) -> Diagnosis:
    """Say why the box is as it is; the first cause that holds, with what else does."""
    found = list(_causes(subject, practice))
    if not found:
        return Diagnosis(None, _agreement(subject, practice))
    (cause, evidence), *others = found
    return Diagnosis(
        cause, evidence, tuple(dict.fromkeys(other for other, _ in others if other not in (cause, Cause.UNKNOWN)))
    )


def is_trouble(subject: Subject, diagnosis: Diagnosis, policy: Policy) -> bool:
    """Whether somebody should act on it although nobody asked about this person."""
    match standing(subject.states, policy):
        case Standing.OPTED_OUT | Standing.MIXED:
            return diagnosis.cause is not None
        case Standing.OTHER:
            return subject.person.opted_out and diagnosis.cause is not None
        case Standing.NONE:
            return diagnosis.cause in (Cause.NO_MEMBERSHIP, Cause.DUPLICATE_EMAIL, Cause.CONVERTED_LEAD) and any(
                holding.membership.state in policy.opted_out_states for holding in subject.namesakes
            )


def _causes(subject: Subject, practice: Practice) -> Iterator[tuple[Cause, str]]:
    stands = standing(subject.states, practice.policy)
    ticked = subject.person.opted_out
    if subject.person.converted:
        yield from _converted(subject, stands)
    elif stands is Standing.OPTED_OUT:
        yield from () if ticked else _missing(subject, practice)
    elif stands is Standing.NONE:
        yield from () if ticked else _without(subject, practice)
    else:
        yield from _prevented(subject, practice, stands)


def _converted(subject: Subject, stands: Standing) -> Iterator[tuple[Cause, str]]:
    told = (subject.contact is not None and subject.contact.opted_out) or any(t.opted_out for t in subject.twins)
    if stands is Standing.OPTED_OUT and not subject.person.opted_out and not told:
        became = f", and the contact {subject.contact.id} is not opted out" if subject.contact else ""
        yield Cause.CONVERTED_LEAD, f"the lead is converted{became}"


def _missing(subject: Subject, practice: Practice) -> Iterator[tuple[Cause, str]]:
    """Yield why somebody is not opted out whose memberships all say that they are."""
    if subject.twins:
        ids = _few([twin.id for twin in subject.twins])
        yield Cause.DUPLICATE_EMAIL, f"the same address is on {ids} too"
    ways = practice.ways
    for way in ways.sure(subject) if ways else ():
        yield way.cause, way.evidence
    yield from _sync(subject, practice.sync)
    if not practice.anybody:
        yield Cause.OPTION_OFF, "nobody is opted out at all, of those whose memberships say so"
    possible = ways.possible(subject) if ways else ()
    hint = f"; {_few(possible)} may reject or undo it, which the data does not tell" if possible else ""
    yield Cause.UNKNOWN, f"nothing in the data says why{hint}"


def _sync(subject: Subject, sync: SyncState) -> Iterator[tuple[Cause, str]]:
    for holding in subject.holdings:
        if fault := _refresh_fault(holding, sync):
            yield Cause.REFRESH_FAILS, fault
    if sync.jobs:
        yield Cause.PRIMARY_SYNC_NOT_RUNNING, f"the primary sync is not running: {sync.jobs}"
    for holding in subject.holdings:
        list_id = holding.membership.list_id
        if sync.is_late(list_id):
            yield Cause.PRIMARY_SYNC_NOT_RUNNING, f"the last sync of the list {list_id} is too old"
    for holding in subject.holdings:
        if stale := _stale(holding, sync):
            yield Cause.STALE_MEMBERSHIP, stale


def _prevented(subject: Subject, practice: Practice, stands: Standing) -> Iterator[tuple[Cause, str]]:
    """Yield why the box is not expected to be ticked, or why mail still goes out to somebody whose box is."""
    policy = practice.policy
    counted = [h for h in subject.holdings if h.membership.state not in policy.ignored_states]
    others = [h for h in counted if h.membership.state not in policy.opted_out_states]
    states = sorted({holding.membership.state or "none" for holding in others})
    where = _few([holding.membership.list_id for holding in others])
    if stands is Standing.MIXED and not subject.person.opted_out:
        for holding in others:
            if stale := _stale(holding, practice.sync):
                yield Cause.STALE_MEMBERSHIP, stale
    if subject.person.opted_out and ACTIVE in states:
        yield Cause.ACTIVE_MEMBERSHIP, f"the box is ticked, and the list {where} still has the person as Active"
    elif states == [BOUNCED]:
        yield Cause.BOUNCED, f"the membership on the list {where} is Bounced"
    elif stands is Standing.MIXED:
        yield Cause.MIXED_STATES, f"some memberships are opted out, and {where} is {', '.join(states)}"
        if BOUNCED in states:
            yield Cause.BOUNCED, f"a membership on the list {where} is Bounced"
        if ACTIVE in states:
            yield Cause.ACTIVE_MEMBERSHIP, f"the membership on the list {where} is Active"
    elif ACTIVE in states:
        yield Cause.ACTIVE_MEMBERSHIP, f"the membership on the list {where} is Active"
    else:
        yield Cause.UNKNOWN, f"the membership on the list {where} is {', '.join(states)}, which is no opt-out"


def _without(subject: Subject, practice: Practice) -> Iterator[tuple[Cause, str]]:
    """Yield why somebody without a membership of their own is not opted out."""
    near = [h for h in subject.namesakes if h.membership.state in practice.policy.opted_out_states]
    named = [h for h in near if h.membership.contact or h.membership.lead]
    if near and subject.lead is not None and named:
        yield Cause.CONVERTED_LEAD, f"the membership names the lead {subject.lead.id} that became this contact"
    elif named:
        ids = _few([h.membership.contact or h.membership.lead for h in named])
        yield Cause.DUPLICATE_EMAIL, f"the membership with this address names {ids}"
    elif near:
        yield Cause.NO_MEMBERSHIP, "a membership has this address, and is linked to nobody"
    else:
        yield Cause.NO_MEMBERSHIP, "there is no membership"


def _refresh_fault(holding: Holding, sync: SyncState) -> str | None:
    membership = holding.membership
    if not membership.email.strip():
        return f"the membership {membership.id} has no address, so that a refresh finds nobody"
    if sync.lists is not None and membership.list_id not in sync.lists:
        return f"the list {membership.list_id or '(blank)'} of the membership {membership.id} is not there any more"
    return None


def _stale(holding: Holding, sync: SyncState) -> str | None:
    list_id = holding.membership.list_id
    found = (sync.lists or {}).get(list_id)
    if found is None:
        return None
    if found.prevented:
        return f"the members of the list {list_id} are not synced, so that its states are old"
    if found.last_synced is not None and holding.changed is not None and holding.changed > found.last_synced:
        return f"the membership on the list {list_id} changed after the list was last synced"
    return None


def _agreement(subject: Subject, practice: Practice) -> str:
    if subject.person.converted:
        return "a converted lead is not written any more"
    stands = standing(subject.states, practice.policy)
    if subject.person.opted_out:
        every = "every membership is opted out" if stands is Standing.OPTED_OUT else "nothing speaks against it"
        return f"the box is ticked, and {every}"
    return "the box is as it should be"


def _few(names: list[str] | tuple[str, ...]) -> str:
    unique = list(dict.fromkeys(names))
    more = f" and {len(unique) - _SHOWN} more" if len(unique) > _SHOWN else ""
    return ", ".join(unique[:_SHOWN]) + more
