"""Guards as flows, workflow and triggers write them: total primitives, rows, free values, no regard to case."""

from decimal import Decimal

import pytest

from sfoptlint.core.expr import (
    AFTER,
    Expr,
    Free,
    FreeKind,
    Interner,
    Primitive,
    RecordKind,
    RecordRef,
    Type,
    Value,
)
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import Verdict
from sfoptlint.decide import Decision, decide
from tests.decide.asking import CONTACT, scenario

P = Primitive
ROW = RecordRef(RecordKind.ROW, "flows/F.flow:3")


class Guards:
    """Builds guards over a few fields."""

    def __init__(self) -> None:
        self.interner = Interner()

    def field(self, name: str, type_: Type = Type.TEXT, record: RecordRef = AFTER) -> Expr:
        return self.interner.field(record, (name,), type_)

    def const(self, value: Value) -> Expr:
        types = {str: Type.TEXT, bool: Type.BOOLEAN, Decimal: Type.NUMBER}
        return self.interner.const(value, types.get(type(value), Type.UNKNOWN))

    def call(self, op: str, *args: Expr, ci: bool = False) -> Expr:
        return self.interner.call(op, args, Type.BOOLEAN, ci=ci)

    def free(self, name: str, type_: Type = Type.BOOLEAN, kind: FreeKind = FreeKind.FOUND) -> Expr:
        return self.interner.free(Free(name, type_, kind, Place("flows/F.flow", 3), name))

    def ask(self, guard: Expr, *axioms: Expr) -> Decision:
        return decide(guard, axioms, scenario(), CONTACT, self.interner)


def test_texts_without_regard_to_case() -> None:
    g = Guards()
    level, gold = g.field("Level__c"), g.const("Gold")
    same = g.call(P.SAME, level, gold, ci=True)
    assert g.ask(g.call(P.AND, same, g.call(P.SAME, level, g.const("Silver"), ci=True))).verdict is Verdict.NEVER
    assert g.ask(g.call(P.AND, same, g.call(P.SAME, level, g.const("GOLD"), ci=True))).verdict is Verdict.SOMETIMES
    assert g.ask(g.call(P.AND, same, g.call(P.SAME, level, g.const("GOLD")))).verdict is Verdict.SOMETIMES
    assert g.ask(g.call(P.AND, same, g.call(P.BLANK, level))).verdict is Verdict.NEVER
    assert g.ask(g.call(P.AND, same, g.call(P.HAS, level, g.const("OL"), ci=True))).verdict is Verdict.SOMETIMES
    assert g.ask(g.call(P.AND, same, g.call(P.HAS, level, g.const("OL")))).verdict is Verdict.SOMETIMES


def test_a_blank_is_on_neither_side_of_an_order() -> None:
    g = Guards()
    score, five = g.field("Score__c", Type.NUMBER), g.const(Decimal(5))
    less, more = g.call(P.LESS, score, five), g.call(P.LESS_EQUAL, five, score)
    assert g.ask(g.call(P.AND, less, more)).verdict is Verdict.NEVER
    both_not = g.ask(g.call(P.AND, g.call(P.NOT, less), g.call(P.NOT, more)))
    assert both_not.verdict is Verdict.SOMETIMES
    assert both_not.world is not None
    assert both_not.world.after["Score__c",] is None
    assert g.ask(g.call(P.OR, less, more, g.call(P.BLANK, score))).verdict is Verdict.ALWAYS


def test_the_empty_text_is_on_neither_side_of_an_order_either() -> None:
    g = Guards()
    reason, empty, word = g.field("Reason__c"), g.const(""), g.const("a")
    for order in (P.LESS, P.LESS_EQUAL):
        assert g.ask(g.call(order, empty, word)).verdict is Verdict.NEVER
        assert g.ask(g.call(order, empty, reason)).verdict is Verdict.NEVER
        assert g.ask(g.call(order, reason, empty)).verdict is Verdict.NEVER
        assert g.ask(g.call(P.NOT, g.call(order, empty, reason))).verdict is Verdict.ALWAYS
        assert g.ask(g.call(order, reason, word)).verdict is Verdict.SOMETIMES


def test_blank_is_the_empty_text_to_the_primitives() -> None:
    g = Guards()
    reason = g.field("Reason__c")
    assert (
        g.ask(g.call(P.AND, g.call(P.BLANK, reason), g.call(P.HAS, reason, g.const("")))).verdict is Verdict.SOMETIMES
    )
    assert g.ask(g.call(P.AND, g.call(P.BLANK, reason), g.call(P.HAS, reason, g.const("x")))).verdict is Verdict.NEVER
    assert g.ask(g.call(P.SAME, reason, g.const(None))).verdict is Verdict.SOMETIMES
    assert g.ask(g.call(P.SAME, g.field("LastName"), g.const(None))).verdict is Verdict.NEVER


def test_a_multi_select_value_includes() -> None:
    g = Guards()
    topics = g.field("Topics__c")
    news, offers = (g.call(P.ONE_OF, topics, g.const(word)) for word in ("News", "Offers"))
    assert g.ask(g.call(P.AND, news, offers)).verdict is Verdict.SOMETIMES
    assert g.ask(g.call(P.AND, news, g.call(P.BLANK, topics))).verdict is Verdict.NEVER


def test_a_row_that_was_found_satisfies_its_filters() -> None:
    g = Guards()
    found, status = g.free("found"), g.field("Status", record=ROW)
    closed = g.call(P.SAME, status, g.const("Closed"), ci=True)
    axiom = g.call(P.OR, g.call(P.NOT, found), closed)
    opened = g.call(P.SAME, status, g.const("Open"), ci=True)
    assert g.ask(g.call(P.AND, found, opened), axiom).verdict is Verdict.NEVER
    assert g.ask(g.call(P.AND, found, closed), axiom).verdict is Verdict.SOMETIMES
    # An axiom is not a guard: what holds in every allowed world is always so.
    assert g.ask(g.call(P.OR, g.call(P.NOT, found), closed), axiom).verdict is Verdict.ALWAYS
    witness = g.ask(g.call(P.AND, found, closed), axiom)
    assert witness.world is not None
    assert witness.world.rows[ROW]["Status",] == "Closed"
    assert found in witness.assumed


def test_a_free_value_of_any_type() -> None:
    g = Guards()
    count = g.free("count", Type.NUMBER, FreeKind.CALL)
    decision = g.ask(g.call(P.LESS, g.const(Decimal(5)), count))
    assert decision.verdict is Verdict.SOMETIMES
    assert decision.world is not None
    assert decision.world.frees == {count: Decimal(6)}


@pytest.mark.parametrize("depth", [10, 3000])
def test_a_graph_that_is_a_tree_too_large_to_write_out(depth: int) -> None:
    g = Guards()
    guard: Expr = g.call(P.BLANK, g.field("Email"))
    vip = g.field("VIP__c", Type.BOOLEAN)
    for _ in range(depth):
        guard = g.interner.call(P.IF, (vip, guard, guard), Type.BOOLEAN)
    assert g.ask(guard).verdict is Verdict.SOMETIMES
    assert g.ask(g.call(P.AND, guard, g.call(P.NOT, guard))).verdict is Verdict.NEVER


def test_prior_and_after_of_what_every_save_writes() -> None:
    g = Guards()
    after, prior = (
        g.field("LastModifiedDate", Type.DATETIME, record) for record in (AFTER, RecordRef(RecordKind.PRIOR))
    )
    assert g.ask(g.call(P.LESS, prior, after)).verdict is Verdict.SOMETIMES
    score, before = (g.field("Score__c", Type.NUMBER, record) for record in (AFTER, RecordRef(RecordKind.PRIOR)))
    assert g.ask(g.call(P.NOT, g.call(P.SAME, score, before))).verdict is Verdict.NEVER
