"""From guarded effects to verdict rows: what several effects come to together."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sfoptlint.automation.automation import (
    Automation,
    Block,
    Do,
    Effect,
    MayFail,
    Overwrite,
    Phase,
    Timing,
    Unknown,
    Write,
)
from sfoptlint.core import verdict
from sfoptlint.core.expr import Expr, Free, FreeKind, Interner, RecordKind, RecordRef, Type
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import Cause, ComponentId, Direction, OptOutObject, Reach, Row, Verdict
from sfoptlint.core.witness import document
from sfoptlint.decide import Budget
from sfoptlint.judge.effects import Judge, judge_effects
from sfoptlint.judge.sync_world import SyncWorld
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from tests.decide.asking import lowered
from tests.memory_orgs import project

BLOCK, REVERT, OVERWRITE = verdict.Effect.BLOCK, verdict.Effect.REVERT, verdict.Effect.OVERWRITE
AT = Place("flows/Guard.flow-meta.xml", 3, 5)


class Maker:
    """Builds automations of one interner."""

    def __init__(self, project: Project) -> None:
        self.interner = Interner()
        self.judge = Judge(Objects(project), self.interner, SyncWorld(None, None), Budget())

    def effect(self, guard: str | Expr, do: Do, timing: Timing = Timing.NOW) -> Effect:
        expr = lowered(guard, self.interner) if isinstance(guard, str) else guard
        return Effect(expr, do, AT, timing, place=f"{AT.path}#Stop")

    def writes(self, value: bool) -> Write:
        return Write(self.interner.const(value, Type.BOOLEAN))

    def automation(self, *effects: Effect, axioms: tuple[Expr, ...] = (), idle: str = "") -> Automation:
        return Automation(
            ComponentId("Flow", "Guard"), OptOutObject.CONTACT, Phase.BEFORE_SAVE_FLOW, AT, effects, axioms, idle=idle
        )

    def rows(self, automation: Automation) -> dict[tuple[Direction, verdict.Effect], Row]:
        return {(r.direction, r.effect): r for j in judge_effects(automation, self.judge) for r in j.rows}

    def verdicts(self, *effects: Effect) -> Iterator[Verdict]:
        rows = self.rows(self.automation(*effects))
        for effect in (BLOCK, REVERT):
            for direction in (Direction.OPT_OUT, Direction.OPT_IN):
                yield rows[direction, effect].verdict


@pytest.fixture
def maker() -> Maker:
    return Maker(project({"labels/CustomLabels.labels-meta.xml": "<CustomLabels/>"}))


STOP = Block(Cause.ERROR, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "No")
ALWAYS, SOMETIMES, NEVER, UNKNOWN = Verdict.ALWAYS, Verdict.SOMETIMES, Verdict.NEVER, Verdict.UNKNOWN


def test_an_automation_without_effects_is_harmless(maker: Maker) -> None:
    assert [*maker.verdicts()] == [NEVER] * 4


def test_two_blocks_that_share_the_records_between_them_are_always(maker: Maker) -> None:
    effects = [maker.effect("VIP__c", STOP), maker.effect("NOT(VIP__c)", STOP)]
    assert [*maker.verdicts(*effects)] == [ALWAYS, ALWAYS, NEVER, NEVER]
    assert [*maker.verdicts(*effects[:1])] == [SOMETIMES, SOMETIMES, NEVER, NEVER]


def test_reach_is_that_of_all_blocks_together(maker: Maker) -> None:
    targeted = maker.effect("AND(HasOptedOutOfEmail, VIP__c)", STOP)
    same_records_anyway = maker.effect("VIP__c", STOP)
    alone = maker.rows(maker.automation(targeted))[Direction.OPT_OUT, BLOCK]
    both = maker.rows(maker.automation(targeted, same_records_anyway))[Direction.OPT_OUT, BLOCK]
    assert alone.reach is Reach.TARGETED
    assert both.reach is Reach.INCIDENTAL


@pytest.mark.parametrize("many", [1, 2, 3, 4, 6])
def test_an_error_that_exceptions_hide_on_every_record_is_one_of_them(maker: Maker, many: int) -> None:
    guards = [f"Phone = '{number}'" for number in range(many)]
    thrown = [maker.effect(guard, replace(STOP, cause=Cause.EXCEPTION)) for guard in guards]
    automation = maker.automation(*thrown, maker.effect(f"OR(FALSE, {', '.join(guards)})", STOP))
    row = maker.rows(replace(automation, phase=Phase.BEFORE_TRIGGER))[Direction.OPT_OUT, BLOCK]
    assert (row.verdict, row.cause) == (SOMETIMES, Cause.EXCEPTION)
    assert maker.rows(automation)[Direction.OPT_OUT, BLOCK].cause is Cause.ERROR


def test_the_last_write_wins(maker: Maker) -> None:
    unticks, ticks = maker.effect("TRUE", maker.writes(False)), maker.effect("TRUE", maker.writes(True))
    assert [*maker.verdicts(unticks, ticks)] == [NEVER, NEVER, NEVER, ALWAYS]
    assert [*maker.verdicts(ticks, unticks)] == [NEVER, NEVER, ALWAYS, NEVER]


def test_a_later_write_is_no_part_of_the_transaction(maker: Maker) -> None:
    later = maker.effect("VIP__c", maker.writes(False), Timing.LATER)
    assert [*maker.verdicts(later, maker.effect("TRUE", maker.writes(True)))] == [NEVER, NEVER, SOMETIMES, ALWAYS]


def test_what_is_rejected_is_not_undone(maker: Maker) -> None:
    undone = maker.effect("VIP__c", maker.writes(False))
    assert [*maker.verdicts(undone, maker.effect("VIP__c", STOP))] == [SOMETIMES, SOMETIMES, NEVER, NEVER]


def test_what_was_not_read_is_unknown_where_it_is_reached(maker: Maker) -> None:
    unread = Unknown("the subflow Hidden is not in the tree")
    assert [*maker.verdicts(maker.effect("VIP__c", unread))] == [UNKNOWN] * 4
    assert [*maker.verdicts(maker.effect("AND(VIP__c, NOT(VIP__c))", unread))] == [NEVER] * 4
    shown = [*maker.verdicts(maker.effect("VIP__c", unread), maker.effect("ISBLANK(Phone)", STOP))]
    assert shown == [SOMETIMES, SOMETIMES, UNKNOWN, UNKNOWN]


def test_what_may_fail_is_no_verdict(maker: Maker) -> None:
    assert [*maker.verdicts(maker.effect("TRUE", MayFail("Create Task may fail")))] == [NEVER] * 4


def test_an_idle_automation_says_why(maker: Maker) -> None:
    rows = maker.rows(maker.automation(maker.effect("TRUE", STOP), idle="the flow is a draft"))
    assert {row.verdict for row in rows.values()} == {NEVER}
    assert {row.reason for row in rows.values()} == {"the flow is a draft"}


def test_the_witness_answers_the_queries_by_place(maker: Maker) -> None:
    interner = maker.interner
    query = f"{AT.path}#Get_Cases"
    found = interner.free(Free(query, Type.BOOLEAN, FreeKind.FOUND, AT, "Get Cases finds a row"))
    kind = interner.field(RecordRef(RecordKind.ROW, query), ("Type",), Type.TEXT)
    is_complaint = interner.call("same", (kind, interner.const("Complaint", Type.TEXT)), Type.BOOLEAN, ci=True)
    guard = interner.call("and", (found, is_complaint), Type.BOOLEAN)
    row = maker.rows(maker.automation(maker.effect(guard, STOP)))[Direction.OPT_OUT, BLOCK]
    assert row.verdict is SOMETIMES
    assert row.witness is not None
    shown = document(row.witness)
    assert shown["answers"] == {query: [{"rows": [{"Type": "Complaint"}]}]}
    assert shown["expect"] == {"effect": "block", "at": f"{AT.path}#Stop", "code": STOP.code}


@pytest.mark.parametrize(
    ("guard", "everyone", "expected"),
    [
        ("TRUE", True, ALWAYS),
        ("TRUE", False, SOMETIMES),
        ("ISCHANGED(Phone)", True, SOMETIMES),
        ("ISNEW()", True, SOMETIMES),
        ("AND(VIP__c, NOT(VIP__c))", True, NEVER),
    ],
)
def test_an_overwrite_is_asked_of_any_other_save(maker: Maker, guard: str, everyone: bool, expected: Verdict) -> None:
    do = Overwrite(OptOutObject.LEAD, maker.interner.const(False, Type.BOOLEAN), everyone)
    automation = Automation(ComponentId("Flow", "Nightly"), None, Phase.ELSEWHERE, AT, (maker.effect(guard, do),))
    rows = maker.rows(automation)
    assert {row.object for row in rows.values()} == {OptOutObject.LEAD}
    assert rows[Direction.OPT_OUT, OVERWRITE].verdict is expected
    assert rows[Direction.OPT_IN, OVERWRITE].verdict is NEVER
