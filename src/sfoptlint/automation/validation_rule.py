"""A validation rule: it rejects the save when its error condition is TRUE.

It runs after before-save flows and before triggers, on the record as they leave it (Apex Developer Guide, Triggers and Order of
Execution, step 5). A condition that is blank does not fire.
"""

from sfoptlint.automation.automation import Automation, Block, Effect, Gap, Phase
from sfoptlint.automation.names import RecordNames
from sfoptlint.core.expr import Interner
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import Cause, ComponentId, OptOutObject
from sfoptlint.lang.formula.building import truth
from sfoptlint.lang.formula.catalogue import Context
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import Source
from sfoptlint.metadata.validation_rule import ValidationRule
from sfoptlint.model.objects import Objects

CODE = "FIELD_CUSTOM_VALIDATION_EXCEPTION"
"""The status code that the API answers (SOAP API Developer Guide, Core Data Types, StatusCode)."""


def compile_validation_rule(rule: ValidationRule, objects: Objects, interner: Interner) -> Automation:
    """Return the rule as one guarded block; raise FormulaSyntaxError where its condition is no formula."""
    place = Place(rule.path, rule.formula_at.line, rule.formula_at.column)
    names = RecordNames(rule.object, objects, interner)
    source = Source(rule.formula, place, context=Context.VALIDATION_RULE)
    lowered = lower(parse(rule.formula), source, names, interner)
    block = Block(Cause.ERROR, CODE, rule.error_message, rule.error_field)
    return Automation(
        component=ComponentId("ValidationRule", rule.full_name),
        object=OptOutObject(rule.object),
        phase=Phase.CUSTOM_VALIDATION,
        at=place,
        effects=(Effect(truth(lowered.expr, interner), block, place),),
        gaps=tuple(Gap(gap.atom, place, str(gap.diagnostic)) for gap in lowered.gaps),
    )
