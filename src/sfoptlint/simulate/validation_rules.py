"""Custom validation rules: all active ones are evaluated, and each whose condition is TRUE adds its error.

(Apex Developer Guide, Triggers and Order of Execution, step 5; Salesforce Help, Define Validation Rules.) A condition that is
blank does not fire.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.automation.automation import Phase
from sfoptlint.automation.names import RecordNames
from sfoptlint.automation.validation_rule import CODE
from sfoptlint.core.expr import Expr, Interner
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.lang.formula.building import truth
from sfoptlint.lang.formula.catalogue import Context
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import Source
from sfoptlint.metadata.validation_rule import ValidationRule
from sfoptlint.model.objects import Objects
from sfoptlint.simulate.result import Rejection
from sfoptlint.simulate.settling import settled
from sfoptlint.simulate.walk import NOTHING, Doubt, Happened, Seen, Unrun, Walk


@dataclass(frozen=True, slots=True)
class ValidationRuleWalk:
    """One rule, its condition in the core form."""

    rule: ValidationRule
    condition: Expr

    @property
    def component(self) -> ComponentId:
        """The rule."""
        return _component(self.rule)

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""
        return Phase.CUSTOM_VALIDATION

    @property
    def at(self) -> Place:
        """Where its condition stands."""
        return _at(self.rule)

    def run(self, seen: Seen) -> Happened:
        """Evaluate the condition."""
        holds = settled(self.condition, seen.world)
        if isinstance(holds, FormulaError):
            # No source says what a save comes to where a rule's formula fails.
            return Happened(doubts=(Doubt(f"{self.component}: its condition has no value: {holds}", may_write=False),))
        if holds is not True:
            return NOTHING
        fields = (self.rule.error_field,) if self.rule.error_field else ()
        error = Rejection(CODE, self.rule.error_message, fields, self.component, self.at)
        return Happened(f'rejects: "{self.rule.error_message}"', (error,))


def validation_rule_walks(object_: str, objects: Objects, interner: Interner) -> Iterator[Walk]:
    """Yield the active rules of an object."""
    for rule in objects.validation_rules(object_):
        if rule.active:
            yield validation_rule_walk(rule, objects, interner)


def validation_rule_walk(rule: ValidationRule, objects: Objects, interner: Interner) -> Walk:
    """Return a rule, ready to run; one whose condition is no formula cannot be run."""
    names = RecordNames(rule.object, objects, interner)
    try:
        tree = parse(rule.formula)
    except FormulaSyntaxError as error:
        reason = f"{_component(rule)}: its condition is no formula: {error}"
        return Unrun(_component(rule), Phase.CUSTOM_VALIDATION, _at(rule), reason, may_write=False)
    source = Source(rule.formula, _at(rule), context=Context.VALIDATION_RULE)
    return ValidationRuleWalk(rule, truth(lower(tree, source, names, interner).expr, interner))


def _component(rule: ValidationRule) -> ComponentId:
    return ComponentId("ValidationRule", rule.full_name)


def _at(rule: ValidationRule) -> Place:
    return Place(rule.path, rule.formula_at.line, rule.formula_at.column)
