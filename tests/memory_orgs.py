"""Small orgs for tests: files in memory, written by functions that say what matters in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sfoptlint.catalogue.load import load_rules
from sfoptlint.core.outcome import Outcome
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Row
from sfoptlint.engine.opening import Opened
from sfoptlint.engine.run import Request, run
from sfoptlint.metadata.kind import recognise
from sfoptlint.model.dx_project import scope_of
from sfoptlint.model.project import Project
from sfoptlint.model.trees import split_trees
from sfoptlint.source.source import Problem, Source, UnreadableError

NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
LIST = "wbsendit__Subscription__c.wbsendit__Contact__c"
LEAD_LIST = "wbsendit__Subscription__c.wbsendit__Lead__c"
LOOK_ALIKE = "wbsendit__Campaign_Activity__c.wbsendit__Contact__c"
COLUMNS = ("NAME", "wbsendit__State__c")
FIELD = "HasOptedOutOfEmail"
TODAY = date(2026, 11, 22)


@dataclass
class MemorySource:
    """Files that a test made up; None stands for one whose bytes cannot be had."""

    files: Mapping[str, bytes | str | None]
    problems: Sequence[Problem] = ()
    reads: list[str] = field(default_factory=list)

    @property
    def paths(self) -> Sequence[str]:
        return sorted(self.files)

    def close(self) -> None:
        """Hold nothing open."""

    def read(self, path: str) -> bytes:
        self.reads.append(path)
        data = self.files.get(path)
        if data is None:
            raise UnreadableError("cannot be read: Permission denied; check who may read it")
        return data.encode() if isinstance(data, str) else data


def document(root: str, *parts: str) -> str:
    """A metadata file in the shape that a retrieve writes."""
    body = "\n".join("    " + part for part in parts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n{body}\n</{root}>\n'


def flag(value: bool) -> str:
    return "true" if value else "false"


def layout(
    *,
    field_name: str | None = FIELD,
    behavior: str = "Edit",
    lists: Sequence[str] = (LIST,),
    columns: Sequence[str] = COLUMNS,
) -> str:
    """A page layout; `field_name` None leaves the box out."""
    item = f"<layoutItems><behavior>{behavior}</behavior><field>{field_name}</field></layoutItems>"
    shown = "".join(f"<fields>{column}</fields>" for column in columns)
    return document(
        "Layout",
        f"<layoutSections><layoutColumns>{item if field_name else ''}</layoutColumns></layoutSections>",
        *(f"<relatedLists>{shown}<relatedList>{name}</relatedList></relatedLists>" for name in lists),
    )


def field_permission(*, readable: bool, editable: bool, name: str = f"Contact.{FIELD}") -> str:
    """One entry of field-level security."""
    return (
        f"<fieldPermissions><editable>{flag(editable)}</editable><field>{name}</field>"
        f"<readable>{flag(readable)}</readable></fieldPermissions>"
    )


def object_permission(name: str = "Contact", *, edit: bool, read: bool = True, modify_all: bool = False) -> str:
    """One entry of object permissions."""
    return (
        f"<objectPermissions><allowEdit>{flag(edit)}</allowEdit><allowRead>{flag(read)}</allowRead>"
        f"<modifyAllRecords>{flag(modify_all)}</modifyAllRecords><object>{name}</object></objectPermissions>"
    )


def user_permission(name: str = "ModifyAllData", *, enabled: bool = True) -> str:
    """One entry of system permissions."""
    return f"<userPermissions><enabled>{flag(enabled)}</enabled><name>{name}</name></userPermissions>"


def layout_assignment(name: str) -> str:
    """One layout that a profile is assigned."""
    return f"<layoutAssignments><layout>{name}</layout></layoutAssignments>"


def profile(*entries: str) -> str:
    return document("Profile", *entries)


def permission_set(*entries: str) -> str:
    return document("PermissionSet", *entries)


def muting_set(*entries: str) -> str:
    return document("MutingPermissionSet", *entries)


def group(*permission_sets: str, muting: Sequence[str] = ()) -> str:
    """A permission set group."""
    return document(
        "PermissionSetGroup",
        *(f"<mutingPermissionSets>{name}</mutingPermissionSets>" for name in muting),
        *(f"<permissionSets>{name}</permissionSets>" for name in permission_sets),
    )


GRANTS = (field_permission(readable=True, editable=True), object_permission(edit=True))
"""All that saving the box of a Contact needs."""


def component(name: str, *, rule: bool = False, **properties: str) -> str:
    """A component of a Lightning page, behind a visibility rule where `rule` says so."""
    told = "".join(
        f"<componentInstanceProperties><name>{key}</name><value>{value}</value></componentInstanceProperties>"
        for key, value in properties.items()
    )
    return (
        f"<itemInstances><componentInstance>{told}<componentName>{name}</componentName>{_rule(rule)}"
        "</componentInstance></itemInstances>"
    )


def field_item(name: str = f"Record.{FIELD}", *, rule: bool = False, behavior: str = "none") -> str:
    """A field of a dynamic form."""
    return (
        "<itemInstances><fieldInstance><fieldInstanceProperties><name>uiBehavior</name>"
        f"<value>{behavior}</value></fieldInstanceProperties><fieldItem>{name}</fieldItem>{_rule(rule)}"
        "</fieldInstance></itemInstances>"
    )


def region(*items: str, name: str = "main", kind: str = "Region") -> str:
    return f"<flexiPageRegions>{''.join(items)}<name>{name}</name><type>{kind}</type></flexiPageRegions>"


def page(*regions: str, object_: str = "Contact", kind: str = "RecordPage") -> str:
    """A Lightning page."""
    return document("FlexiPage", *regions, f"<sobjectType>{object_}</sobjectType>", f"<type>{kind}</type>")


def lint(files: Mapping[str, bytes | str | None], settings: Settings | None = None, **opened: object) -> Outcome:
    """Lint files in memory with every rule that comes with the tool."""
    one = replace(Opened(MemorySource(files), load_rules()[0].folder), **opened)  # type: ignore[arg-type]
    request = Request("org", [one], settings or Settings(), load_rules(), TODAY, MemorySource({}))
    return run(request)


def rows(outcome: Outcome, artifact: str, object_: str = "Contact") -> list[Row]:
    """The rows of one artefact and object."""
    return [row for row in outcome.rows if str(row.artifact) == artifact and row.object == object_]


def row(outcome: Outcome, artifact: str, object_: str = "Contact") -> Row:
    """The only row of one artefact and object."""
    (only,) = rows(outcome, artifact, object_)
    return only


def project(files: Mapping[str, bytes | str | None], *, focus: frozenset[str] | None = None) -> Project:
    """The one tree of some files."""
    source: Source = MemorySource(files)
    artefacts = [artefact for path in source.paths if (artefact := recognise(path))]
    (tree,) = split_trees(scope_of(source, artefacts).artefacts)
    return Project(source, tree, focus=focus)


def _rule(present: bool) -> str:
    return "<visibilityRule><criteria><leftValue>x</leftValue></criteria></visibilityRule>" if present else ""
