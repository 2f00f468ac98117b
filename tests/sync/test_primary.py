"""The primary sync and the opt-out job, by example."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from sfoptlint.core.settings import Link, Policy
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.sync.context import Options
from sfoptlint.sync.issue import IssueCause
from sfoptlint.sync.sides import Person, SideError, Trouble
from sfoptlint.sync.verdict import Became, PersonVerdict
from tests.sync.memory import MemoryOrg
from tests.sync.worlds import World

ANN = "003000000000001AAA"
BEN = "003000000000002AAA"
LEA = "00Q000000000001AAA"
PAT = "001000000000001AAA"


def test_unsubscribed_everywhere_is_opted_out_once(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "Ann@Example.com", "Unsubscribed")
    world.campaign_monitor.put("offers", " ann@example.com", "Deleted")
    world.primary()
    assert world.org.opted_out() == {ANN}
    world.clock.wait(hours=1)
    world.primary()
    assert world.org.writes == [(ANN, True)]
    assert not world.issues()


@pytest.mark.parametrize("state", ["Active", "Bounced", "Unconfirmed"])
def test_any_other_state_prevents_it(world: World, state: str) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.campaign_monitor.put("offers", "ann@example.com", state)
    world.full_refresh()
    assert not world.org.writes


def test_without_a_membership_nothing_happens(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.org.put(BEN, "")
    world.campaign_monitor.names["news"] = "News"
    world.full_refresh()
    assert not world.org.writes


def test_every_record_of_an_address_is_opted_out_and_named(world: World) -> None:
    for record in (ANN, BEN, LEA, PAT):
        world.org.put(record, "ann@example.com")
    world.org.put("00Q000000000002AAA", "ann@example.com", converted=True)
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.primary()
    assert world.org.opted_out() == {ANN, BEN, LEA, PAT}
    assert world.issues() == {(IssueCause.DUPLICATE_EMAIL, record) for record in (ANN, BEN, LEA, PAT)}


def test_by_look_up_alone_the_most_recently_modified_is_linked(world: World) -> None:
    world.policy = Policy(link=Link.LOOKUP)
    world.org.put(ANN, "ann@example.com")
    world.clock.wait(minutes=1)
    world.org.put(BEN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.primary()
    assert world.org.opted_out() == {BEN}


def test_a_plan_writes_nothing(world: World) -> None:
    world.options = Options()
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    report = world.primary()
    assert not world.org.writes
    assert report.counts == {"planned": 1}
    assert str(world.told[0]) == (
        f"planned: Contact {ANN} HasOptedOutOfEmail false -> true: Unsubscribed on news since 2026-04-04 11:00:00"
    )


def test_a_move_between_states_is_seen(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.primary()
    world.clock.wait(hours=5)
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.clock.wait(hours=1)
    world.primary()
    assert world.org.opted_out() == {ANN}


def test_nobody_is_opted_in_without_both_permissions(world: World) -> None:
    world.org.put(ANN, "ann@example.com", opted_out=True)
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.primary()
    world.policy = Policy(clear_on_resubscribe=True)
    world.opt_out_job()
    world.policy, world.options = Policy(), Options(write=True, allow_opt_in=True)
    world.opt_out_job()
    assert world.org.opted_out() == {ANN}
    world.policy = Policy(clear_on_resubscribe=True)
    world.opt_out_job()
    assert not world.org.opted_out()


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("FIELD_CUSTOM_VALIDATION_EXCEPTION", IssueCause.BLOCKED),
        ("INVALID_FIELD_FOR_INSERT_UPDATE", IssueCause.NOT_EDITABLE),
        ("ENTITY_IS_LOCKED", IssueCause.RECORD_LOCKED),
        ("SOMETHING_NEW", IssueCause.UNKNOWN),
    ],
)
def test_a_rejected_record_is_logged_and_tried_again(world: World, code: str, cause: IssueCause) -> None:
    world.org.put(ANN, "ann@example.com")
    world.org.put(BEN, "ben@example.com")
    world.org.codes[ANN] = code
    for email in ("ann@example.com", "ben@example.com"):
        world.campaign_monitor.put("news", email, "Unsubscribed")
    world.primary()
    assert world.org.opted_out() == {BEN}
    assert world.issues() == {(cause, ANN)}
    world.org.codes.clear()
    world.primary()
    assert world.org.opted_out() == {ANN, BEN}
    assert not world.issues()
    assert len(world.org.writes) == 3


def test_a_save_that_is_undone_is_found_by_reading_back(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.org.reverting.add(ANN)
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.primary()
    assert world.issues() == {(IssueCause.REVERTED, ANN)}


def test_a_busy_row_is_tried_again_after_a_pause(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.org.busy[ANN] = 2
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.primary()
    assert world.org.opted_out() == {ANN}
    assert not world.issues()


def test_a_lost_answer_is_read_not_guessed(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.org.lost_answers = 1
    world.primary()
    assert [entry.became for entry in world.told] == [Became.WRITTEN]
    assert len(world.org.writes) == 1


def test_a_lost_request_is_logged_and_sent_again(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.org.lost_requests = 1
    world.primary()
    assert world.issues() == {(IssueCause.UNANSWERED, ANN)}
    world.primary()
    assert world.org.opted_out() == {ANN}
    assert not world.issues()


def test_chunks_hold_at_most_200_of_one_object(world: World) -> None:
    for number in range(450):
        world.org.put(f"003{number:012}AAA", f"p{number}@example.com")
        world.campaign_monitor.put("news", f"p{number}@example.com", "Unsubscribed")
    world.org.put(LEA, "p1@example.com")
    world.full_refresh()
    assert len(world.org.opted_out()) == 451
    assert world.org.requests == [200, 200, 50, 1]


def test_a_used_up_limit_stops_the_run_and_the_next_goes_on(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.org.budget = 3
    report = world.primary()
    assert report.stopped.startswith("REQUEST_LIMIT_EXCEEDED")
    assert world.issues() == {(IssueCause.SERVICE, "run")}
    world.org.budget = 100
    world.primary()
    assert world.org.opted_out() == {ANN}
    assert not world.issues()


def test_nothing_is_concluded_until_every_list_was_loaded_whole(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.campaign_monitor.put("offers", "ben@example.com", "Active")
    world.campaign_monitor.short_pages.add("offers")
    assert world.primary().incomplete == {"offers": "page 1 holds 0 of 1 rows"}
    assert not world.org.writes
    assert (IssueCause.LIST_INCOMPLETE, "offers") in world.issues()
    assert (IssueCause.WITHHELD, ANN) in world.issues()
    world.campaign_monitor.short_pages.clear()
    world.primary()
    assert world.org.opted_out() == {ANN}
    assert not world.issues()


def test_a_list_in_doubt_holds_back_its_members_alone(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.org.put(BEN, "ben@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.campaign_monitor.put("news", "ben@example.com", "Active")
    world.campaign_monitor.put("offers", "ben@example.com", "Unsubscribed")
    world.primary()
    world.clock.wait(hours=1)
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.campaign_monitor.put("news", "ben@example.com", "Unsubscribed")
    world.campaign_monitor.failures["offers"] = SideError(Trouble.REFUSED, "102", "Invalid ClientID")
    world.primary()
    assert world.org.opted_out() == {ANN}
    assert world.issues() == {(IssueCause.LIST_INCOMPLETE, "offers"), (IssueCause.WITHHELD, BEN)}


def test_a_list_that_is_gone_is_dropped_by_a_full_refresh(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.campaign_monitor.put("offers", "ann@example.com", "Active")
    world.primary()
    del world.campaign_monitor.names["offers"]
    world.primary()
    assert not world.org.writes
    assert world.issues() == {(IssueCause.LIST_GONE, "offers")}
    world.full_refresh()
    assert world.org.opted_out() == {ANN}
    assert not world.issues()


def test_no_list_at_all_is_no_evidence(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.primary()
    world.campaign_monitor.names.clear()
    world.full_refresh()
    assert world.issues() == {(IssueCause.LIST_GONE, "news")}


def test_a_list_without_member_sync_does_not_count(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.org.hidden_lists.add("offers")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.campaign_monitor.put("offers", "ann@example.com", "Active")
    world.primary()
    assert world.org.opted_out() == {ANN}
    assert world.issues() == {(IssueCause.LIST_NOT_SYNCED, "offers")}


def test_a_person_who_comes_later_is_matched(world: World) -> None:
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.primary()
    world.clock.wait(hours=5)
    world.org.put(ANN, "ann@example.com")
    world.primary()
    assert world.org.opted_out() == {ANN}


def test_who_changes_while_the_others_are_read_is_read_again(world: World) -> None:
    """The lead is read an hour after the contact, which changed in between: the next run asks from before that hour."""
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ben@example.com", "Unsubscribed")

    def slow_people(since: datetime | None) -> Iterator[Person]:
        yield from MemoryOrg.people(world.org, since)
        world.clock.wait(minutes=30)
        world.org.put(ANN, "ben@example.com")
        world.clock.wait(minutes=30)
        world.org.put(LEA, "lea@example.com")
        yield world.org.everybody[LEA]

    world.org.people = slow_people  # type: ignore[method-assign]
    world.primary()
    del world.org.people
    world.primary()
    assert world.org.opted_out() == {ANN}


def test_a_new_address_takes_its_own_memberships(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.campaign_monitor.put("news", "ann@new.example", "Unsubscribed")
    world.primary()
    world.clock.wait(hours=1)
    world.org.put(ANN, "ann@new.example")
    world.primary()
    assert world.org.opted_out() == {ANN}


def test_a_record_that_is_gone_is_logged_and_forgotten(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.primary()
    del world.org.everybody[ANN]
    world.clock.wait(hours=1)
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.primary()
    assert not world.org.writes
    assert world.issues() == {(IssueCause.RECORD_GONE, ANN)}


def test_the_refresh_button_asks_for_one_membership(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.primary()
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.campaign_monitor.calls.clear()
    world.refresh("news", "ANN@example.com")
    assert world.campaign_monitor.calls == ["subscriber news"]
    assert world.org.opted_out() == {ANN}


def test_a_refresh_that_fails_says_so(world: World) -> None:
    world.campaign_monitor.failures["news"] = SideError(Trouble.REFUSED, "102", "Invalid ClientID")
    report = world.refresh("news", "ann@example.com")
    assert report.stopped == "102: Invalid ClientID"
    assert world.issues() == {(IssueCause.REFRESH_FAILS, "news"), (IssueCause.SERVICE, "run")}


def test_a_refresh_of_an_address_that_is_not_on_the_list_drops_it(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.campaign_monitor.put("offers", "ann@example.com", "Unsubscribed")
    world.primary()
    world.campaign_monitor.erase("news", "ann@example.com")
    world.refresh("news", "ann@example.com")
    assert world.org.opted_out() == {ANN}
    assert world.issues() == {(IssueCause.STALE_MEMBERSHIP, "news")}


def test_the_suppression_list_counts_where_the_policy_says_so(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.names["news"] = "News"
    world.campaign_monitor.suppression["ann@example.com"] = world.clock.utc
    world.primary()
    assert not world.org.writes
    world.policy = replace(world.policy, opted_out_states=frozenset({"Unsubscribed", "Suppressed"}))
    world.primary()
    assert world.org.opted_out() == {ANN}


def test_a_person_account_is_written_by_its_account(world: World) -> None:
    world.org.put(PAT, "pat@example.com", lookup="003000000000009AAA")
    world.campaign_monitor.put("news", "pat@example.com", "Unsubscribed")
    world.primary()
    assert world.org.opted_out() == {PAT}
    verdict = world.told[0]
    assert isinstance(verdict, PersonVerdict)
    assert verdict.object is OptOutObject.ACCOUNT
    assert "PersonHasOptedOutOfEmail" in str(verdict)


def test_no_address_reaches_the_log(world: World) -> None:
    world.org.put(ANN, "ann@example.com")
    world.org.codes[ANN] = "FIELD_CUSTOM_VALIDATION_EXCEPTION"
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.primary()
    said = [str(entry) for entry in world.told]
    logged = [str(row) for row in world.db.execute("SELECT * FROM issue")]
    assert said
    assert logged
    assert not [line for line in said + logged if "ann@" in line]
