"""Workflow, approval and duplicate files for tests, written by functions that say what matters in them."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.memory_orgs import document, flag

BOX = "HasOptedOutOfEmail"
Item = tuple[str, str, str]
"""A field, an operation and a value."""


def elements(children: Mapping[str, object]) -> str:
    """Child elements by name; a Boolean is written in lower case, and what is None is left out."""
    return "".join(
        f"<{tag}>{flag(value) if isinstance(value, bool) else escape(str(value))}</{tag}>"
        for tag, value in children.items()
        if value is not None
    )


def items(*wanted: Item, tag: str = "criteriaItems") -> str:
    """Criteria items; one without a value leaves the element out."""
    return "".join(
        f"<{tag}>{elements({'field': field, 'operation': operation, 'value': value or None})}</{tag}>"
        for field, operation, value in wanted
    )


def update(name: str = "Untick", field: str = BOX, literal: str | None = "0", **more: object) -> str:
    """A field update; without more words it sets the box to false."""
    operation = more.pop("operation", "Literal" if literal is not None else "Formula")
    said: dict[str, object] = {
        "fullName": name,
        "field": field,
        "literalValue": literal,
        "name": name,
        "notifyAssignee": False,
        "operation": operation,
        "protected": False,
        **more,
    }
    return f"<fieldUpdates>{elements(said)}</fieldUpdates>"


def action(name: str = "Untick", type_: str = "FieldUpdate") -> str:
    return f"<actions>{elements({'name': name, 'type': type_})}</actions>"


def waiting(*actions: str, length: str = "7", unit: str = "Days", offset: str | None = None) -> str:
    """A time trigger with its actions."""
    said = elements({"offsetFromField": offset, "timeLength": length, "workflowTimeTriggerUnit": unit})
    return f"<workflowTimeTriggers>{''.join(actions)}{said}</workflowTimeTriggers>"


def rule(  # noqa: PLR0913 - each word of a rule is one that a test changes
    *parts: str,
    criteria: Sequence[Item] = (),
    logic: str | None = None,
    formula: str | None = None,
    trigger: str = "onAllChanges",
    active: bool = True,
    name: str = "Keep",
) -> str:
    """A workflow rule; its actions are among the parts."""
    said = elements({"active": active, "booleanFilter": logic})
    asked = elements({"formula": formula})
    about = elements({"triggerType": trigger})
    return f"<rules><fullName>{name}</fullName>{''.join(parts)}{said}{items(*criteria)}{asked}{about}</rules>"


def workflow(*parts: str) -> str:
    return document("Workflow", *parts)


def field(name: str, type_: str, **more: object) -> str:
    """A custom field."""
    return document("CustomField", elements({"fullName": name, "label": name, "type": type_, **more}))


def approval(*parts: str, active: bool = True, **said: object) -> str:
    """An approval process that locks a record while it is pending."""
    locks: dict[str, object] = {
        "finalApprovalRecordLock": False,
        "finalRejectionRecordLock": False,
        "recordEditability": "AdminOnly",
        **said,
    }
    return document("ApprovalProcess", elements({"active": active, **locks}), *parts)


def duplicate_rule(
    *parts: str,
    matching: str = "Own_Match",
    object_: str = "Contact",
    action: str = "Block",
    operations: Sequence[str] = (),
    active: bool = True,
) -> str:
    """A duplicate rule with one matching rule."""
    by = elements({"matchRuleSObjectType": object_, "matchingRule": matching})
    said = "".join(f"<operationsOnUpdate>{operation}</operationsOnUpdate>" for operation in operations)
    return document(
        "DuplicateRule",
        elements({"actionOnInsert": "Allow", "actionOnUpdate": action}),
        *parts,
        f"<duplicateRuleMatchRules>{by}</duplicateRuleMatchRules>",
        elements({"isActive": active}),
        said,
    )


def matching_rules(*fields: str, name: str = "Own_Match") -> str:
    """A file with one matching rule."""
    compared = "".join(
        f"<matchingRuleItems>{elements({'fieldName': field, 'matchingMethod': 'Exact'})}</matchingRuleItems>"
        for field in fields
    )
    return document("MatchingRules", f"<matchingRules><fullName>{name}</fullName>{compared}</matchingRules>")
