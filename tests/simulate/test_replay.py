"""Witnesses replayed: what a verdict shows has to happen, where it says, with every answer asked for."""

from dataclasses import replace

from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Direction, Row
from sfoptlint.core.witness import Returned, Rows, Witness
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
