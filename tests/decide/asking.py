"""Decide a formula over a small schema of Contact: what the tests of the decision procedure share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sfoptlint.core.expr import AFTER, Expr, Interner, Type, Value
from sfoptlint.core.location import Place
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.decide import Budget, Decision, Scenario, decide
from sfoptlint.lang.formula.building import percent, truth
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.nodes import Span
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import Source

BOX = "HasOptedOutOfEmail"
STATUSES = ("Active", "Dormant", "Former")

_FIELDS = (
    FieldSchema(BOX, FieldType.CHECKBOX),
    FieldSchema("LastName", FieldType.TEXT, required=True, length=80),
    FieldSchema("FirstName", FieldType.TEXT, length=40),
    FieldSchema("Email", FieldType.EMAIL, length=80),
    FieldSchema("Phone", FieldType.PHONE, length=40),
    FieldSchema("Birthdate", FieldType.DATE),
    FieldSchema("AccountId", FieldType.LOOKUP, references=("Account",), relationship_name="Account"),
    FieldSchema("OwnerId", FieldType.LOOKUP, required=True, references=("User",), relationship_name="Owner"),
    FieldSchema("CreatedDate", FieldType.DATE_TIME, required=True, updateable=False),
    FieldSchema("LastModifiedDate", FieldType.DATE_TIME, required=True, updateable=False),
    FieldSchema("Status__c", FieldType.PICKLIST, restricted=True, values=STATUSES),
    FieldSchema("Level__c", FieldType.PICKLIST, values=("Gold", "Silver")),
    FieldSchema("Topics__c", FieldType.MULTISELECT_PICKLIST, values=("News", "Offers")),
    FieldSchema("Reason__c", FieldType.TEXT, length=100),
    FieldSchema("Code__c", FieldType.TEXT, length=12),
    FieldSchema("Score__c", FieldType.NUMBER, precision=6, scale=0),
    FieldSchema("Other_Score__c", FieldType.NUMBER, precision=6, scale=0),
    FieldSchema("Rate__c", FieldType.NUMBER, precision=6, scale=2),
    FieldSchema("Share__c", FieldType.PERCENT, precision=5, scale=2),
    FieldSchema("VIP__c", FieldType.CHECKBOX),
    FieldSchema("Start__c", FieldType.DATE),
    FieldSchema("End__c", FieldType.DATE),
    FieldSchema("Seen__c", FieldType.DATE_TIME),
    FieldSchema("Total__c", FieldType.SUMMARY),
    FieldSchema("Account.Name", FieldType.TEXT, required=True, length=255),
    FieldSchema("Account.Industry", FieldType.PICKLIST, values=("Banking",)),
    FieldSchema("Account.Blocked__c", FieldType.CHECKBOX),
    FieldSchema("Owner.Name", FieldType.TEXT, required=True),
)
_NUMBERS = frozenset({FieldType.NUMBER, FieldType.PERCENT, FieldType.CURRENCY, FieldType.SUMMARY})
_TYPES: Mapping[FieldType, Type] = {
    **dict.fromkeys(_NUMBERS, Type.NUMBER),
    FieldType.CHECKBOX: Type.BOOLEAN,
    FieldType.DATE: Type.DATE,
    FieldType.DATE_TIME: Type.DATETIME,
}
_GLOBAL_TYPES = {"$permission": Type.BOOLEAN, "$setup": Type.BOOLEAN}


@dataclass(frozen=True, slots=True)
class ContactSchema:
    """The fields above, by path."""

    fields: Mapping[str, FieldSchema] = field(default_factory=lambda: {known.name.lower(): known for known in _FIELDS})

    def field(self, path: tuple[str, ...]) -> FieldSchema | None:
        return self.fields.get(".".join(path).lower())


CONTACT = ContactSchema()


class _Resolver:
    def __init__(self, interner: Interner) -> None:
        self._interner = interner

    def resolve(self, path: tuple[str, ...], span: Span) -> Expr | None:
        if path[0].startswith("$"):
            type_ = _GLOBAL_TYPES.get(path[0].lower(), Type.TEXT)
            return self._interner.global_(".".join(path), type_)
        known = CONTACT.field(path)
        if known is None:
            return self._interner.field(AFTER, path, Type.UNKNOWN) if path[-1].startswith("Unknown") else None
        read = self._interner.field(AFTER, tuple(known.name.split(".")), _TYPES.get(known.type, Type.TEXT))
        return percent(read, self._interner) if known.type is FieldType.PERCENT else read


def lowered(formula: str, interner: Interner) -> Expr:
    """Return the formula as a guard."""
    found = lower(parse(formula), Source(formula, Place("formula")), _Resolver(interner), interner)
    return truth(found.expr, interner)


def scenario(*, opt_out: bool = True, fixed: Mapping[str, Value] | None = None) -> Scenario:
    """Return the update of a Contact."""
    return Scenario("Contact", BOX, before=not opt_out, after=opt_out, fixed=fixed or {})


def ask(
    formula: str,
    *,
    opt_out: bool = True,
    axioms: tuple[str, ...] = (),
    fixed: Mapping[str, Value] | None = None,
    budget: Budget | None = None,
) -> Decision:
    """Decide a formula."""
    interner = Interner()
    guard = lowered(formula, interner)
    held = [lowered(axiom, interner) for axiom in axioms]
    asked = scenario(opt_out=opt_out, fixed=fixed)
    return decide(guard, held, asked, CONTACT, interner, budget or Budget())
