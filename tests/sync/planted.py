"""Bugs to be found: each one a world, or a machine over such a world, in which one part of the sync is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from sqlite3 import Connection, Cursor
from typing import Any

from sfoptlint.core.settings import Policy
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.sync.context import Rules
from sfoptlint.sync.decision import Aim, Decision, Doubt, decide
from sfoptlint.sync.end import End, judge
from sfoptlint.sync.journal import Journal
from sfoptlint.sync.memberships import RANKS, Held
from sfoptlint.sync.sides import Answer, Person
from sfoptlint.sync.verdict import Became
from tests.sync.machine import SyncMachine
from tests.sync.memory import MemoryOrg
from tests.sync.worlds import World


def case_matters(email: str) -> str:
    return email.strip()


def first_of_duplicates(person: Person, held: Sequence[Held], policy: Policy, doubt: Doubt) -> Decision:
    decision = decide(person, held, policy, doubt)
    linked = any(row.record == person.lookup for row in held)
    return decision if linked else Decision(Aim.LEAVE, decision.theirs)


def none_is_all(person: Person, held: Sequence[Held], policy: Policy, doubt: Doubt) -> Decision:
    decision = decide(person, held, policy, doubt)
    vacuous = not decision.theirs and not person.opted_out
    return Decision(Aim.OPT_OUT, ()) if vacuous else decision


def any_is_all(person: Person, held: Sequence[Held], policy: Policy, doubt: Doubt) -> Decision:
    gone = [row for row in held if row.state in policy.opted_out_states]
    return decide(person, gone or held, policy, doubt)


def half_is_whole(person: Person, held: Sequence[Held], policy: Policy, doubt: Doubt) -> Decision:
    return decide(person, held, policy, Doubt())


def bounce_counts(person: Person, held: Sequence[Held], policy: Policy, doubt: Doubt) -> Decision:
    return decide(person, held, replace(policy, opted_out_states=policy.opted_out_states | {"Bounced"}), doubt)


def unknown_is_ignored(person: Person, held: Sequence[Held], policy: Policy, doubt: Doubt) -> Decision:
    return decide(person, [row for row in held if row.state in RANKS], policy, doubt)


def converted_is_written(person: Person, held: Sequence[Held], policy: Policy, doubt: Doubt) -> Decision:
    return decide(replace(person, converted=False), held, policy, doubt)


def failure_swallowed(opted_out: bool, answer: Answer, person: Person | None) -> End:
    return End(Became.WRITTEN)


def success_believed(opted_out: bool, answer: Answer, person: Person | None) -> End:
    return judge(opted_out, answer, person) if answer.code else End(Became.WRITTEN)


class OptingInOrg(MemoryOrg):
    """A client that sends the value it found."""

    def write(self, target: OptOutObject, ids: Sequence[str], opted_out: bool) -> Sequence[Answer]:
        return super().write(target, ids, not opted_out)


class TellingConnection:
    """A connection that tells of each statement once it was carried out."""

    def __init__(self, db: Connection, reached: Callable[[str], None]) -> None:
        self._db = db
        self._reached = reached

    def execute(self, sql: str, values: Sequence[object] = ()) -> Cursor:
        cursor = self._db.execute(sql, values)
        self._reached("statement")
        return cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)


class HastyConnection(TellingConnection):
    """Closes an address once it is planned, not once its box was read back."""

    def execute(self, sql: str, values: Sequence[object] = ()) -> Cursor:
        if sql.startswith("UPDATE open_key SET tried = ? WHERE key"):
            return super().execute("DELETE FROM open_key WHERE ? <> '' AND key = ?", values)
        return super().execute(sql, values)


class TellingWorld(World):
    """A world that can be killed after every statement."""

    connection = TellingConnection

    def journal(self) -> Journal:
        return Journal(self.connection(self.db, self.reached), self.reached)  # type: ignore[arg-type]


class HastyWorld(TellingWorld):
    """Such a world that closes addresses too early."""

    connection = HastyConnection


def opting_in_world() -> World:
    world = World()
    world.org = OptingInOrg(world.clock)
    return world


def machine_over(make: Callable[[], World]) -> type[SyncMachine]:
    """Return the machine over a world with a bug."""

    class Planted(SyncMachine):
        def make_world(self) -> World:
            return make()

    return Planted


def with_rules(rules: Rules) -> Callable[[], World]:
    """Return a world whose pure parts are these."""
    return lambda: World(rules=rules)
