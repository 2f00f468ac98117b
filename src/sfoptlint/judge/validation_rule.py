"""What a validation rule does to an opt-out: it rejects it when its error condition is TRUE, and writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sfoptlint.automation.automation import Automation
from sfoptlint.automation.names import RecordNames
from sfoptlint.automation.validation_rule import CODE, compile_validation_rule
from sfoptlint.core.expr import Expr, Interner, Value
from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Cause, ComponentId, Direction, Effect, OptOutObject, Row, Verdict
from sfoptlint.core.witness import Expectation
from sfoptlint.decide import Budget, Decision, Scenario, decide
from sfoptlint.judge.effects import DIRECTIONS
from sfoptlint.judge.schema_view import SchemaView
from sfoptlint.judge.sync_world import SyncWorld
from sfoptlint.judge.witness import witness_of
from sfoptlint.lang.formula.diagnostics import Diagnostic, FormulaSyntaxError, position
from sfoptlint.metadata.validation_rule import ValidationRule
from sfoptlint.model.objects import Objects


@dataclass(frozen=True, slots=True)
class RuleJudgement:
    """One rule: its rows, and what they rest on.

    `automation` is None where the rule is inactive or its condition is no formula; then `diagnostic` says what is wrong.
    """

    rule: ValidationRule
    rows: tuple[Row, ...]
    schema: SchemaView
    names: RecordNames
    interner: Interner
    fixed: Mapping[str, Value] = field(default_factory=dict)
    decisions: Mapping[Direction, Decision] = field(default_factory=dict)
    automation: Automation | None = None
    diagnostic: Diagnostic | None = None

    @property
    def guard(self) -> Expr:
        """The error condition, in the core form."""
        assert self.automation is not None
        return self.automation.effects[0].guard

    @property
    def place(self) -> Place:
        """Where the error condition stands."""
        return formula_place(self.rule, 0, len(self.rule.formula.partition("\n")[0]))

    def blocks(self, direction: Direction) -> Row | None:
        """Return the row that says the rule rejects this direction, always or sometimes."""
        for row in self.rows:
            harmful = row.verdict in (Verdict.ALWAYS, Verdict.SOMETIMES)
            if row.direction is direction and row.effect is Effect.BLOCK and harmful:
                return row
        return None


def judge_validation_rule(  # noqa: PLR0913, PLR0917 - one rule, and everything that judges it
    rule: ValidationRule,
    object_: OptOutObject,
    objects: Objects,
    interner: Interner,
    sync: SyncWorld,
    budget: Budget,
) -> RuleJudgement:
    """Judge one rule in both directions."""
    schema = SchemaView(object_, objects)
    names = RecordNames(object_, objects, interner)
    if not rule.active:
        inactive = _rows(rule, object_, Verdict.NEVER, "the rule is not active")
        return RuleJudgement(rule, inactive, schema, names, interner)
    try:
        automation = compile_validation_rule(rule, objects, interner)
    except FormulaSyntaxError as error:
        reason = f"its condition is no formula: {error}"
        broken = _rows(rule, object_, Verdict.UNKNOWN, reason)
        return RuleJudgement(rule, broken, schema, names, interner, diagnostic=error.diagnostic)
    guard = automation.effects[0].guard
    fixed = sync.fixed([guard])
    rows: list[Row] = []
    decisions: dict[Direction, Decision] = {}
    for direction, (before, after) in DIRECTIONS.items():
        scenario = Scenario(object_, OPT_OUT_FIELD[object_], before, after, fixed)
        decision = decide(guard, automation.axioms, scenario, schema, interner, budget)
        decisions[direction] = decision
        rows += _decided(rule, object_, direction, decision, scenario)
    return RuleJudgement(rule, tuple(rows), schema, names, interner, fixed, decisions, automation)


def formula_place(rule: ValidationRule, offset: int, width: int = 1) -> Place:
    """Return where an offset into the formula's text stands in its file, so far as the text is written plainly there."""
    at = position(rule.formula, offset)
    element = rule.formula_at
    start = element.column + len("<errorConditionFormula>") if at.line == 1 else 1
    return Place(rule.path, element.line + at.line - 1, start + at.column - 1, width)


def _decided(
    rule: ValidationRule, object_: OptOutObject, direction: Direction, decision: Decision, scenario: Scenario
) -> tuple[Row, Row]:
    place = formula_place(rule, 0)
    harmful = decision.verdict in (Verdict.ALWAYS, Verdict.SOMETIMES)
    witness = (
        witness_of(decision, scenario, object_, direction, Expectation(Effect.BLOCK, place, CODE)) if harmful else None
    )
    block = Row(
        artifact=ComponentId("ValidationRule", rule.full_name),
        object=object_,
        direction=direction,
        effect=Effect.BLOCK,
        cause=Cause.ERROR,
        verdict=decision.verdict,
        path=rule.path,
        line=place.line,
        reason=decision.reason,
        reach=decision.reach if harmful else None,
        witness=witness,
    )
    return block, _writes_nothing(rule, object_, direction)


def _rows(rule: ValidationRule, object_: OptOutObject, verdict: Verdict, reason: str) -> tuple[Row, ...]:
    rows: list[Row] = []
    for direction in DIRECTIONS:
        block = Row(
            artifact=ComponentId("ValidationRule", rule.full_name),
            object=object_,
            direction=direction,
            effect=Effect.BLOCK,
            cause=Cause.ERROR,
            verdict=verdict,
            path=rule.path,
            line=rule.formula_at.line,
            reason=reason,
        )
        rows += (block, _writes_nothing(rule, object_, direction))
    return tuple(rows)


def _writes_nothing(rule: ValidationRule, object_: OptOutObject, direction: Direction) -> Row:
    return Row(
        artifact=ComponentId("ValidationRule", rule.full_name),
        object=object_,
        direction=direction,
        effect=Effect.REVERT,
        cause=Cause.WRITE,
        verdict=Verdict.NEVER,
        path=rule.path,
        line=rule.formula_at.line,
        reason="a validation rule writes nothing",
    )
