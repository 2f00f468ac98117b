"""The machine and a few directed stories find what is planted; a promise that no bug can break promises nothing."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from sfoptlint.sync.context import Rules
from sfoptlint.sync.issue import IssueCause
from sfoptlint.sync.run import primary
from sfoptlint.sync.verdict import Report
from tests.sync import planted
from tests.sync.worlds import World

FINDING = settings(
    max_examples=3000, stateful_step_count=25, deadline=None, derandomize=True, database=None, print_blob=False,
    report_multiple_bugs=False, phases=[Phase.generate],
)  # fmt: skip
ANN = "003000000000001AAA"
BEN = "003000000000002AAA"

BY_MACHINE: dict[str, Callable[[], World]] = {
    "the key minds case": planted.with_rules(Rules(key=planted.case_matters)),
    "only one of duplicates is written": planted.with_rules(Rules(decide=planted.first_of_duplicates)),
    "no membership counts as all unsubscribed": planted.with_rules(Rules(decide=planted.none_is_all)),
    "a failed record is swallowed": planted.with_rules(Rules(judge=planted.failure_swallowed)),
    "the value found is written back": planted.opting_in_world,
    "the watermark is the last one, by the client's clock": planted.with_rules(Rules(since=lambda last, _: last.local)),
}


@pytest.mark.parametrize("bug", BY_MACHINE)
def test_the_machine_finds(bug: str) -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(planted.machine_over(BY_MACHINE[bug]), settings=FINDING)


@pytest.mark.parametrize(("overlap", "found"), [(True, True), (False, False)])
def test_the_hour_that_comes_twice(overlap: bool, found: bool) -> None:
    """In Sydney 02:00 to 03:00 comes twice on 5 April 2026; the second 02:10 is later than the first 02:40."""
    world = World() if overlap else planted.with_rules(Rules(since=lambda last, _: last.local))()
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.clock.utc = datetime(2026, 4, 4, 15, 40, tzinfo=UTC)
    world.primary()
    world.clock.utc = datetime(2026, 4, 4, 16, 10, tzinfo=UTC)
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.clock.wait(hours=4)
    world.primary()
    assert (world.org.opted_out() == {ANN}) is found
    world.close()


@pytest.mark.parametrize(("rules", "waits"), [(Rules(), True), (Rules(decide=planted.any_is_all), False)])
def test_one_unsubscribed_list_is_not_enough(rules: Rules, waits: bool) -> None:
    world = World(rules=rules)
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.campaign_monitor.put("offers", "ann@example.com", "Active")
    world.primary()
    assert (not world.org.writes) is waits
    world.close()


@pytest.mark.parametrize(("rules", "withheld"), [(Rules(), True), (Rules(decide=planted.half_is_whole), False)])
def test_a_list_that_was_never_whole(rules: Rules, withheld: bool) -> None:
    world = World(rules=rules)
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.campaign_monitor.put("offers", "ann@example.com", "Active")
    world.campaign_monitor.short_pages.add("offers")
    world.primary()
    assert (not world.org.writes) is withheld
    world.close()


class _KilledError(BaseException):
    """The process was killed."""


@pytest.mark.parametrize(("rules", "found"), [(Rules(), True), (Rules(judge=planted.success_believed), False)])
def test_a_save_that_is_undone(rules: Rules, found: bool) -> None:
    world = World(rules=rules)
    world.org.put(ANN, "ann@example.com")
    world.org.reverting.add(ANN)
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.primary()
    assert ((IssueCause.REVERTED, ANN) in world.issues()) is found
    world.close()


@pytest.mark.parametrize(
    ("rules", "whole"), [(Rules(), True), (Rules(page_order=lambda pages: range(2, pages + 1)), False)]
)
def test_rows_that_shift_between_pages(rules: Rules, whole: bool) -> None:
    """Who leaves page 1 while page 2 is about to be read pulls a row of page 2 forward, where a forward reader was already."""
    world = World(rules=rules)
    world.campaign_monitor.page_size = 2
    for number in range(6):
        world.campaign_monitor.put("news", f"p{number}@example.com", "Active")
        world.clock.wait(minutes=1)
    world.clock.wait(hours=5)
    before = world.campaign_monitor.before_page
    before.extend([lambda: None] * 5)  # four empty collections, and the first page of the fifth
    before.append(lambda: world.campaign_monitor.put("news", "p0@example.com", "Unsubscribed"))
    world.full_refresh()
    known = {key for (key,) in world.db.execute("SELECT key FROM membership")}
    assert (known == {f"p{number}@example.com" for number in range(6)}) is whole
    world.close()


@pytest.mark.parametrize(("kind", "safe"), [(planted.TellingWorld, True), (planted.HastyWorld, False)])
def test_an_address_that_is_closed_too_early(kind: type[World], safe: bool) -> None:
    """Killed after every statement in turn, then run again: closed when planned, somebody is lost."""
    ends = [_killed_at(kind, number) for number in range(1, 160)]
    assert all(ends) is safe


def _killed_at(kind: type[World], number: int) -> bool:
    world = kind()
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Active")
    world.primary()
    world.clock.wait(hours=5)
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    left = number

    def reached(_: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise _KilledError

    world.reached = reached
    with suppress(_KilledError):
        world.primary()
    world.reached = lambda _: None
    world.clock.wait(hours=5)
    world.primary()
    known = {*world.db.execute("SELECT list, key, state FROM membership")}
    good = world.org.opted_out() == {ANN} and known == {("news", "ann@example.com", "Unsubscribed")}
    world.close()
    return good


def test_two_runs_at_once_without_a_lease_opt_out_somebody_active() -> None:
    """Why there is a lease: the second run throws away what the first has staged, which then counts as the whole list."""
    world = World()
    world.org.put(ANN, "ann@example.com")
    world.campaign_monitor.put("news", "ann@example.com", "Unsubscribed")
    world.campaign_monitor.put("offers", "ann@example.com", "Active")
    world.clock.wait(hours=5)
    interrupted = False

    def reached(step: str) -> None:
        nonlocal interrupted
        if step == "page staged" and not interrupted and _staged(world, "offers"):
            interrupted = True
            world.reached = lambda _: None
            primary(world.sync(), Report(lambda _: None))

    world.reached = reached
    world.full_refresh()
    assert world.org.opted_out() == {ANN}
    world.close()


def _staged(world: World, list_id: str) -> bool:
    return bool(world.db.execute("SELECT 1 FROM staged WHERE list = ?", (list_id,)).fetchone())
