"""Children of an element, each asked for by name; what nobody asked for is named in the end, so that nothing is passed over."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from sfoptlint.core.expr import Type
from sfoptlint.core.location import Position
from sfoptlint.metadata.flow.parts import (
    Assigned,
    Computed,
    Condition,
    Criteria,
    Literal,
    Merged,
    Operand,
    Output,
    Reference,
    Unread,
)
from sfoptlint.metadata.xml import Document, Element, content, local_name

_NOTHING = frozenset(
    {
        "customProperties",
        "dataTypeMappings",
        "defaultConnectorLabel",
        "description",
        "elementSubtype",
        "flowTransactionModel",
        "inputConfiguratorMode",
        "inputsOnNextNavToAssocScrn",
        "isGoTo",
        "locationX",
        "locationY",
        "nameSegment",
        "processMetadataValues",
        "styleProperties",
        "versionSegment",
        "versionString",
        "visibilityRule",
    }
)
"""Children that say nothing of what an element does: where it is drawn, how it is versioned, notes of the designer."""


class Reader:
    """One element being read."""

    __slots__ = ("_children", "_document", "_element")

    def __init__(self, document: Document, element: Element) -> None:
        self._document = document
        self._element = element
        self._children: dict[str, list[Element]] = {}
        for child in element.iterchildren(etree.Element):
            self._children.setdefault(local_name(child), []).append(child)

    @property
    def at(self) -> Position:
        """Where the element begins."""
        return self._document.position(self._element)

    def position(self, name: str) -> Position:
        """Return where the first child of this name begins, else where the element does."""
        children = self._children.get(name)
        return self._document.position(children[0]) if children else self.at

    def has(self, name: str) -> bool:
        """Return whether there is such a child."""
        return name in self._children

    def readers(self, name: str) -> list["Reader"]:
        """Return the children of this name, to be read in turn."""
        return [Reader(self._document, child) for child in self._children.pop(name, [])]

    @property
    def own_text(self) -> str:
        """The element's own text."""
        return content(self._element)

    def text(self, name: str) -> str:
        """Return a child's text, empty where there is none."""
        children = self._children.pop(name, [])
        return content(children[0]) if children else ""

    def flag(self, name: str) -> bool:
        """Return whether a child says true."""
        return self.text(name) in ("true", "1")

    def target(self, name: str) -> str:
        """Return the element that a connector leads to."""
        connectors = self.readers(name)
        return connectors[0].text("targetReference") if connectors else ""

    def operand(self, name: str) -> Operand | None:
        """Return a value, None where none is written."""
        values = self.readers(name)
        return values[0].value() if values else None

    def value(self) -> Operand | None:
        """Return what this element, which is a value, holds."""
        kinds = [kind for kind in self._children if kind not in _NOTHING]
        if not kinds:
            return None
        if "formulaExpression" in kinds:
            return Computed(self.text("formulaExpression"))
        return _operand(kinds[0], self.text(kinds[0]))

    def assigned(self, name: str, target: str) -> tuple[Assigned, ...]:
        """Return what fields, variables or parameters are given, the name of each in the child `target`."""
        return tuple(
            Assigned(item.text(target), item.text("operator") or "Assign", item.operand("value"))
            for item in self.readers(name)
        )

    def outputs(self, name: str, source: str) -> tuple[Output, ...]:
        """Return the variables that take results."""
        return tuple(Output(item.text(source), item.text("assignToReference")) for item in self.readers(name))

    def criteria(self, conditions: str, logic: str) -> Criteria:
        """Return conditions or filters, and how they are joined."""
        found = tuple(
            Condition(
                item.text("leftValueReference") or item.text("field"),
                item.text("operator"),
                item.operand("rightValue") or item.operand("value"),
            )
            for item in self.readers(conditions)
        )
        return Criteria(found, self.text(logic) or "and")

    def unread(self) -> tuple[str, ...]:
        """Return the names of the children that nobody asked for."""
        return tuple(sorted(name for name in self._children if name not in _NOTHING))


def _operand(kind: str, text: str) -> Operand | None:
    try:
        return _literal(kind, text)
    except (ValueError, InvalidOperation):
        return Unread(f"{kind} {text!r}")


def _literal(kind: str, text: str) -> Operand | None:
    match kind:
        case "elementReference":
            return Reference(text)
        case "stringValue":
            return Merged(text) if "{!" in text else Literal(text or None, Type.TEXT)
        case "booleanValue":
            return Literal(text.casefold() in ("true", "1"), Type.BOOLEAN)
        case "numberValue":
            return Literal(Decimal(text), Type.NUMBER)
        case "dateValue":
            return Literal(date.fromisoformat(text[:10]), Type.DATE)
        case "dateTimeValue":
            moment = datetime.fromisoformat(text)
            return Literal(moment if moment.tzinfo else moment.replace(tzinfo=UTC), Type.DATETIME)
    return Unread(kind)
