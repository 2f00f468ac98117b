"""A full refresh of many memberships: CPU time for each, and memory, between sides that make their rows on demand.

Run with a number it does one refresh, so that its memory is its own.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import measure
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.sync.context import Options
from sfoptlint.sync.run import full_refresh
from sfoptlint.sync.session import Setting, opened
from sfoptlint.sync.sides import Answer, MailingList, Page, Person, Subscriber
from sfoptlint.sync.verdict import Report

SIZES = (10_000, 100_000, 1_000_000)
LIMIT = 500
"""MiB that a refresh may take at most."""
_START = datetime(2026, 1, 1)  # noqa: DTZ001 - Campaign Monitor's dates have no offset
_NOW = datetime(2026, 11, 1, tzinfo=UTC)
_PAGE = 1000


class Lists:
    """Two lists of the same addresses; a fifth of each is unsubscribed, the rest active."""

    def __init__(self, memberships: int) -> None:
        self._sizes = {"Unsubscribed": memberships // 10, "Active": memberships // 2 - memberships // 10}

    def system_date(self) -> datetime:
        return _NOW.replace(tzinfo=None)

    def lists(self) -> Sequence[MailingList]:
        return [MailingList("news", "News"), MailingList("offers", "Offers")]

    def subscribers(self, list_id: str, state: str, since: datetime | None, page: int) -> Page:
        size = 0 if since else self._sizes.get(state, 0)
        first = 0 if state == "Unsubscribed" else self._sizes["Unsubscribed"]
        rows = [
            Subscriber(f"p{first + n}@example.com", state, _START + timedelta(minutes=n // 10))
            for n in range((page - 1) * _PAGE, min(page * _PAGE, size))
        ]
        return Page(rows, page, _PAGE, -(-size // _PAGE), size)

    def suppressed(self, page: int) -> Page:
        return Page((), page, _PAGE, 0, 0)

    def subscriber(self, list_id: str, email: str) -> Subscriber | None:
        return None

    def unsubscribe(self, list_id: str, email: str) -> None:
        """Nobody asks."""

    def add(self, list_id: str, emails: Sequence[str]) -> dict[str, str]:
        return {}


class People:
    """A contact for every second address."""

    def __init__(self, memberships: int) -> None:
        self._count = memberships // 4
        self._opted_out: set[str] = set()

    def lists_without_sync(self) -> frozenset[str]:
        return frozenset()

    def people(self, since: datetime | None) -> Iterator[Person]:
        return map(self._person, range(self._count))

    def read(self, target: OptOutObject, ids: Sequence[str]) -> Sequence[Person]:
        return [self._person(int(record[3:15])) for record in ids]

    def write(self, target: OptOutObject, ids: Sequence[str], opted_out: bool) -> Sequence[Answer]:
        self._opted_out.update(ids)
        return [Answer(record) for record in ids]

    def _person(self, number: int) -> Person:
        record = f"003{number:012}AAA"
        ticked = record in self._opted_out
        return Person(OptOutObject.CONTACT, record, record, f"p{2 * number}@example.com", ticked, False, _NOW)


def refresh(memberships: int) -> int:
    """Refresh so many memberships; return how many boxes were written."""
    sides = (Lists(memberships), People(memberships))
    setting = Setting(*sides, "bench", lambda: _NOW, lambda _: None, options=Options(write=True))
    report = Report(lambda _: None)
    with TemporaryDirectory() as folder, opened(Path(folder) / "journal", setting) as sync:
        full_refresh(sync, report)
    return report.counts["written"]


def report() -> str:
    """Return a line for each size: CPU time for each membership, and the peak of memory."""
    return "\n".join(map(_line, SIZES))


def _line(size: int) -> str:
    cost = measure([sys.executable, "-m", "bench.full_refresh", str(size)], Path.cwd())
    each = 1_000_000 * cost.cpu / size
    return (
        f"full refresh of {size:,} memberships: {each:.0f} us CPU each, peak {cost.peak:.0f} MiB (at most {LIMIT}), "
        f"{cost.wall:.1f} s wall"
    )


if __name__ == "__main__":
    assert refresh(int(sys.argv[1])) == int(sys.argv[1]) // 20
