"""The policy: which memberships are a person's, what they say, what becomes of the box."""

from dataclasses import replace

import pytest

from sfoptlint.core.settings import Link, Policy
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.policy.expectation import Change, Standing, change, expected, is_theirs, standing
from sfoptlint.policy.people import Membership, Person

ADA = Person(OptOutObject.CONTACT, "003000000000001AAA", " Ada@Example.com", opted_out=False)
LEO = Person(OptOutObject.LEAD, "00Q000000000001", "leo@example.com", opted_out=False)
NOBODYS = Membership("a00000000000001", "other@example.com", "Active", "list")


@pytest.mark.parametrize(
    ("membership", "person", "theirs"),
    [
        (replace(NOBODYS, email="ADA@example.com\t"), ADA, {Link.LOOKUP_OR_EMAIL}),
        (replace(NOBODYS, contact="003000000000001"), ADA, set(Link)),
        (replace(NOBODYS, contact="003000000000001XYZ"), ADA, set(Link)),
        (replace(NOBODYS, contact="003000000000002AAA"), ADA, set()),
        (replace(NOBODYS, contact="003000000000002AAA", email="ada@example.com"), ADA, {Link.LOOKUP_OR_EMAIL}),
        (replace(NOBODYS, lead="003000000000001AAA"), ADA, set()),
        (replace(NOBODYS, lead="00Q000000000001AAA"), LEO, set(Link)),
        (replace(NOBODYS, email=""), replace(ADA, email="\u00a0"), set()),
        (replace(NOBODYS, email="ada+news@example.com"), ADA, set()),
        (NOBODYS, replace(ADA, id=""), set()),
    ],
)
def test_whose_a_membership_is(membership: Membership, person: Person, theirs: set[Link]) -> None:
    assert {link for link in Link if is_theirs(membership, person, link)} == theirs


@pytest.mark.parametrize(
    ("states", "policy", "said"),
    [
        ([], Policy(), Standing.NONE),
        (["Unsubscribed", "Deleted"], Policy(), Standing.OPTED_OUT),
        (["Unsubscribed", "Active"], Policy(), Standing.MIXED),
        (["Unsubscribed", "Bounced"], Policy(), Standing.MIXED),
        (["Unsubscribed", "Bounced"], Policy(ignored_states=frozenset({"Bounced"})), Standing.OPTED_OUT),
        (["Bounced"], Policy(ignored_states=frozenset({"Bounced"})), Standing.NONE),
        (["Deleted"], Policy(opted_out_states=frozenset({"Unsubscribed"})), Standing.OTHER),
        (["Deleted"], Policy(ignored_states=frozenset({"Deleted"})), Standing.NONE),
        (["Suppressed"], Policy(), Standing.OTHER),
        (["Unsubscribed", ""], Policy(), Standing.MIXED),
        (["unsubscribed"], Policy(), Standing.OTHER),
        (["Spam"], Policy(), Standing.OTHER),
    ],
)
def test_what_the_states_say(states: list[str], policy: Policy, said: Standing) -> None:
    assert standing(states, policy) is said
    assert expected(states, policy) is (said is Standing.OPTED_OUT)


OPTED_OUT = replace(ADA, opted_out=True)
CLEARING = Policy(clear_on_resubscribe=True)


@pytest.mark.parametrize(
    ("person", "states", "policy", "becomes"),
    [
        (ADA, ["Unsubscribed"], Policy(), Change.OPT_OUT),
        (ADA, ["Unsubscribed", "Active"], CLEARING, Change.LEAVE),
        (ADA, [], CLEARING, Change.LEAVE),
        (OPTED_OUT, ["Unsubscribed"], CLEARING, Change.LEAVE),
        (OPTED_OUT, ["Active"], Policy(), Change.LEAVE),
        (OPTED_OUT, ["Active"], CLEARING, Change.OPT_IN),
        (OPTED_OUT, ["Unsubscribed", "Active"], CLEARING, Change.OPT_IN),
        (OPTED_OUT, ["Unsubscribed", "Bounced"], CLEARING, Change.LEAVE),
        (OPTED_OUT, [], CLEARING, Change.LEAVE),
        (replace(LEO, converted=True), ["Unsubscribed"], CLEARING, Change.LEAVE),
        (replace(LEO, converted=True, opted_out=True), ["Active"], CLEARING, Change.LEAVE),
    ],
)
def test_what_becomes_of_the_box(person: Person, states: list[str], policy: Policy, becomes: Change) -> None:
    assert change(person, states, policy) is becomes
