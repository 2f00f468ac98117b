"""Runs the reconciliation on an engine and counts what it found."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, cast

from sfoptlint.core.settings import Policy
from sfoptlint.reconcile.business_days import business_days
from sfoptlint.reconcile.engine import Engine
from sfoptlint.reconcile.reasons import (
    AGES,
    BLOCKED,
    CANDIDATES,
    DAYS,
    REASONS,
    REPEATED_IDS,
    REPEATS,
    ROWS,
    TOTALS,
    Reason,
)
from sfoptlint.reconcile.text import reconciliation_text


@dataclass(frozen=True, slots=True)
class Age:
    """How many missing opt-outs are this many business days old; None where no membership says since when."""

    business_days: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was counted; the words are those of `reconcile --format json`."""

    people: int
    memberships: int
    converted_leads: int
    expected_opt_out: int
    missing_opt_out: int
    unexplained_opt_out: int
    mixed_states: int
    in_agreement: int
    reasons: Mapping[Reason, int]
    ages: tuple[Age, ...]
    rows_file: Path | None = None
    left_out: tuple[str, ...] = ()
    """A line for each kind of row that could not be counted: which, and what to do."""


class Blockers(Protocol):
    """Says whose opt-out an automation stops or undoes."""

    def blocked(self, candidates: Iterable[tuple[str, str]]) -> Collection[tuple[str, str]]:
        """Return those of the candidates, object and id, whose simulated save fails or reverts."""


def reconcile(
    engine: Engine, policy: Policy, blockers: Blockers | None, today: date, rows_file: Path | None
) -> Reconciliation:
    """Compare expected with actual for everybody; writes `rows_file` where one is named. Raises UsageError."""
    left_out = _kept(engine, reconciliation_text(policy))
    people, memberships, converted, expected, missing, unexplained, mixed, differing = _counts(engine)
    blocked = blockers.blocked(cast("list[tuple[str, str]]", engine.rows(CANDIDATES))) if blockers else ()
    engine.keep_rows(BLOCKED, ("blocked_object", "blocked_id"), sorted(blocked))
    days = dict(cast("list[tuple[str | None, int]]", engine.rows(DAYS)))
    ages = {day: business_days(date.fromisoformat(day), today) for day in days if day}
    if rows_file:
        engine.keep_rows(AGES, ("since", "age"), [(day, str(age)) for day, age in ages.items()])
        engine.write(ROWS, rows_file)
    return Reconciliation(
        people=people,
        memberships=memberships,
        converted_leads=converted,
        expected_opt_out=expected,
        missing_opt_out=missing,
        unexplained_opt_out=unexplained,
        mixed_states=mixed,
        in_agreement=people - differing,
        reasons=_reasons(engine),
        ages=_ages(days, ages),
        rows_file=rows_file,
        left_out=left_out,
    )


def _kept(engine: Engine, text: str) -> tuple[str, ...]:
    """Keep the text's result, over one row for each person, and return what had to be left out for that."""
    engine.keep(text)
    ((repeats,),) = engine.rows(REPEATS)
    found = cast("list[tuple[str, str | None]]", engine.rows(REPEATED_IDS)) if repeats else []
    if not found:
        return ()
    repeated: dict[str, set[str]] = {"Contact": set(), "Lead": set()}
    for object_, key in found:
        if key is not None:
            repeated[object_].add(key)
    left_out = engine.one_each(repeated)
    engine.keep(text)
    return left_out


def _counts(engine: Engine) -> list[int]:
    (row,) = engine.rows(TOTALS)
    return [int(cast("int", count)) for count in row]


def _reasons(engine: Engine) -> dict[Reason, int]:
    found = dict(cast("list[tuple[str, int]]", engine.rows(REASONS)))
    return {reason: found.get(reason, 0) for reason in Reason}


def _ages(days: Mapping[str | None, int], ages: Mapping[str, int]) -> tuple[Age, ...]:
    counted: Counter[int | None] = Counter()
    for day, people in days.items():
        counted[ages[day] if day else None] += people
    return tuple(Age(age, counted[age]) for age in sorted(counted, key=lambda age: (age is None, age or 0)))
