"""One tree of metadata as a model: components are parsed when first asked for, and then kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from sfoptlint.metadata.kind import SOURCE_FORMAT_ENDING, Artefact, Kind, endings, recognise
from sfoptlint.metadata.xml import BrokenXmlError, Document, parse_xml
from sfoptlint.model.trees import Tree, below
from sfoptlint.source.source import Problem, Source, UnreadableError

if TYPE_CHECKING:  # a parser is imported when a file of its type is there: start-up is felt in every commit
    from sfoptlint.metadata.access import Permissions, PermissionSetGroup
    from sfoptlint.metadata.approval_process import ApprovalProcess
    from sfoptlint.metadata.duplicate_rule import DuplicateRule, MatchingRule
    from sfoptlint.metadata.flexi_page import FlexiPage
    from sfoptlint.metadata.flow.flow import Flow, FlowDefinition
    from sfoptlint.metadata.layout import Layout
    from sfoptlint.metadata.workflow import Workflow

Component = TypeVar("Component")
PAGE_OBJECTS = ("Contact", "Lead", "PersonAccount")
"""The objects whose layouts show a person; a business account's layout shows none."""


class Project:
    """The components of one tree.

    `focus` holds the paths that are to be judged, where they are not all: single files, or what is staged.
    `earlier` is the same tree before the change at hand, where there is one.
    """

    def __init__(
        self, source: Source, tree: Tree, *, focus: frozenset[str] | None = None, earlier: Source | None = None
    ) -> None:
        self.source = source
        self.root = tree.root
        self.focus = focus
        self.earlier = earlier
        self._tree = tree
        self._artefacts: dict[Kind, list[Artefact]] = {}
        self._problems: dict[str, Problem] = {}
        self._parsed: dict[str, object] = {}
        self._kinds: dict[str, str] = {}
        self._names: dict[Kind, dict[str, Artefact]] = {}
        self._parts: dict[Kind, dict[str, list[str]]] = {}

    def artefacts(self, kind: Kind, *, everywhere: bool = False) -> list[Artefact]:
        """Return the files of one metadata type, sorted by path; those out of focus only when `everywhere`."""
        if self.focus is not None and not everywhere:
            return _of_kind(kind, sorted(self.focus))
        if self.focus is None:
            return self._by_kind.get(kind, [])
        if kind not in self._artefacts:
            # Beside a few files in focus stands a whole repository, and looking at each name's end is felt.
            ending = endings(kind)
            self._artefacts[kind] = _of_kind(kind, (path for path in self._tree.paths if path.endswith(ending)))
        return self._artefacts[kind]

    def parts(self, kind: Kind, object_: str) -> list[Artefact]:
        """Return the files of one type of part that belong to an object, by its name in lower case, in focus or not."""
        if kind not in self._parts:
            ending = endings(kind)
            self._parts[kind] = _by_object(path for path in self._tree.paths if path.endswith(ending))
        return _of_kind(kind, sorted(self._parts[kind].get(object_, ())))

    @cached_property
    def _by_kind(self) -> dict[Kind, list[Artefact]]:
        found: dict[Kind, list[Artefact]] = {}
        for artefact in self._tree.artefacts or filter(None, map(recognise, self._tree.paths)):
            found.setdefault(artefact.kind, []).append(artefact)
        return found

    @property
    def judged_paths(self) -> Iterable[str]:
        """The paths that are to be judged, metadata that is read or not."""
        return below(self.root, self.source.paths) if self.focus is None else self.focus

    def listed(self, ending: str) -> list[str]:
        """Return the paths of this tree that end so, in focus or not."""
        return [path for path in below(self.root, self.source.paths) if path.endswith(ending)]

    @cached_property
    def listing(self) -> str:
        """Every path of the source below this tree's root, metadata or not, a line each: one search looks at them all."""
        return "\n".join(below(self.root, self.source.paths))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be parsed so far."""
        return tuple(self._problems.values())

    @property
    def read_counts(self) -> Counter[str]:
        """How many files of each metadata type were parsed so far."""
        return Counter(kind for path, kind in self._kinds.items() if self._parsed[path] is not None)

    @property
    def mentions_package(self) -> bool:
        """Whether a component that was parsed so far names the package."""
        return any(getattr(component, "mentions_package", False) for component in self._parsed.values())

    @property
    def source_format(self) -> bool:
        """Whether most of the tree's files are in the source format."""
        paths = self._tree.paths if self.focus is None else self.focus
        return 2 * sum(path.endswith(SOURCE_FORMAT_ENDING) for path in paths) >= len(paths)

    def layouts(self) -> "tuple[Layout, ...]":
        """Return the layouts of persons."""
        from sfoptlint.metadata.layout import parse_layout

        return self.components(
            (a for a in self.artefacts(Kind.LAYOUT) if a.full_name.partition("-")[0] in PAGE_OBJECTS),
            lambda document, a: parse_layout(document, a.full_name, a.path, mentions_package=document.mentions_package),
        )

    def flexi_pages(self) -> "tuple[FlexiPage, ...]":
        """Return the Lightning pages."""
        pages = self.artefacts(Kind.FLEXI_PAGE)
        if not pages:
            return ()
        from sfoptlint.metadata.flexi_page import parse_flexi_page

        return self.components(
            pages,
            lambda document, a: parse_flexi_page(
                document, a.full_name, a.path, mentions_package=document.mentions_package
            ),
        )

    def flows(self, *, everywhere: bool = False) -> "tuple[Flow, ...]":
        """Return the flows and processes, each version that has a file."""
        return self._flows(self.artefacts(Kind.FLOW, everywhere=everywhere))

    def flow_names(self) -> Iterable[str]:
        """Return the full name of every flow file, in focus or not."""
        return self._named(Kind.FLOW)

    def flow(self, full_name: str) -> "Flow | None":
        """Return a flow file by its full name; None where there is none, or it cannot be read."""
        named = self._named(Kind.FLOW).get(full_name)
        return next(iter(self._flows([named])), None) if named else None

    def flow_definition(self, full_name: str) -> "FlowDefinition | None":
        """Return what says which version of a flow is active, by its name whatever the case; None where nothing does."""
        from sfoptlint.metadata.flow.flow import parse_flow_definition

        wanted = full_name.casefold()
        found = [artefact for name, artefact in self._named(Kind.FLOW_DEFINITION).items() if name.casefold() == wanted]
        return next(iter(self.components(found, lambda d, a: parse_flow_definition(d, a.full_name))), None)

    def _flows(self, files: Iterable[Artefact]) -> "tuple[Flow, ...]":
        from sfoptlint.metadata.flow.flow import parse_flow

        return self.components(files, lambda document, a: parse_flow(document, a.full_name, a.path))

    def _named(self, kind: Kind) -> dict[str, Artefact]:
        """Return the files of one metadata type by their full names, in focus or not."""
        if kind not in self._names:
            self._names[kind] = {artefact.full_name: artefact for artefact in self.artefacts(kind, everywhere=True)}
        return self._names[kind]

    def workflows(self, *, everywhere: bool = False) -> "tuple[Workflow, ...]":
        """Return the workflow of each object."""
        from sfoptlint.metadata.workflow import parse_workflow

        files = self.artefacts(Kind.WORKFLOW, everywhere=everywhere)
        return self.components(files, lambda document, a: parse_workflow(document, a.full_name, a.path))

    def approval_processes(self) -> "tuple[ApprovalProcess, ...]":
        """Return the approval processes."""
        from sfoptlint.metadata.approval_process import parse_approval_process

        files = self.artefacts(Kind.APPROVAL_PROCESS)
        return self.components(files, lambda document, a: parse_approval_process(document, a.full_name, a.path))

    def duplicate_rules(self) -> "tuple[DuplicateRule, ...]":
        """Return the duplicate rules."""
        from sfoptlint.metadata.duplicate_rule import parse_duplicate_rule

        files = self.artefacts(Kind.DUPLICATE_RULE)
        return self.components(files, lambda document, a: parse_duplicate_rule(document, a.full_name, a.path))

    def matching_rules(self) -> "tuple[MatchingRule, ...]":
        """Return the matching rules of every object."""
        from sfoptlint.metadata.duplicate_rule import parse_matching_rules

        files = self.artefacts(Kind.MATCHING_RULES, everywhere=True)
        rules = self.components(files, lambda document, a: parse_matching_rules(document, a.full_name))
        return tuple(rule for of_object in rules for rule in of_object)

    def permissions(self, kind: Kind, *, everywhere: bool = False) -> "tuple[Permissions, ...]":
        """Return the profiles, permission sets or muting permission sets."""
        from sfoptlint.metadata.access import open_permissions, parse_permissions

        return self.components(
            self.artefacts(kind, everywhere=everywhere),
            lambda document, a: parse_permissions(
                document, a.full_name, a.path, mentions_package=document.mentions_package
            ),
            open_permissions,
        )

    def permission_set_groups(self, *, everywhere: bool = False) -> "tuple[PermissionSetGroup, ...]":
        """Return the permission set groups."""
        from sfoptlint.metadata.access import parse_permission_set_group

        return self.components(
            self.artefacts(Kind.PERMISSION_SET_GROUP, everywhere=everywhere),
            lambda document, a: parse_permission_set_group(document, a.full_name, a.path),
        )

    def all_parsed(self, kind: Kind) -> bool:
        """Return whether every file of one metadata type that was asked for so far could be read."""
        return not any(artefact.path in self._problems for artefact in self.artefacts(kind))

    def unparsed(self, artefacts: Iterable[Artefact]) -> list[Artefact]:
        """Return those of these files that nobody has parsed so far, or could."""
        return [artefact for artefact in artefacts if self._parsed.get(artefact.path) is None]

    def contents(self, artefacts: Iterable[Artefact]) -> Iterator[bytes]:
        """Yield the bytes of files that can be read; the others are problems of whoever parses them."""
        for artefact in artefacts:
            try:
                yield self.source.read(artefact.path)
            except UnreadableError:
                continue

    def components(
        self,
        artefacts: Iterable[Artefact],
        parse: Callable[[Document, Artefact], Component],
        read: Callable[[bytes, str], Document] = parse_xml,
    ) -> tuple[Component, ...]:
        """Return the components of these files, each parsed once; a file that cannot be read is a problem of the tree."""
        loaded = []
        for artefact in artefacts:
            if artefact.path not in self._parsed:
                self._parsed[artefact.path] = self._parse(artefact, parse, read)
                self._kinds[artefact.path] = artefact.kind.value
            component = self._parsed[artefact.path]
            if component is not None:
                loaded.append(cast("Component", component))
        return tuple(loaded)

    def _parse(
        self,
        artefact: Artefact,
        parse: Callable[[Document, Artefact], Component],
        read: Callable[[bytes, str], Document],
    ) -> Component | None:
        """Parse one file; one that cannot be read is a problem, and the rest goes on."""
        try:
            return parse(read(self.source.read(artefact.path), artefact.kind.value), artefact)
        except UnreadableError as error:
            self._problems[artefact.path] = Problem(artefact.path, 1, 1, str(error))
        except BrokenXmlError as error:
            at = error.position
            self._problems[artefact.path] = Problem(artefact.path, at.line, at.column, error.reason)
        return None


def _of_kind(kind: Kind, paths: Iterable[str]) -> list[Artefact]:
    return [a for a in map(recognise, paths) if a is not None and a.kind is kind]


def _by_object(paths: Iterable[str]) -> dict[str, list[str]]:
    """Return the paths of objects' parts by object; the folder says which it is, and is looked at once for all in it."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    found: dict[str, list[str]] = {}
    for inside in folders.values():
        part = next(filter(None, map(recognise, inside)), None)
        if part is not None:
            found.setdefault(part.full_name.partition(".")[0].casefold(), []).extend(inside)
    return found
