"""What every node of the tree has, and the two nodes that stand anywhere."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A part of the source, from the character offset `start` up to, but without, `end`.

    Nodes are compared by identity. `kind` is the name that the tree-sitter-sfapex grammar has for the construct, so
    that two parsers can be held against each other.
    """

    kind: ClassVar[str] = "node"
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Unparsed(Node):
    """A gap: source text that was read over, and why. No path through it can be called safe.

    It stands for a declaration, a member or a statement; `reason` says what was expected at the offset `at`.
    """

    kind: ClassVar[str] = "ERROR"
    reason: str
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class TypeName(Node):
    """A type as written: `Map<Id, List<Account>>`, `Outer.Inner`, `Integer[]`, `void`.

    `names` are the dotted parts in the source's case, `arguments` what stands between the angle brackets, `dimensions`
    the number of `[]`. The grammar splits this into type_identifier, scoped_type_identifier, generic_type and others.
    """

    kind: ClassVar[str] = "type"
    names: tuple[str, ...]
    arguments: tuple["TypeName", ...]
    dimensions: int

    @property
    def name(self) -> str:
        """The dotted name without arguments and dimensions."""
        return ".".join(self.names)
