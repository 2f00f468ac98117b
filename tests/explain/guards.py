"""Guards from formulas, over a small object whose fields are named after their types."""

from sfoptlint.core.expr import AFTER, Expr, Interner, Type
from sfoptlint.core.location import Place
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.lang.formula.building import percent, truth
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.nodes import Span
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import Source

BOX = "HasOptedOutOfEmail"
_FIELDS = {
    BOX: FieldType.CHECKBOX,
    "Active__c": FieldType.CHECKBOX,
    "LastName": FieldType.TEXT,
    "Email": FieldType.EMAIL,
    "Phone": FieldType.PHONE,
    "PostalCode": FieldType.TEXT,
    "Status": FieldType.PICKLIST,
    "Level__c": FieldType.PICKLIST,
    "Topics__c": FieldType.MULTISELECT_PICKLIST,
    "Amount__c": FieldType.CURRENCY,
    "Limit__c": FieldType.NUMBER,
    "Rate__c": FieldType.PERCENT,
    "Start__c": FieldType.DATE,
    "End__c": FieldType.DATE,
    "CreatedDate": FieldType.DATE_TIME,
    "Description": FieldType.LONG_TEXT_AREA,
    "RecordTypeId": FieldType.LOOKUP,
    "AccountId": FieldType.LOOKUP,
    "OwnerId": FieldType.LOOKUP,
    "Total__c": FieldType.SUMMARY,
}
_TYPES = {
    FieldType.CHECKBOX: Type.BOOLEAN,
    FieldType.CURRENCY: Type.NUMBER,
    FieldType.NUMBER: Type.NUMBER,
    FieldType.PERCENT: Type.NUMBER,
    FieldType.DATE: Type.DATE,
    FieldType.DATE_TIME: Type.DATETIME,
    FieldType.SUMMARY: Type.UNKNOWN,
    FieldType.UNKNOWN: Type.UNKNOWN,
}
_BEYOND = {
    ("Account", "Type"): FieldType.PICKLIST,
    ("Account", "Active__c"): FieldType.CHECKBOX,
    ("RecordType", "DeveloperName"): FieldType.TEXT,
    ("Owner", "Name"): FieldType.TEXT,
    ("Owner", "Department"): FieldType.TEXT,
    ("A__r", "B__r", "C__r", "D__r", "E__r", "Name"): FieldType.TEXT,
    ("A__r", "B__r", "C__r", "D__r", "E__r", "F__r", "Name"): FieldType.TEXT,
}


class SmallSchema:
    """The fields above; `Owner` leads to users and queues."""

    def field(self, path: tuple[str, ...]) -> FieldSchema | None:
        type_ = _FIELDS.get(path[0]) if len(path) == 1 else _BEYOND.get(path)
        if type_ is None:
            return None
        references = {"OwnerId": ("User", "Group"), "AccountId": ("Account",), "RecordTypeId": ("RecordType",)}
        return FieldSchema(
            path[-1], type_, references=references.get(path[-1], ()), updateable=path[-1] != "CreatedDate"
        )


class Names:
    """Resolves the fields above, and any `$` name: a permission and a setting are Boolean, other globals text."""

    def __init__(self, interner: Interner) -> None:
        self.interner = interner

    def resolve(self, path: tuple[str, ...], span: Span) -> Expr | None:
        name = ".".join(path)
        if name.startswith("$"):
            boolean = name.startswith(("$Permission", "$Setup", "$User.Is"))
            return self.interner.global_(name, Type.BOOLEAN if boolean else Type.TEXT)
        known = SmallSchema().field(path)
        if known is None:
            return self.interner.field(AFTER, path, Type.UNKNOWN)
        field = self.interner.field(AFTER, path, _TYPES.get(known.type, Type.TEXT))
        return percent(field, self.interner) if known.type is FieldType.PERCENT else field


def guard(formula: str, interner: Interner | None = None) -> Expr:
    """Return the condition of a validation rule."""
    interner = interner or Interner()
    lowered = lower(parse(formula), Source(formula, Place("rule.xml")), Names(interner), interner)
    return truth(lowered.expr, interner)
