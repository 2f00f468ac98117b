"""A duplicate rule: whether it runs on an update of the box at all, and what it does then.

On an update it runs only when a field of its matching rules or of its conditions changes. A rule that blocks rejects the save;
one that allows it with an alert rejects what the API saves without saying that duplicates are welcome (Salesforce Help,
"Duplicate Rules"; SOAP API Developer Guide, DuplicateRuleHeader).
"""

from collections.abc import Callable
from dataclasses import dataclass

from sfoptlint.automation.automation import Automation, Block, Effect, Phase, Step, Unknown
from sfoptlint.automation.criteria import CriteriaCompiler
from sfoptlint.automation.field_update import opt_out_object
from sfoptlint.core import verdict
from sfoptlint.core.expr import AFTER, Expr, Free, FreeKind, Interner, Primitive, Type
from sfoptlint.core.location import Place, Position
from sfoptlint.core.logic import all_of
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Cause, ComponentId, OptOutObject
from sfoptlint.metadata.duplicate_rule import DuplicateRule, MatchedBy, MatchingRule
from sfoptlint.model.objects import Objects

CODE = "DUPLICATES_DETECTED"
"""The status code that the API answers (SOAP API Developer Guide, Core Data Types, StatusCode)."""
MatchingRules = Callable[[str, str], MatchingRule | None]
"""Finds a matching rule by object and name, whatever the case."""
_BLOCK = frozenset({verdict.Effect.BLOCK})
_STANDARD = ("standard_", "contact_matching_rule", "lead_matching_rule", "account_matching_rule", "person_account_")
"""How the names of the matching rules begin that the platform brings; none of them compares the box."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Whether a rule looks at the box: in a condition, or in a matching rule; `missing` are matching rules not in the tree."""

    box: bool
    missing: tuple[MatchedBy, ...]


def rejects(rule: DuplicateRule) -> bool:
    """Whether a duplicate that the rule finds on an update is rejected."""
    return rule.action.casefold() == "block" or "alert" in {operation.casefold() for operation in rule.operations}


def uses(rule: DuplicateRule, matching: MatchingRules, box: str) -> Uses:
    """Return whether a change of the box makes the rule run."""
    fields, missing = fields_used(rule, matching)
    return Uses(box.casefold() in fields, missing)


def fields_used(rule: DuplicateRule, matching: MatchingRules) -> tuple[frozenset[str], tuple[MatchedBy, ...]]:
    """Return the fields whose change makes the rule run, in lower case, and the matching rules that are not in the tree."""
    fields = {item.field.rpartition(".")[2].casefold() for item in rule.conditions.items}
    missing: list[MatchedBy] = []
    for by in rule.matched_by:
        found = matching(by.object, by.matching_rule)
        if by.mapped:
            fields |= {name.casefold() for name in by.mapped}
        elif found is not None:
            fields |= {name.casefold() for name in found.fields}
        elif not by.matching_rule.casefold().startswith(_STANDARD):
            missing.append(by)
    return frozenset(fields), tuple(missing)


def compile_duplicate_rule(
    rule: DuplicateRule, matching: MatchingRules, objects: Objects, interner: Interner
) -> Automation | None:
    """Return what the rule does to an update; None where it is of another object."""
    object_ = opt_out_object(rule.object)
    if object_ is None:
        return None
    box = OPT_OUT_FIELD[object_]
    used = uses(rule, matching, box)
    met = CriteriaCompiler(object_, objects, interner, box).met(rule.conditions, rule.path)
    idle = _idle(rule, used, box)
    return Automation(
        component=ComponentId("DuplicateRule", rule.full_name),
        object=object_,
        phase=Phase.DUPLICATE_RULE,
        at=_place(rule, rule.at),
        effects=() if idle else (_effect(rule, used, object_, met.guard, interner),),
        gaps=met.gaps,
        idle=idle,
    )


def _idle(rule: DuplicateRule, used: Uses, box: str) -> str:
    if not rule.active:
        return "the rule is not active"
    if not rejects(rule):
        return "it allows an update that makes a duplicate, and shows no alert"
    if used.box or used.missing or rule.unread:
        return ""
    return f"it runs when a field changes that its matching rules or conditions use, and {box} is none"


def _effect(rule: DuplicateRule, used: Uses, object_: OptOutObject, met: Expr, interner: Interner) -> Effect:
    at = _place(rule, rule.action_at)
    changed = interner.field(AFTER, (OPT_OUT_FIELD[object_],), Type.BOOLEAN)
    runs = interner.call(Primitive.CHANGED, (changed,), Type.BOOLEAN)
    duplicate = interner.free(
        Free(f"{rule.path}#duplicate", Type.BOOLEAN, FreeKind.OTHER, at, f"{rule.name} finds a duplicate")
    )
    blocks = rule.action.casefold() == "block"
    return Effect(
        guard=all_of((runs, met, duplicate), interner),
        do=Block(Cause.ERROR, CODE, "a duplicate was found") if used.box else Unknown(_unread(rule, used), _BLOCK),
        at=at,
        steps=(
            Step(
                at, f"duplicate rule {rule.name} {'blocks the update' if blocks else 'alerts: the API saves nothing'}"
            ),
        ),
        place=f"{rule.path}#duplicate",
    )


def _unread(rule: DuplicateRule, used: Uses) -> str:
    if used.missing:
        return f"its matching rule {used.missing[0].matching_rule} is not in the tree"
    return f"the rule has parts that are not read: {', '.join(rule.unread)}"


def _place(rule: DuplicateRule, at: Position) -> Place:
    return Place(rule.path, at.line, at.column)
