"""A run that is killed at any step resumes to the same end; two runs never work at once."""

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sfoptlint.core.errors import UsageError
from sfoptlint.sync.journal import Journal, copied, leased, open_database
from sfoptlint.sync.maintenance import issues
from tests.sync.worlds import World

PEOPLE = {"003000000000001AAA": "ann@example.com", "00Q000000000001AAA": "lea@example.com"}


class KilledError(BaseException):
    """The process was killed."""


class KillAt:
    """Kill a run at its nth step, counted from one."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, step: str) -> None:
        self.left -= 1
        if self.left == 0:
            raise KilledError(step)


def _world() -> World:
    world = World()
    for record, email in PEOPLE.items():
        world.org.put(record, email)
        world.campaign_monitor.put("news", email, "Active")
        world.campaign_monitor.put("offers", email, "Unsubscribed")
    world.primary()
    world.clock.wait(hours=1)
    for email in PEOPLE.values():
        world.campaign_monitor.put("news", email, "Unsubscribed")
    world.org.put("003000000000002AAA", "ben@example.com")
    world.campaign_monitor.put("news", "ben@example.com", "Active")
    return world


def _state(world: World) -> object:
    tables = ("membership", "issue", "open_key", "planned", "staged", "unsubscribing")
    people = world.db.execute("SELECT id, key, opted_out FROM person ORDER BY id").fetchall()
    return [people, *(world.db.execute(f"SELECT * FROM {table}").fetchall() for table in tables)]


@pytest.mark.parametrize("command", ["primary", "full_refresh"])
def test_killed_at_every_step_it_resumes_to_the_same_end(command: str) -> None:
    whole = _world()
    count = KillAt(0)
    whole.reached = count
    getattr(whole, command)()
    steps = -count.left
    assert steps > 20
    for number in range(1, steps + 1):
        world = _world()
        world.reached = KillAt(number)
        with suppress(KilledError):
            getattr(world, command)()
        world.reached = lambda _: None
        getattr(world, command)()
        assert world.org.opted_out() == set(PEOPLE), number
        assert sorted(world.org.writes) == [(record, True) for record in sorted(PEOPLE)], number
        assert _state(world) == _state(whole), number
        world.close()
    whole.close()


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "journal"
    with leased(file), pytest.raises(UsageError, match="another run is under way"), leased(file):
        pass
    with leased(file):
        pass


def test_a_file_that_is_no_journal_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("these are no tables, but a text that is longer than a header of a database would be" * 20)
    with pytest.raises(UsageError, match="is no journal"), leased(file):
        pass


def test_a_journal_of_another_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "journal"
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="another version of sfoptlint"), leased(file):
        pass


def test_a_journal_belongs_to_one_org(tmp_path: Path) -> None:
    with leased(tmp_path / "journal") as journal:
        journal.belong_to("org A")
        journal.belong_to("org A")
        with pytest.raises(UsageError, match="belongs to org A, not to org B"):
            journal.belong_to("org B")


def test_a_plan_works_on_a_copy(tmp_path: Path) -> None:
    file = tmp_path / "journal"
    with leased(file) as journal, journal.step("test"):
        journal.put("name", "kept")
    with copied(file) as copy:
        assert copy.get("name") == "kept"
        with copy.step("test"):
            copy.put("name", "changed")
    with leased(file) as journal:
        assert journal.get("name") == "kept"


def test_a_full_disk_leaves_the_last_whole_step() -> None:
    world = _world()
    before = _state(world)
    pages = world.db.execute("PRAGMA page_count").fetchone()[0]
    world.db.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(500):
        world.campaign_monitor.put("offers", f"{number}{'x' * 60}@example.com", "Active")
    with pytest.raises(Exception, match="full"):
        world.primary()
    world.db.execute("PRAGMA max_page_count = 100000")
    assert _state(world) == before or world.primary().stopped == ""
    world.full_refresh()
    assert world.org.opted_out() == set(PEOPLE)
    world.close()


def test_an_issue_keeps_when_it_was_first_seen() -> None:
    from sfoptlint.sync.issue import IssueCause
    from sfoptlint.sync.maintenance import close_one, note

    db = open_database(":memory:")
    journal = Journal(db)
    times = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3, 4)]
    note(journal, IssueCause.BLOCKED, "003", "first", times[0])
    note(journal, IssueCause.BLOCKED, "003", "again", times[1])
    (issue,) = issues(journal)
    assert (issue.first_seen[:10], issue.last_seen[:10], issue.evidence) == ("2026-01-01", "2026-01-02", "again")
    assert "sfoptlint lint" in issue.remedy
    close_one(journal, IssueCause.BLOCKED, "003", times[2])
    assert not issues(journal)
    note(journal, IssueCause.BLOCKED, "003", "anew", times[3])
    (issue,) = issues(journal, closed=True)
    assert (issue.first_seen[:10], issue.closed) == ("2026-01-04", "")
    db.close()
