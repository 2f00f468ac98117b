"""Which terms about the user spare him."""

import pytest

from sfoptlint.core.expr import Call, Global, Interner
from sfoptlint.decide import bypass_terms
from tests.decide.asking import CONTACT, lowered, scenario


def _spared(formula: str) -> list[tuple[str, bool]]:
    interner = Interner()
    terms = bypass_terms(lowered(formula, interner), (), scenario(), CONTACT, interner)
    return [(_name(term.term), term.value) for term in terms]


def _name(term: object) -> str:
    match term:
        case Global(name=name):
            return name
        case Call(args=args):
            return " ".join(filter(None, map(_name, args)))
        case _:
            return ""


@pytest.mark.parametrize(
    ("formula", "spared"),
    [
        ("AND(NOT($Permission.Bypass), ISBLANK(Email))", [("$Permission.Bypass", True)]),
        ("AND($Permission.Bypass, ISBLANK(Email))", [("$Permission.Bypass", False)]),
        ("OR(NOT($Permission.Bypass), ISBLANK(Email))", []),
        ("AND($Profile.Name <> 'Sync', ISBLANK(Email))", [("$Profile.Name", True)]),
        ("AND($Profile.Name = 'Sales', ISBLANK(Email))", [("$Profile.Name", False)]),
        (
            "AND($Profile.Name <> 'Sync', NOT($Setup.Off__c.All__c), ISBLANK(Email))",
            [("$Profile.Name", True), ("$Setup.Off__c.All__c", True)],
        ),
        ("AND(OR($Permission.A, $Permission.B), ISBLANK(Email))", []),
        ("AND($User.Id <> OwnerId, ISBLANK(Email))", []),
        ("AND(NOT($Permission.Bypass), ISCHANGED(Email))", []),
        ("$Permission.Strict", [("$Permission.Strict", False)]),
    ],
)
def test_the_terms_that_spare_a_user(formula: str, spared: list[tuple[str, bool]]) -> None:
    assert _spared(formula) == spared
