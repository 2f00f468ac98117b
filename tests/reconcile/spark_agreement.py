"""`make spark`: Spark in local mode against the plain reference, on 500 made-up worlds.

A query takes Spark a second, so fifty worlds are one export: each has addresses, ids and lists of its own.
"""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sfoptlint.core.settings import Link, Policy
from sfoptlint.data_directory.directory import DataDirectory
from sfoptlint.reconcile.inputs import inputs
from sfoptlint.reconcile.reconcile import Reconciliation, reconcile
from sfoptlint.reconcile.render import as_json
from sfoptlint.reconcile.rewriting import rewriting
from sfoptlint.reconcile.spark_engine import spark_engine
from tests.reconcile.reference import MadeUp, Member, Someone, counts
from tests.reconcile.running import TODAY
from tests.reconcile.worlds import written

BATCHES, WORLDS = 10, 50
EMAILS = [
    "a@x.org",
    "A@X.ORG",
    " a@x.org\t",
    "\u00a0a@x.org",
    "b@x.org",
    "b+1@x.org",
    "",
    " ",
    "\u0130@x.org",
    "i\u0307@x.org",
    "\u00c9@x.org",
    "c@x.org",
]
STATES = ["Unsubscribed"] * 5 + ["Deleted"] * 2 + ["Active", "Bounced", "Unconfirmed", "Suppressed", "Spam", ""]
FORMS = ["%Y-%m-%dT%H:%M:%S.000Z", "%Y-%m-%dT%H:%M:%S.000+0000", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]
FLAGS = [("true", "false"), ("1", "0"), ("TRUE", "FALSE"), ("\ttrue", "no ")]


def main() -> None:
    """Compare batch by batch; end with the first difference."""
    random = Random(8)
    for batch in range(BATCHES):
        policy = _policy(random) if batch else Policy()
        worlds = [_world(random, number) for number in range(WORLDS)]
        with TemporaryDirectory() as folder:
            rows = Path(folder) / "rows.csv"
            export = Path(folder) / "data"
            export.mkdir()
            written(
                export, _together(worlds), random.choice(FLAGS), random.choice(FORMS), random.choice(["\n", "\r\n"])
            )
            found = json.loads(as_json(_on_spark(export, policy, rows)))
            found["reasons"] = {reason: count for reason, count in found["reasons"].items() if count}
            expected = _sum([counts(world, policy) for world in worlds])
            assert {name: found[name] for name in expected} == expected, (policy, found, expected)
            listed = len(rows.read_text(encoding="utf-8").splitlines()) - 1
            assert listed == found["people"] - found["in_agreement"], (policy, listed)
        print(f"batch {batch + 1} of {BATCHES}: {WORLDS} worlds agree, {found['missing_opt_out']} opt-outs missing")


def _on_spark(export: Path, policy: Policy, rows: Path) -> Reconciliation:
    data = DataDirectory(export)
    with rewriting(data) as rewritten, spark_engine(inputs(data), rewritten) as engine:
        return reconcile(engine, policy, None, TODAY, rows)


def _policy(random: Random) -> Policy:
    opted_out = {state for state in ("Unsubscribed", "Deleted", "Suppressed") if random.random() < 0.7}
    ignored = {state for state in ("Deleted", "Bounced", "Unconfirmed", "Suppressed") if random.random() < 0.3}
    return Policy(frozenset(opted_out), frozenset(ignored), random.choice(list(Link)))


def _world(random: Random, number: int) -> MadeUp:
    def email() -> str:
        return random.choice(EMAILS).replace("@", f"@w{number}.")

    def record() -> str:
        return f"{number:03}0000000000{random.randrange(1, 9):02}" + random.choice(["", "AAA", "AAB"])

    def maybe_record() -> str:
        return random.choice(["", record()])

    def day() -> datetime | None:
        return (
            datetime(2026, 11, 10, 12, tzinfo=UTC) + timedelta(days=random.randrange(9))
            if random.random() < 0.8
            else None
        )

    people: dict[tuple[str, str], Someone] = {}
    for object_ in ("Contact", "Lead") * 5:
        converted = object_ == "Lead" and random.random() < 0.2
        one = Someone(object_, record(), email(), random.random() < 0.4, converted)
        people.setdefault((object_, one.id[:15]), one)
    lists = [f"{number}l{n}" for n in range(3)]
    members = [
        Member(email(), random.choice(STATES), random.choice(lists), maybe_record(), maybe_record(), day())
        for _ in range(random.randrange(12))
    ]
    return MadeUp([*people.values()], members, {name: day() for name in lists})


def _together(worlds: list[MadeUp]) -> MadeUp:
    whole = MadeUp([], [], {})
    for world in worlds:
        whole = replace(
            whole,
            people=whole.people + world.people,
            members=whole.members + world.members,
            synced={**whole.synced, **world.synced},
        )
    return whole


def _sum(parts: list[dict[str, object]]) -> dict[str, object]:
    totals: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for part in parts:
        totals.update({name: count for name, count in part.items() if isinstance(count, int)})
        reasons.update(part["reasons"] if isinstance(part["reasons"], dict) else {})
    return {**totals, "reasons": dict(reasons)}


if __name__ == "__main__":
    main()
