"""A flow or process: one file, one version of it (Metadata API Developer Guide, Flow and FlowDefinition)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sfoptlint.core.location import Position
from sfoptlint.metadata.flow.elements import Element, Start
from sfoptlint.metadata.flow.nodes import NODES, start_of
from sfoptlint.metadata.flow.parts import Formula, Reference, Resource
from sfoptlint.metadata.flow.reader import Reader
from sfoptlint.metadata.xml import Document, text_of


@dataclass(frozen=True, slots=True)
class Flow:
    """One version of a flow. Elements and resources are found by their names in lower case.

    `process` is what the Process Builder keeps beside the elements: the object, and the variables of the record pair.
    `unread` are parts of the file, or children of its parts, that nobody here reads.
    """

    full_name: str
    path: str
    at: Position
    label: str
    type: str
    status: str
    start: Start
    elements: Mapping[str, Element]
    resources: Mapping[str, Resource]
    formulas: Mapping[str, Formula]
    templates: Mapping[str, str]
    process: Mapping[str, str]
    unread: tuple[str, ...]
    order: int | None = None
    """Its place among the flows of one object and trigger, from 1 to 2,000."""


@dataclass(frozen=True, slots=True)
class FlowDefinition:
    """Which version of a flow is active, None where none is."""

    full_name: str
    active_version: int | None


_ABOUT = (
    "apiVersion",
    "areMetricsLoggedToDataCloud",
    "choices",
    "customProperties",
    "dynamicChoiceSets",
    "environments",
    "fullName",
    "interviewLabel",
    "isAdditionalPermissionRequiredToRun",
    "isOverridable",
    "isTemplate",
    "migratedFromWorkflowRuleName",
    "overriddenFlow",
    "runInMode",
    "segment",
    "sourceTemplate",
    "stages",
    "timeZoneSidKey",
)
"""Parts that say nothing of what a save meets: names, versions, what screens offer."""


def parse_flow(document: Document, full_name: str, path: str) -> Flow:
    """Read one flow file."""
    reader = Reader(document, document.root)
    elements = {element.name.casefold(): element for element in _elements(reader)}
    resources = {resource.name.casefold(): resource for resource in _resources(reader)}
    formulas = {formula.name.casefold(): formula for formula in _formulas(reader)}
    templates = {t.text("name").casefold(): t.text("text") for t in reader.readers("textTemplates")}
    process = dict(_process(document))
    start = start_of(reader)
    order = reader.text("triggerOrder")
    label, type_, status = reader.text("label"), reader.text("processType"), reader.text("status")
    for name in _ABOUT:
        reader.text(name)
    return Flow(
        full_name=full_name,
        path=path,
        at=document.position(document.root),
        label=label,
        type=type_,
        status=status,
        start=start,
        elements=MappingProxyType(elements),
        resources=MappingProxyType(resources),
        formulas=MappingProxyType(formulas),
        templates=MappingProxyType(templates),
        process=MappingProxyType(process),
        unread=(*reader.unread(), *start.unread),
        order=int(order) if order.isascii() and order.isdigit() else None,
    )


def parse_flow_definition(document: Document, full_name: str) -> FlowDefinition:
    """Read which version is active; zero or nothing means that none is."""
    number = text_of(document.root, "activeVersionNumber")
    return FlowDefinition(full_name, (int(number) or None) if number.isascii() and number.isdigit() else None)


def _elements(reader: Reader) -> Iterator[Element]:
    for tag, read in NODES.items():
        for element in reader.readers(tag):
            yield read(element, tag)


def _resources(reader: Reader) -> Iterator[Resource]:
    for tag in ("variables", "constants"):
        for item in reader.readers(tag):
            yield Resource(
                name=item.text("name"),
                type=item.text("dataType"),
                object=item.text("objectType"),
                collection=item.flag("isCollection"),
                value=item.operand("value"),
            )


def _formulas(reader: Reader) -> Iterator[Formula]:
    for item in reader.readers("formulas"):
        at = item.position("expression")
        yield Formula(item.text("name"), item.text("dataType"), item.text("expression"), at)


def _process(document: Document) -> Iterator[tuple[str, str]]:
    for element in document.select("m:processMetadataValues"):
        item = Reader(document, element)
        name, value = item.text("name"), item.operand("value")
        if value is not None:
            yield name, value.name if isinstance(value, Reference) else str(getattr(value, "value", ""))
