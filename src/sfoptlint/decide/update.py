"""One update as several decisions share it, so that each part of their guards is looked at once."""

from collections.abc import Iterable

from sfoptlint.core.expr import Expr, Interner, nodes
from sfoptlint.decide.realm import Schema
from sfoptlint.decide.related import related, values_of
from sfoptlint.decide.scenario import Folding, Scenario


class Update:
    """An update, with what is known of the record that it changes."""

    __slots__ = ("_axioms", "_folding", "_twin", "interner", "scenario", "schema")

    def __init__(self, scenario: Scenario, schema: Schema, interner: Interner) -> None:
        self.scenario = scenario
        self.schema = schema
        self.interner = interner
        self._folding = Folding(scenario, schema, interner)
        self._twin = Folding(scenario.no_op(), schema, interner)
        self._axioms: dict[Expr, frozenset[object]] = {}

    def folded(self, expr: Expr) -> Expr:
        """Return an expression with the update put in."""
        return self._folding.fold(expr)

    def unchanged(self, expr: Expr) -> Expr:
        """Return an expression with the update's twin put in, in which nothing changes."""
        return self._twin.fold(expr)

    def related(self, leaves: Iterable[Expr], axioms: Iterable[Expr]) -> tuple[Expr, ...]:
        """Return the axioms that a guard with these leaves can depend on."""
        values: dict[Expr, frozenset[object]] = {}
        for axiom in axioms:
            known = self._axioms.get(axiom)
            if known is None:
                known = self._axioms[axiom] = frozenset(values_of(nodes(axiom)))
            values[axiom] = known
        return related(leaves, values)
