"""One tree of metadata as a model: components are parsed when first asked for, and then kept."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

from sfoptlint.core.opt_out import PACKAGE_TOKEN
from sfoptlint.metadata.access import Permissions, PermissionSetGroup, parse_permission_set_group, parse_permissions
from sfoptlint.metadata.flexi_page import FlexiPage, parse_flexi_page
from sfoptlint.metadata.kind import Artefact, Kind
from sfoptlint.metadata.layout import Layout, parse_layout
from sfoptlint.metadata.xml import BrokenXmlError, Document, decode, parse_xml
from sfoptlint.model.trees import Tree
from sfoptlint.source.source import Problem, Source, UnreadableError

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
        self._artefacts = tree.artefacts
        self._problems: dict[str, Problem] = {}
        self._parsed: dict[str, object] = {}

    def artefacts(self, kind: Kind, *, everywhere: bool = False) -> list[Artefact]:
        """Return the files of one metadata type, sorted by path; those out of focus only when `everywhere`."""
        return [
            artefact
            for artefact in self._artefacts
            if artefact.kind is kind and (everywhere or self.focus is None or artefact.path in self.focus)
        ]

    @property
    def paths(self) -> list[str]:
        """Every path of the source below this tree's root, metadata or not."""
        paths = self.source.paths
        if not self.root:
            return list(paths)
        # In sorted paths a folder's own stand together, between `folder/` and what follows it, `folder0`.
        return list(paths[bisect_left(paths, self.root + "/") : bisect_left(paths, self.root + "0")])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be parsed so far."""
        return tuple(self._problems.values())

    @property
    def read_counts(self) -> Counter[str]:
        """How many files of each metadata type were parsed so far."""
        parsed = (a for a in self._artefacts if self._parsed.get(a.path) is not None)
        return Counter(artefact.kind.value for artefact in parsed)

    @property
    def mentions_package(self) -> bool:
        """Whether a component that was parsed so far names the package."""
        return any(getattr(component, "mentions_package", False) for component in self._parsed.values())

    @property
    def source_format(self) -> bool:
        """Whether most files are in the source format."""
        return 2 * sum(artefact.source_format for artefact in self._artefacts) >= len(self._artefacts)

    def layouts(self) -> tuple[Layout, ...]:
        """Return the layouts of persons."""
        return self._load(
            (a for a in self.artefacts(Kind.LAYOUT) if a.full_name.partition("-")[0] in PAGE_OBJECTS),
            lambda document, a, mentions: parse_layout(document, a.full_name, a.path, mentions_package=mentions),
        )

    def flexi_pages(self) -> tuple[FlexiPage, ...]:
        """Return the Lightning pages."""
        return self._load(
            self.artefacts(Kind.FLEXI_PAGE),
            lambda document, a, mentions: parse_flexi_page(document, a.full_name, a.path, mentions_package=mentions),
        )

    def permissions(self, kind: Kind, *, everywhere: bool = False) -> tuple[Permissions, ...]:
        """Return the profiles, permission sets or muting permission sets."""
        return self._load(
            self.artefacts(kind, everywhere=everywhere),
            lambda document, a, mentions: parse_permissions(document, a.full_name, a.path, mentions_package=mentions),
        )

    def permission_set_groups(self, *, everywhere: bool = False) -> tuple[PermissionSetGroup, ...]:
        """Return the permission set groups."""
        return self._load(
            self.artefacts(Kind.PERMISSION_SET_GROUP, everywhere=everywhere),
            lambda document, a, _: parse_permission_set_group(document, a.full_name, a.path),
        )

    def all_parsed(self, kind: Kind) -> bool:
        """Return whether every file of one metadata type that was asked for so far could be read."""
        return not any(artefact.path in self._problems for artefact in self.artefacts(kind))

    def contents(self, artefacts: Iterable[Artefact]) -> Iterator[bytes]:
        """Yield the bytes of files that can be read; the others are problems of whoever parses them."""
        for artefact in artefacts:
            try:
                yield self.source.read(artefact.path)
            except UnreadableError:
                continue

    def _load(
        self, artefacts: Iterable[Artefact], parse: Callable[[Document, Artefact, bool], Component]
    ) -> tuple[Component, ...]:
        loaded = []
        for artefact in artefacts:
            if artefact.path not in self._parsed:
                self._parsed[artefact.path] = self._parse(artefact, parse)
            component = self._parsed[artefact.path]
            if component is not None:
                loaded.append(cast("Component", component))
        return tuple(loaded)

    def _parse(self, artefact: Artefact, parse: Callable[[Document, Artefact, bool], Component]) -> Component | None:
        """Parse one file; one that cannot be read is a problem, and the rest goes on."""
        try:
            data = self.source.read(artefact.path)
            return parse(parse_xml(data, artefact.kind.value), artefact, mentions_package(data))
        except UnreadableError as error:
            self._problems[artefact.path] = Problem(artefact.path, 1, 1, str(error))
        except BrokenXmlError as error:
            at = error.position
            self._problems[artefact.path] = Problem(artefact.path, at.line, at.column, error.reason)
        return None


def mentions_package(data: bytes) -> bool:
    """Return whether a file names the package of the memberships, in whichever encoding."""
    return PACKAGE_TOKEN.encode() in data or (b"\0" in data[:4] and PACKAGE_TOKEN in decode(data))
