"""Parses every file that a parser exists for, and says what was not understood: the coverage of the languages, by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.core.lines import LineIndex
from sfoptlint.core.location import Place, Position
from sfoptlint.lang.apex.parser import HIDDEN
from sfoptlint.lang.apex.parser import parse as parse_apex
from sfoptlint.lang.formula.check import check
from sfoptlint.lang.formula.diagnostics import Diagnostic, FormulaSyntaxError
from sfoptlint.lang.formula.parser import parse as parse_formula
from sfoptlint.metadata.approval_process import parse_approval_process
from sfoptlint.metadata.duplicate_rule import parse_duplicate_rule, parse_matching_rules
from sfoptlint.metadata.kind import Artefact, Kind, recognise
from sfoptlint.metadata.workflow import parse_workflow
from sfoptlint.metadata.xml import BrokenXmlError, Document, decode, local_name, parse_xml
from sfoptlint.source.source import Source, UnreadableError

_FORMULAS = {
    "ApprovalProcess": "m:entryCriteria/m:formula | m:approvalStep/m:entryCriteria/m:formula",
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
                document = parse_xml(source.read(path), root)
                yield from _formulas(path, document, tally)
                yield from _unread(path, document, artefact)
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
    root = local_name(document.root)
    for element in document.select(_FORMULAS[root]) if root in _FORMULAS else ():
        tally.formulas += 1
        at = document.position(element)
        place = Place(path, at.line, at.column)
        for diagnostic in _diagnostics("".join(element.itertext())):
            yield Misunderstood(place, str(diagnostic))


def _unread(path: str, document: Document, artefact: Artefact | None) -> Iterator[Misunderstood]:
    """Yield the parts of workflow and approvals that nobody reads."""
    for at, names in _parts(path, document, artefact) if artefact else ():
        for name in names:
            yield Misunderstood(Place(path, at.line, at.column), f"<{name}> is not read")


def _parts(path: str, document: Document, artefact: Artefact) -> Iterator[tuple[Position, tuple[str, ...]]]:
    root = document.position(document.root)
    match artefact.kind:
        case Kind.WORKFLOW:
            workflow = parse_workflow(document, artefact.full_name, path)
            yield root, workflow.unread
            yield from ((update.at, update.unread) for update in workflow.updates.values())
            yield from ((rule.at, rule.unread) for rule in workflow.rules)
        case Kind.APPROVAL_PROCESS:
            yield root, parse_approval_process(document, artefact.full_name, path).unread
        case Kind.DUPLICATE_RULE:
            yield root, parse_duplicate_rule(document, artefact.full_name, path).unread
        case Kind.MATCHING_RULES:
            yield from ((rule.at, rule.unread) for rule in parse_matching_rules(document, artefact.full_name))


def _diagnostics(text: str) -> Iterator[Diagnostic]:
    try:
        yield from check(parse_formula(text))
    except FormulaSyntaxError as error:
        yield error.diagnostic
