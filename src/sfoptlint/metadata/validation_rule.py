"""Validation rules (Metadata API Developer Guide, ValidationRule)."""

from dataclasses import dataclass

from sfoptlint.core.location import Position
from sfoptlint.metadata.xml import Document, Element, is_true, text_of


@dataclass(frozen=True, slots=True)
class ValidationRule:
    """A validation rule of one object; `formula_at` is where its error condition begins."""

    object: str
    name: str
    path: str
    at: Position
    active: bool
    formula: str
    formula_at: Position
    error_message: str
    error_field: str

    @property
    def full_name(self) -> str:
        """The rule's name in the Metadata API."""
        return f"{self.object}.{self.name}"


def parse_validation_rule(
    document: Document, element: Element, object_name: str, name: str, path: str
) -> ValidationRule:
    """Read one rule, from its own file or from its object's."""
    formula = element.find("{*}errorConditionFormula")
    at = document.position(element)
    return ValidationRule(
        object=object_name,
        name=name,
        path=path,
        at=at,
        active=is_true(element, "active"),
        formula="" if formula is None else "".join(formula.itertext()),
        formula_at=at if formula is None else document.position(formula),
        error_message=text_of(element, "errorMessage"),
        error_field=text_of(element, "errorDisplayField"),
    )
