"""500 made-up worlds, held against the plain reference on any engine: what `test_agreement.py` and `make spark` run.

A query takes an engine its time however little it reads, so the worlds of a batch are one export: each has addresses, ids and
lists of its own. A batch has a policy and a form of export of its own.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sfoptlint.core.settings import Link, Policy
from sfoptlint.data_directory.directory import DataDirectory
from sfoptlint.reconcile.engine import Engine
from sfoptlint.reconcile.inputs import Input, inputs
from sfoptlint.reconcile.reconcile import reconcile
from sfoptlint.reconcile.rewriting import Rewriting, rewriting
from tests.reconcile.reference import MadeUp, Member, Someone, counts, rows
from tests.reconcile.running import TODAY, as_the_reference, listed
from tests.reconcile.worlds import written

BATCHES, WORLDS = 25, 20
Opening = Callable[[Iterable[Input], Rewriting], AbstractContextManager[Engine]]
_EMAILS = [
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
_STATES = ["Unsubscribed"] * 5 + ["Deleted"] * 2 + ["Active", "Bounced", "Unconfirmed", "Suppressed", "Spam", ""]
_FORMS = ["%Y-%m-%dT%H:%M:%S.000Z", "%Y-%m-%dT%H:%M:%S.000+0000", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]
_FLAGS = [("true", "false"), ("1", "0"), ("TRUE", "FALSE"), ("\ttrue", "no ")]


def agreements(opening: Opening) -> Iterator[str]:
    """Compare batch by batch, the counts and each row, and say so of each; end with the first difference."""
    random = Random(8)
    missing = 0
    for batch in range(1, BATCHES + 1):
        policy = _policy(random) if batch > 1 else Policy()
        world = _together([_world(random, number) for number in range(WORLDS)])
        found, listing = _reconciled(opening, random, world, policy)
        assert found == counts(world, policy), policy
        assert listing == rows(world, policy, TODAY), policy
        missing += len([row for row in listing if row[2] == "missing_opt_out"])
        yield f"{batch * WORLDS} of {BATCHES * WORLDS} worlds agree, {missing} opt-outs missing"


def _reconciled(
    opening: Opening, random: Random, world: MadeUp, policy: Policy
) -> tuple[dict[str, object], list[tuple[str, ...]]]:
    """Return the counts as the reference has them, and the rows."""
    with TemporaryDirectory() as folder:
        listing = Path(folder) / "rows.csv"
        written(Path(folder), world, random.choice(_FLAGS), random.choice(_FORMS), random.choice(["\n", "\r\n"]))
        data = DataDirectory(Path(folder))
        with rewriting(data) as copies, opening(inputs(data), copies) as engine:
            found = reconcile(engine, policy, None, TODAY, listing)
        return as_the_reference(found), listed(listing)


def _policy(random: Random) -> Policy:
    opted_out = {state for state in ("Unsubscribed", "Deleted", "Suppressed") if random.random() < 0.7}
    ignored = {state for state in ("Deleted", "Bounced", "Unconfirmed", "Suppressed") if random.random() < 0.3}
    return Policy(frozenset(opted_out), frozenset(ignored), random.choice(list(Link)))


def _world(random: Random, number: int) -> MadeUp:
    def email() -> str:
        return random.choice(_EMAILS).replace("@", f"@w{number}.")

    def record() -> str:
        return f"{number:03}0000000000{random.randrange(1, 9):02}" + random.choice(["", "AAA", "AAB"])

    def maybe_record() -> str:
        return random.choice(["", record()])

    def day() -> datetime | None:
        moment = datetime(2026, 11, 10, 12, tzinfo=UTC) + timedelta(days=random.randrange(9))
        return moment if random.random() < 0.8 else None

    people: dict[tuple[str, str], Someone] = {}
    for object_ in ("Contact", "Lead") * 5:
        converted = object_ == "Lead" and random.random() < 0.2
        one = Someone(object_, record(), email(), random.random() < 0.4, converted)
        people.setdefault((object_, one.id[:15]), one)
    lists = [f"{number}l{n}" for n in range(3)]
    members = [
        Member(email(), random.choice(_STATES), random.choice(lists), maybe_record(), maybe_record(), day())
        for _ in range(random.randrange(12))
    ]
    return MadeUp([*people.values()], members, {name: day() for name in lists})


def _together(worlds: list[MadeUp]) -> MadeUp:
    return MadeUp(
        [person for world in worlds for person in world.people],
        [member for world in worlds for member in world.members],
        {list_id: synced for world in worlds for list_id, synced in world.synced.items()},
    )
