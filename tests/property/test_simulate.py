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


FLOWS = st.builds(before_save, st.lists(CONDITIONS, max_size=2), WRITES)
RULES = FORMULAS.map(lambda formula: rule("Guard", formula))


def saved(files: Mapping[str, str], stored: Values) -> SaveResult:
    simulator = org_simulator(project(dict(files)), Settings())
    (result,) = simulator.save("Contact", [Change(stored, OPT_OUT)], Circumstances(NOW))
    return result


@given(RULES, FLOWS, RECORDS)
def test_a_save_is_the_same_each_time(rules: dict[str, str], flows: dict[str, str], stored: dict[str, Value]) -> None:
    files = org(FIELDS, rules, flows)
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


@given(st.one_of(RULES, FLOWS), st.lists(RECORDS, min_size=1, max_size=12))
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
