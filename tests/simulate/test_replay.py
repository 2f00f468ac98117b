"""Witnesses replayed: what a verdict shows has to happen, where it says, with every answer asked for."""

from dataclasses import replace

from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Direction, Effect, Row
from sfoptlint.core.witness import Returned, Rows, Witness
from sfoptlint.judge.apex_family import judge as judge_apex
from sfoptlint.judge.effects import EffectsJudgement
from sfoptlint.judge.replay import Replays, in_words
from sfoptlint.judge.validation_rule import RuleJudgement
from sfoptlint.judge.validation_rule_family import judge
from tests.memory_orgs import lint, project
from tests.simulate.orgs import BOX, field, org, rule

FILES = org(
    field("Reason__c", "Text", "<length>20</length>"), rule("Require_Reason", f"AND({BOX}, ISBLANK(Reason__c))")
)


def judged() -> tuple[RuleJudgement, Replays]:
    tree = project(FILES)
    (judgement,) = judge(tree, Settings())
    return judgement, Replays(tree)


def harmful(judgement: RuleJudgement) -> Row:
    row = judgement.blocks(Direction.OPT_OUT)
    assert row is not None
    return row


def tampered(witness: Witness) -> tuple[bool | None, list[str]]:
    judgement, replays = judged()
    row = replace(harmful(judgement), witness=witness)
    result = replays.replayed(replace(judgement, rows=(row,)))
    return result.rows[0].replayed, [line for failed in replays.failed for line in in_words(failed)]


def witness() -> Witness:
    found = harmful(judged()[0]).witness
    assert found is not None
    return found


def test_what_was_proved_replays() -> None:
    outcome = lint(FILES)
    assert [(row.witness is None, row.replayed) for row in outcome.rows if row.direction == "opt_out"] == [
        (False, True),
        (True, None),
    ]
    assert [finding.replayed for finding in outcome.findings] == [True]
    assert not outcome.internal_errors


def test_a_record_that_is_not_harmed_does_not_replay() -> None:
    pair = witness().chunk[0]
    chunk = (replace(pair, before={**pair.before, "Reason__c": "moved"}),)
    replayed, said = tampered(replace(witness(), chunk=chunk))
    assert replayed is False
    assert "its witness does not replay: FIELD_CUSTOM_VALIDATION_EXCEPTION at" in said[0]


def test_the_place_and_the_code_are_part_of_what_is_shown() -> None:
    expect = witness().expect
    for other in (replace(expect, code="ENTITY_IS_LOCKED"), replace(expect, at=replace(expect.at, line=99))):
        assert tampered(replace(witness(), expect=other))[0] is False


def test_an_answer_that_nobody_asks_for_does_not_replay() -> None:
    replayed, said = tampered(replace(witness(), answers={"flows/A.flow#Get": (Rows(()),)}))
    assert replayed is False
    assert "nobody asks for the answer at flows/A.flow#Get" in said[0]
    assert tampered(replace(witness(), answers={"classes/A.cls:1": (Returned(True),)}))[0] is False


def test_a_defect_is_told_beside_the_findings() -> None:
    judgement, replays = judged()
    broken = replace(harmful(judgement), witness=replace(witness(), chunk=()))
    assert replays.replayed(replace(judgement, rows=(broken,))).rows[0].replayed is False
    assert "the replay breaks" in next(in_words(replays.failed[0]))


def triggered(text: str, **classes: str) -> tuple[EffectsJudgement, Replays]:
    files = {"triggers/Guard.trigger": text} | {f"classes/{name}.cls": body for name, body in classes.items()}
    tree = project(org(files))
    judgement = next(iter(judge_apex(tree, Settings())))
    return judgement, Replays(tree)


def blocked(judgement: EffectsJudgement, replays: Replays) -> Row:
    """The replayed row that says how the trigger rejects an opt-out."""
    rows = replays.replayed(judgement).rows
    return next(row for row in rows if row.direction == "opt_out" and row.effect is Effect.BLOCK)


def sparse(judgement: EffectsJudgement, replays: Replays) -> Row:
    """The same for a witness that gives the box and nothing else."""
    rows = tuple(replace(row, witness=_box_alone(row.witness) if row.witness else None) for row in judgement.rows)
    row = blocked(replace(judgement, rows=rows), replays)
    assert row.replayed is True
    assert not replays.failed
    return row


def _box_alone(witness: Witness) -> Witness:
    pair = witness.chunk[0]
    return replace(witness, chunk=(replace(pair, before={BOX: pair.before[BOX]}),), answers={}, assumptions=())


REFUSES = f"""trigger Guard on Contact (before update) {{
    for (Contact c : Trigger.new) {{
        if (c.{BOX}%s) {{ c.addError('No'); }}
    }}
}}"""
OWNER = """public class Owner {
    public static Owner self = new Owner();
    public String name;
    Owner() {
        User found;
        for (User one : [SELECT Id, Title FROM User WHERE Alias = 'sync']) { found = one; }
        name = found.%s;
    }
}"""


def test_a_row_that_a_run_cannot_do_without_is_supposed_and_named() -> None:
    row = sparse(*triggered(REFUSES % " && Owner.self != null", Owner=OWNER % "Alias"))
    assert row.witness is not None
    assert row.witness.answers["classes/Owner.cls:6"] == (Rows(({"Alias": "sync"},)),)
    assert row.witness.assumptions == (
        "[SELECT Id, Title FROM User WHERE Alias = 'sync'] finds a row (classes/Owner.cls:6)",
        "Alias is sync (a row of classes/Owner.cls:6)",
    )


def test_a_field_of_a_row_that_a_run_cannot_do_without_is_supposed_and_named() -> None:
    row = sparse(*triggered(REFUSES % " && Owner.self != null", Owner=OWNER % "Title.toLowerCase()"))
    assert row.witness is not None
    assert row.witness.answers["classes/Owner.cls:6"] == (Rows(({"Alias": "sync", "Title": "Sample"},)),)
    assert "Title is Sample (a row of classes/Owner.cls:6)" in row.witness.assumptions


def test_a_stored_value_that_a_run_cannot_do_without_is_part_of_the_witness() -> None:
    row = sparse(*triggered(REFUSES.replace("if (c", "Integer size = c.Title.length(); if (c") % ""))
    assert row.witness is not None
    assert row.witness.chunk[0].before["Title"] == "Sample"


def test_a_trigger_that_goes_another_way_than_its_effects_is_no_defect() -> None:
    judgement, replays = triggered(REFUSES % "")
    other, _ = triggered(REFUSES % " && c.Title == 'Director'")
    row = blocked(replace(judgement, trigger=other.trigger), replays)
    assert row.replayed is False
    assert row.witness is not None
    assert "the run of the whole trigger goes another way" in row.witness.assumptions[-1]
    assert not replays.failed


def test_a_trigger_whose_effect_does_not_happen_either_is_a_defect() -> None:
    judgement, replays = triggered(REFUSES % " && c.Title == 'Director'")
    rows = [replace(row, witness=_untitled(row.witness)) for row in judgement.rows]
    row = blocked(replace(judgement, rows=tuple(rows)), replays)
    assert row.replayed is False
    assert [failed.row.direction for failed in replays.failed] == ["opt_out"]


def _untitled(witness: Witness | None) -> Witness | None:
    pair = witness.chunk[0] if witness else None
    return replace(witness, chunk=(replace(pair, before={**pair.before, "Title": None}),)) if witness and pair else None
