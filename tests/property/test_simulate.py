"""Laws of a save: the same each time; what nothing minds is the request; a proof of `never` is never contradicted."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.core.expr import Value
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Direction, Effect, Verdict
from sfoptlint.core.witness import Values
from sfoptlint.judge.project import judge_project
from sfoptlint.judge.simulation import org_simulator
from sfoptlint.simulate.result import Outcome, SaveResult
from sfoptlint.simulate.saving import Change, Circumstances
from tests import workflow_files as wf
from tests.flow_files import assignment, filters, flow, start
from tests.memory_orgs import project
from tests.simulate.orgs import BOX, NOW, OPT_OUT, field, org, rule

FIELDS = field("Level__c", "Text", "<length>20</length>") | field("Score__c", "Number", "<precision>6</precision>")
TEXTS = ("gold", "silver", "Gold", "")
RECORDS = st.fixed_dictionaries(
    {
        BOX: st.just(False),
        "Level__c": st.sampled_from((None, *TEXTS[:3])),
        "Score__c": st.sampled_from((None, Decimal(0), Decimal(3), Decimal(12))),
        "DoNotCall": st.booleans(),
    }
)
TERMS = st.sampled_from(
    [
        BOX,
        f"ISCHANGED({BOX})",
        f"PRIORVALUE({BOX})",
        "DoNotCall",
        "ISBLANK(Level__c)",
        "ISCHANGED(Level__c)",
        "Level__c = 'gold'",
        "BEGINS(Level__c, 'g')",
        "Score__c > 5",
        "ISBLANK(Score__c)",
        "Score__c = 3",
        "ISNEW()",
    ]
)
FORMULAS = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        inner.map(lambda one: f"NOT({one})"),
        st.tuples(st.sampled_from(("AND", "OR")), inner, inner).map(
            lambda three: f"{three[0]}({three[1]}, {three[2]})"
        ),
    ),
    max_leaves=5,
)
CONDITIONS = st.sampled_from(
    [
        (BOX, "EqualTo", True),
        ("Level__c", "EqualTo", "gold"),
        ("Level__c", "NotEqualTo", "silver"),
        ("Score__c", "GreaterThan", 5),
        ("DoNotCall", "EqualTo", True),
    ]
)
WRITES = st.sampled_from([(BOX, False), (BOX, True), ("Level__c", "bronze")])


def before_save(conditions: list[tuple[str, str, object]], write: tuple[str, object]) -> dict[str, str]:
    started = start("Set", filters(*conditions) if conditions else "", trigger="RecordBeforeSave")
    return {
        "flows/Guard.flow-meta.xml": flow(assignment("Set", (f"$Record.{write[0]}", "Assign", write[1])), start=started)
    }


def trigger(conditions: list[str], statement: str) -> dict[str, str]:
    each = f"for (Contact c : Trigger.new) {{ if ({' && '.join(conditions)}) {{ {statement} }} }}"
    return {"triggers/Guard.trigger": f"trigger Guard on Contact (before update) {{ {each} }}"}


def workflow(criteria: list[tuple[str, str, str]], field: str, value: str) -> dict[str, str]:
    rule = wf.rule(wf.action(), criteria=criteria)
    return {"workflows/Contact.workflow-meta.xml": wf.workflow(rule, wf.update("Untick", field, value))}


FLOWS = st.builds(before_save, st.lists(CONDITIONS, max_size=2), WRITES)
TRIGGERS = st.builds(
    trigger,
    st.lists(
        st.sampled_from(
            [
                f"c.{BOX}",
                f"!Trigger.oldMap.get(c.Id).{BOX}",
                "c.DoNotCall",
                "c.Level__c == 'gold'",
                "c.Level__c != null",
                "(c.Level__c == 'silver' || c.Score__c == 3)",
                "c.Score__c > 5",
                "c.Level__c.startsWith('g')",
            ]
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["c.addError('No');", f"c.{BOX} = false;", f"c.{BOX} = c.DoNotCall;", "c.Level__c = 'bronze';"]),
)
WORKFLOWS = st.builds(
    workflow,
    st.lists(
        st.sampled_from(
            [
                (f"Contact.{BOX}", "equals", "True"),
                ("Contact.Level__c", "equals", "gold,silver"),
                ("Contact.Score__c", "greaterThan", "5"),
                ("Contact.DoNotCall", "notEqual", "True"),
            ]
        ),
        min_size=1,
        max_size=2,
    ),
    st.sampled_from([BOX, "DoNotCall"]),
    st.sampled_from(["0", "1"]),
)
RULES = FORMULAS.map(lambda formula: rule("Guard", formula))


def saved(files: Mapping[str, str], stored: Values) -> SaveResult:
    simulator = org_simulator(project(dict(files)), Settings())
    (result,) = simulator.save("Contact", [Change(stored, OPT_OUT)], Circumstances(NOW))
    return result


@given(RULES, FLOWS, TRIGGERS, WORKFLOWS, RECORDS)
def test_a_save_is_the_same_each_time(
    rules: dict[str, str],
    flows: dict[str, str],
    triggers: dict[str, str],
    workflows: dict[str, str],
    stored: dict[str, Value],
) -> None:
    files = org(FIELDS, rules, flows, triggers, workflows)
    assert saved(files, stored) == saved(files, stored)


@given(st.lists(CONDITIONS, min_size=1, max_size=2), WRITES, FORMULAS, RECORDS)
def test_what_no_guard_admits_is_saved_as_asked(
    conditions: list[tuple[str, str, object]], write: tuple[str, object], formula: str, stored: dict[str, Value]
) -> None:
    # No record has this level, so neither guard holds whatever else it says.
    nobody = ("Level__c", "EqualTo", "platinum")
    flows = before_save([*conditions, nobody], write)
    result = saved(org(FIELDS, flows, rule("Guard", f"AND(Level__c = 'platinum', {formula})")), stored)
    assert result.outcome is Outcome.SAVED
    assert result.record == {**stored, **OPT_OUT}


@given(st.one_of(RULES, FLOWS, TRIGGERS, WORKFLOWS), st.lists(RECORDS, min_size=1, max_size=12))
def test_what_is_proved_harmless_harms_no_record(files: dict[str, str], records: list[dict[str, Value]]) -> None:
    files = org(FIELDS, files)
    rows = [row for row in judge_project(project(dict(files)), Settings()).rows() if row.direction is Direction.OPT_OUT]
    verdicts = {row.effect: row.verdict for row in rows if row.object == "Contact"}
    for stored in records:
        result = saved(files, stored)
        if verdicts[Effect.BLOCK] is Verdict.NEVER:
            assert result.outcome is not Outcome.REJECTED
        if verdicts[Effect.BLOCK] is Verdict.ALWAYS:
            assert result.outcome is Outcome.REJECTED
        if verdicts[Effect.REVERT] is Verdict.NEVER and result.outcome is Outcome.SAVED:
            assert result.record[BOX] is True
        if verdicts[Effect.REVERT] is Verdict.ALWAYS:
            assert result.record[BOX] is False
