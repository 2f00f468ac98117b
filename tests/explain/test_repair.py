from datetime import UTC, datetime

import pytest

from sfoptlint.core.expr import Global, Interner, Value, nodes
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.world import World
from sfoptlint.explain.repair import LONGEST_FORMULA, RepairKind, changeable_fields, repaired_formula
from sfoptlint.lang.formula.catalogue import Context
from sfoptlint.lang.formula.check import check_call
from sfoptlint.lang.formula.nodes import Call, walk
from sfoptlint.lang.formula.parser import parse
from tests.explain.guards import BOX, SmallSchema, guard

ORIGINALS = (
    "ISBLANK(Phone)",
    "ISBLANK(Phone) && Active__c || NOT Active__c = FALSE",
    '/* first */ ISBLANK(Phone) /* no, "last" */',
    "OR(\n  ISBLANK(Phone),\n  Amount__c > Limit__c\n)\n",
    "  Amount__c + 1 > 2 ",
    "IF(ISNEW(), FALSE, ISBLANK(Email))",
    "OR(ISBLANK(Phone), HasOptedOutOfEmail)",
)
STORED: dict[str, Value] = dict.fromkeys(["Phone", "Email", "Amount__c", "Limit__c"]) | {
    "Active__c": True,
    BOX: False,
}


def _opt_out(formula: str, user: bool = False, new: bool = False) -> Value:
    """The formula's value on an opt-out, for a user with the permission or without."""
    condition = guard(formula)
    before: dict[tuple[str, ...], Value] = {(name,): value for name, value in STORED.items()}
    after = {**before, (BOX,): True}
    names = {node.name: user for node in nodes(condition) if isinstance(node, Global)}
    prior = None if new else before
    return evaluate(condition, World(after, prior, globals=names, now=datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.mark.parametrize("original", ORIGINALS)
def test_repairs_parse_are_allowed_and_never_reject_the_opt_out(original: str) -> None:
    fields = changeable_fields(guard(original), SmallSchema())
    guarded, exempt = repaired_formula(original, fields, BOX)
    assert (guarded.kind, exempt.kind) == (RepairKind.GUARD_BY_CHANGE, RepairKind.EXEMPT)
    for repair in (guarded, exempt):
        calls = [node for node in walk(parse(repair.text)) if isinstance(node, Call)]
        assert all(check_call(call, Context.VALIDATION_RULE) is None for call in calls)
        assert original.strip() in repair.text
    assert _opt_out(guarded.text) is False
    assert _opt_out(exempt.text, user=True) is False


@pytest.mark.parametrize("original", ORIGINALS)
def test_repairs_leave_everybody_else_as_they_were(original: str) -> None:
    guarded, exempt = repaired_formula(original, changeable_fields(guard(original), SmallSchema()), BOX)
    assert _opt_out(guarded.text, new=True) is _opt_out(original, new=True)
    assert _opt_out(exempt.text) is _opt_out(original)


def test_the_repairs_read_as_an_admin_would_write_them() -> None:
    guarded, exempt = repaired_formula("ISBLANK(Phone)", ("Phone", "Email", "Phone"), BOX)
    assert guarded.text == "AND(OR(ISNEW(), ISCHANGED(Phone), ISCHANGED(Email)), ISBLANK(Phone))"
    assert exempt.text == "AND(NOT($Permission.Email_Opt_Out_Sync), ISBLANK(Phone))"
    assert "Email_Opt_Out_Sync" in exempt.summary


def test_a_formula_of_several_lines_keeps_them() -> None:
    guarded, _ = repaired_formula("AND(\n  A,\n  B\n)", ("A",), BOX)
    assert guarded.text == "AND(\nOR(ISNEW(), ISCHANGED(A)),\nAND(\n  A,\n  B\n)\n)"


@pytest.mark.parametrize(
    ("fields", "targeted"), [(("Phone", BOX), True), ((BOX,), False), (("hasoptedoutofemail",), False), ((), False)]
)
def test_a_rule_about_the_box_can_only_exempt(fields: tuple[str, ...], targeted: bool) -> None:
    repairs = repaired_formula("HasOptedOutOfEmail", fields, BOX, targeted=targeted, permission="Sync")
    assert [repair.text for repair in repairs] == ["AND(NOT($Permission.Sync), HasOptedOutOfEmail)"]


def test_what_the_platform_refuses_for_its_length_is_said() -> None:
    original = 'ISPICKVAL(Status, "' + "x" * (LONGEST_FORMULA - 60) + '")'
    guarded, exempt = repaired_formula(original, ("Status", "Level__c"), BOX)
    assert guarded.too_long
    assert exempt.too_long
    assert not repaired_formula("Active__c", ("Active__c",), BOX)[0].too_long


@pytest.mark.parametrize(
    ("formula", "fields"),
    [
        ("AND(ISBLANK(Phone), ISBLANK(Email), Phone = Email)", ("Phone", "Email")),
        ('ISPICKVAL(PRIORVALUE(Status), "a")', ("Status",)),
        ('ISPICKVAL(Account.Type, "a")', ("AccountId",)),
        ('RecordType.DeveloperName = "a"', ("RecordTypeId",)),
        ("CreatedDate < NOW()", ()),
        ("Total__c > 1", ()),
        ("LastModifiedDate > NOW()", ()),
        ('Name = "a"', ("FirstName", "LastName")),
        ('Unheard__c = "a"', ("Unheard__c",)),
        ('Unheard__r.Of__c = "a"', ()),
        (
            "REGEX(PostalCode, VLOOKUP($ObjectType.Z__c.Fields.R__c, $ObjectType.Z__c.Fields.Name, Phone))",
            ("PostalCode",),
        ),
        ("$User.Department = Phone", ("Phone",)),
    ],
)
def test_only_what_a_person_can_change_guards(formula: str, fields: tuple[str, ...]) -> None:
    assert changeable_fields(guard(formula, Interner()), SmallSchema()) == fields
