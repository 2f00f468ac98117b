"""Parses every file that a parser exists for, and says what was not understood: the coverage of the languages, by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.core.lines import LineIndex
from sfoptlint.core.location import Place
from sfoptlint.lang.apex.parser import HIDDEN
from sfoptlint.lang.apex.parser import parse as parse_apex
from sfoptlint.lang.formula.check import check
from sfoptlint.lang.formula.diagnostics import Diagnostic, FormulaSyntaxError
from sfoptlint.lang.formula.parser import parse as parse_formula
from sfoptlint.metadata.kind import recognise
from sfoptlint.metadata.xml import BrokenXmlError, Document, decode, parse_xml
from sfoptlint.source.source import Source, UnreadableError

_FORMULAS = {
    "CustomField": "m:formula",
    "CustomObject": "m:fields/m:formula | m:validationRules/m:errorConditionFormula",
    "Flow": "m:formulas/m:expression | m:start/m:filterFormula",
    "ValidationRule": "m:errorConditionFormula",
    "Workflow": "m:rules/m:formula | m:fieldUpdates/m:formula",
}
"""Where a metadata type keeps its formulas, by the root element."""
_FLOW = (".flow", ".flow-meta.xml")
_CODE = (".cls", ".trigger")


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """Something that a parser could not read: where, and why."""

    place: Place
    reason: str


@dataclass(slots=True)
class Tally:
    """How many texts of each language were parsed."""

    metadata: int = 0
    formulas: int = 0
    apex: int = 0


def parse_everything(source: Source, focus: frozenset[str] | None, tally: Tally) -> Iterator[Misunderstood]:
    """Yield what was not understood, in the order of the paths; of those in focus alone, where there is one."""
    for path in source.paths if focus is None else sorted(focus):
        artefact = recognise(path)
        root = artefact.kind.value if artefact else "Flow" if path.endswith(_FLOW) else ""
        try:
            if path.endswith(_CODE):
                yield from _code(path, decode(source.read(path)), tally)
            elif root:
                yield from _formulas(path, parse_xml(source.read(path), root), tally)
        except UnreadableError as error:
            yield Misunderstood(Place(path), str(error))
        except BrokenXmlError as error:
            yield Misunderstood(Place(path, error.position.line, error.position.column), error.reason)


def _code(path: str, text: str, tally: Tally) -> Iterator[Misunderstood]:
    tally.apex += 1
    lines = LineIndex(text)
    for gap in parse_apex(text).gaps if text.strip() != HIDDEN else ():
        at = lines.position(gap.at)
        yield Misunderstood(Place(path, at.line, at.column), gap.reason)


def _formulas(path: str, document: Document, tally: Tally) -> Iterator[Misunderstood]:
    tally.metadata += 1
    root = str(document.root.tag).rpartition("}")[2]
    for element in document.select(_FORMULAS[root]) if root in _FORMULAS else ():
        tally.formulas += 1
        at = document.position(element)
        place = Place(path, at.line, at.column)
        for diagnostic in _diagnostics("".join(element.itertext())):
            yield Misunderstood(place, str(diagnostic))


def _diagnostics(text: str) -> Iterator[Diagnostic]:
    try:
        yield from check(parse_formula(text))
    except FormulaSyntaxError as error:
        yield error.diagnostic
