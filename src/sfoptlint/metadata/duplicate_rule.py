"""Duplicate rules, and the matching rules that find duplicates (Metadata API Developer Guide, DuplicateRule, MatchingRule)."""

from dataclasses import dataclass

from sfoptlint.core.location import Position
from sfoptlint.metadata.criteria import Criteria, read_criteria
from sfoptlint.metadata.flow.reader import Reader
from sfoptlint.metadata.kind import decode_name
from sfoptlint.metadata.xml import Document

_ABOUT = (
    "actionOnInsert",
    "alertText",
    "description",
    "fullName",
    "masterLabel",
    "operationsOnInsert",
    "securityOption",
    "sortOrder",
)
"""Children that say nothing of whether an update is rejected."""


@dataclass(frozen=True, slots=True)
class MatchedBy:
    """A matching rule that a duplicate rule uses, on the object that is searched for duplicates.

    `mapped` are the fields of the saved record that are compared, where another object is searched.
    """

    object: str
    matching_rule: str
    mapped: tuple[str, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class DuplicateRule:
    """One rule. `action` is what it does to an update, Allow or Block; `operations` may have Alert and Report."""

    object: str
    name: str
    path: str
    at: Position
    active: bool
    action: str
    action_at: Position
    operations: tuple[str, ...]
    conditions: Criteria
    matched_by: tuple[MatchedBy, ...]
    unread: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """The rule's name in the Metadata API."""
        return f"{self.object}.{self.name}"


@dataclass(frozen=True, slots=True)
class MatchingRule:
    """A matching rule of one object, and the fields that it compares."""

    object: str
    name: str
    fields: tuple[str, ...]
    at: Position
    unread: tuple[str, ...] = ()


def parse_duplicate_rule(document: Document, full_name: str, path: str) -> DuplicateRule:
    """Read one rule; its full name is `Object.Name`."""
    object_name, _, name = full_name.partition(".")
    reader = Reader(document, document.root)
    for about in _ABOUT:
        reader.readers(about)
    filters = reader.readers("duplicateRuleFilter")
    conditions = read_criteria(filters[0], "duplicateRuleFilterItems") if filters else Criteria((), "", "", reader.at)
    action_at = reader.position("actionOnUpdate")
    return DuplicateRule(
        object=object_name,
        name=name,
        path=path,
        at=document.position(document.root),
        active=reader.flag("isActive"),
        action=reader.text("actionOnUpdate"),
        action_at=action_at,
        operations=tuple(item.own_text for item in reader.readers("operationsOnUpdate")),
        conditions=conditions,
        matched_by=tuple(_matched_by(item) for item in reader.readers("duplicateRuleMatchRules")),
        unread=(*reader.unread(), *conditions.unread, *(name for element in filters for name in element.unread())),
    )


def _matched_by(reader: Reader) -> MatchedBy:
    mapped = [
        field.text("inputField")
        for mapping in reader.readers("objectMapping")
        for field in mapping.readers("mappingFields")
    ]
    rule = decode_name(reader.text("matchingRule"))
    return MatchedBy(reader.text("matchRuleSObjectType"), rule, tuple(mapped), reader.at)


def parse_matching_rules(document: Document, object_name: str) -> tuple[MatchingRule, ...]:
    """Read the matching rules of an object, all of which stand in one file."""
    root = Reader(document, document.root)
    return tuple(_matching_rule(rule, object_name) for rule in root.readers("matchingRules"))


def _matching_rule(reader: Reader, object_name: str) -> MatchingRule:
    for about in ("booleanFilter", "label", "ruleStatus"):
        reader.text(about)
    items = reader.readers("matchingRuleItems")
    fields = tuple(item.text("fieldName") for item in items)
    for item in items:
        for about in ("blankValueBehavior", "matchingMethod"):
            item.text(about)
    name = decode_name(reader.text("fullName"))
    unread = (*reader.unread(), *(child for item in items for child in item.unread()))
    return MatchingRule(object_name, name, fields, reader.at, unread)
