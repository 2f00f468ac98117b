"""Small orgs to save in, and what a save of a Contact there comes to."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sfoptlint.core.settings import Settings
from sfoptlint.core.witness import Values
from sfoptlint.judge.simulation import org_simulator
from sfoptlint.simulate.result import SaveResult
from sfoptlint.simulate.saving import Change, Circumstances
from tests.memory_orgs import document, project

BOX = "HasOptedOutOfEmail"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OPT_OUT = {BOX: True}


def rule(name: str, formula: str, *, active: bool = True, field: str = "", object_: str = "Contact") -> dict[str, str]:
    """A validation rule in a file of its own."""
    escaped = formula.replace("&", "&amp;").replace("<", "&lt;")
    shown = f"<errorDisplayField>{field}</errorDisplayField>" if field else ""
    text = document(
        "ValidationRule",
        f"<fullName>{name}</fullName>",
        f"<active>{str(active).lower()}</active>",
        f"<errorConditionFormula>{escaped}</errorConditionFormula>",
        shown,
        f"<errorMessage>{name} says no</errorMessage>",
    )
    return {f"objects/{object_}/validationRules/{name}.validationRule-meta.xml": text}


def field(name: str, kind: str, *parts: str, object_: str = "Contact") -> dict[str, str]:
    """A custom field in a file of its own."""
    text = document("CustomField", f"<fullName>{name}</fullName>", f"<type>{kind}</type>", *parts)
    return {f"objects/{object_}/fields/{name}.field-meta.xml": text}


def org(*files: Mapping[str, str]) -> dict[str, str]:
    """All of these files, and an object that says nothing."""
    found = {"objects/Contact/Contact.object-meta.xml": document("CustomObject")}
    for some in files:
        found |= some
    return found


def save(  # noqa: PLR0913 - a save has all of these
    files: Mapping[str, str],
    stored: Values | None = None,
    asked: Values = OPT_OUT,
    *,
    object_: str = "Contact",
    settings: Settings | None = None,
    around: Circumstances | None = None,
) -> SaveResult:
    """Save one record of an org in memory; where nothing else is said, it is opted out."""
    simulator = org_simulator(project(dict(files)), settings or Settings())
    change = Change({BOX: False} if stored is None else stored, asked)
    (result,) = simulator.save(object_, [change], around or Circumstances(NOW))
    return result


def codes(result: SaveResult) -> list[str]:
    """The status codes of the errors."""
    return [error.status_code for error in result.errors]
