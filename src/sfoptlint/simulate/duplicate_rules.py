"""Duplicate rules: one runs on an update where a field changes that its matching rules or conditions use.

Whether there is a duplicate, only the org's data say: it is asked for at the rule's place, and without an answer there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.automation.automation import Phase
from sfoptlint.automation.criteria import CriteriaCompiler
from sfoptlint.automation.duplicate_rule import CODE, MatchingRules, fields_used, rejects
from sfoptlint.automation.field_update import opt_out_object
from sfoptlint.core.expr import Expr, Interner
from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import ComponentId
from sfoptlint.core.witness import Returned
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.primitives import changed
from sfoptlint.metadata.duplicate_rule import DuplicateRule, MatchingRule
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.result import Rejection
from sfoptlint.simulate.walk import NOTHING, Doubt, Happened, Seen, Walk


@dataclass(frozen=True, slots=True)
class DuplicateRuleWalk:
    """An active rule that rejects duplicates; `fields` are those that make it run, `missing` what of them is not known."""

    rule: DuplicateRule
    conditions: Expr
    fields: frozenset[str]
    missing: str

    @property
    def component(self) -> ComponentId:
        """The rule."""
        return ComponentId("DuplicateRule", self.rule.full_name)

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""
        return Phase.DUPLICATE_RULE

    @property
    def at(self) -> Place:
        """Where it says what it does to an update."""
        return Place(self.rule.path, self.rule.action_at.line, self.rule.action_at.column)

    def run(self, seen: Seen) -> Happened:
        """Reject the save where it runs, its conditions are met, and there is a duplicate."""
        before, after = seen.world.prior or {}, seen.world.after
        runs = any(changed(before.get((name,)), after.get((name,))) for name in self.fields)
        holds = Evaluation(seen.world).outcome(self.conditions)
        if self.missing or isinstance(holds, FormulaError):
            reason = self.missing or f"whether its conditions are met: {holds}"
            return Happened(doubts=(Doubt(f"{self.component}: {reason}", may_write=False),))
        if not runs or holds is not True:
            return NOTHING
        place = f"{self.rule.path}#duplicate"
        answer = seen.questions.call(place)
        if not isinstance(answer, Returned) or answer.value is not True:
            return Happened(words="finds no duplicate", assumptions=(f"{self.component} finds no duplicate ({place})",))
        error = Rejection(CODE, "a duplicate was found", (), self.component, self.at, place)
        return Happened("rejects: a duplicate was found", (error,))


def duplicate_rule_walks(project: Project, object_: str, objects: Objects, interner: Interner) -> Iterator[Walk]:
    """Yield the active rules of an object that reject a duplicate on an update."""
    known = {(rule.object.casefold(), rule.name.casefold()): rule for rule in project.matching_rules()}

    def matching(of: str, name: str) -> MatchingRule | None:
        return known.get((of.casefold(), name.casefold()))

    for rule in project.duplicate_rules():
        of = opt_out_object(rule.object)
        if rule.active and rejects(rule) and of is not None and of.casefold() == object_.casefold():
            yield _walk(rule, matching, objects, interner)


def _walk(rule: DuplicateRule, matching: MatchingRules, objects: Objects, interner: Interner) -> Walk:
    of = opt_out_object(rule.object)
    assert of is not None
    used, missing = fields_used(rule, matching)
    conditions = CriteriaCompiler(of, objects, interner, OPT_OUT_FIELD[of]).met(rule.conditions, rule.path).guard
    unread = f"its matching rule {missing[0].matching_rule} is not in the tree" if missing else ""
    if rule.unread:
        unread = f"it has parts that are not read: {', '.join(rule.unread)}"
    return DuplicateRuleWalk(rule, conditions, used, unread)
