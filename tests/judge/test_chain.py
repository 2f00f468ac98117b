"""Chains: found in the order of the save, told once, and beside the verdicts, never among them."""

from sfoptlint.core.settings import Settings
from sfoptlint.judge.chain.chain import Chain
from sfoptlint.judge.chain_family import judge
from sfoptlint.judge.family import Family
from sfoptlint.judge.project import judge_project
from tests.flow_files import assignment, filters, flow, start
from tests.memory_orgs import lint, project
from tests.simulate.orgs import BOX, field, org, rule

FIELDS = field("Mark__c", "Text", "<length>20</length>") | field("Grade__c", "Text", "<length>20</length>")


def sets(name: str, target: str, value: object, *conditions: tuple[str, str, object]) -> dict[str, str]:
    started = start("Set", filters(*conditions) if conditions else "", trigger="RecordBeforeSave")
    return {
        f"flows/{name}.flow-meta.xml": flow(assignment("Set", (f"$Record.{target}", "Assign", value)), start=started)
    }


def chains(*files: dict[str, str]) -> list[Chain]:
    return list(judge(project(org(FIELDS, *files)), Settings()))


MARK = sets("Mark", "Mark__c", "out", (BOX, "EqualTo", True))
NO_MARK = rule("No_Mark", "ISCHANGED(Mark__c)")


def test_each_link_says_what_it_leaves() -> None:
    (chain,) = chains(MARK, NO_MARK)
    assert chain.words == "Mark sets Mark__c, then Contact.No_Mark"
    assert [str(link.component) for link in chain.links] == ["Flow:Mark"]
    assert [related.message for related in chain.related] == ["Flow:Mark sets Mark__c"]
    assert chain.row.replayed is True


def test_three_are_a_chain_where_two_of_them_are_none() -> None:
    grade = sets("Pass_On", "Grade__c", "low", ("Mark__c", "EqualTo", "out"), (BOX, "EqualTo", True))
    found = chains(MARK, grade, rule("No_Low", "AND(ISCHANGED(Grade__c), ISCHANGED(Mark__c))"))
    assert "Mark sets Mark__c, Pass_On sets Grade__c, then Contact.No_Low" in [chain.words for chain in found]


def test_one_that_loses_both_directions_is_told_once() -> None:
    (chain,) = chains(sets("Stamp", "Mark__c", "seen"), rule("No_Stamp", "ISCHANGED(Mark__c)"))
    assert chain.directions == ("opt_out", "opt_in")


def test_what_a_later_automation_repairs_is_no_chain() -> None:
    assert len(chains(MARK, NO_MARK)) == 1
    assert not chains(MARK, sets("Overwrite", "Mark__c", "!$Record__Prior.Mark__c"), NO_MARK)


def test_a_chain_is_beside_the_verdicts() -> None:
    outcome = lint(org(FIELDS, MARK, NO_MARK))
    assert {finding.rule for finding in outcome.findings} == {"OPT701"}
    harmful = [row for row in outcome.rows if row.verdict in ("always", "sometimes")]
    assert harmful == []


def test_single_files_are_half_of_a_chain() -> None:
    tree = project(org(FIELDS, MARK, NO_MARK), focus=frozenset({"flows/Mark.flow-meta.xml"}))
    assert list(judge(tree, Settings())) == []


def marks(condition: str) -> dict[str, str]:
    """A trigger that marks a record before it is saved."""
    body = f"for (Contact c : Trigger.new) {{ if ({condition}) {{ c.Mark__c = 'out'; }} }}"
    return {"triggers/Mark.trigger": f"trigger Mark on Contact (before update) {{ {body} }}"}


def alone(*files: dict[str, str]) -> list[str]:
    """The chains of an org in which nothing else is judged."""
    judged = judge_project(project(org(FIELDS, *files)), Settings(), {Family.CHAIN})
    return [chain.words for chain in judged.raised[Family.CHAIN] if isinstance(chain, Chain)]


def test_a_trigger_takes_part_where_it_heeds_the_box() -> None:
    assert alone(marks(f"c.{BOX}"), NO_MARK) == ["Mark sets Mark__c, then Contact.No_Mark"]


def test_a_trigger_that_marks_every_record_is_the_business_of_every_save() -> None:
    assert alone(marks("c.Title == 'Director'"), NO_MARK) == []
