"""Modifiers and annotations: Apex Developer Guide, "Access Modifiers" and "Annotations"."""

from dataclasses import dataclass
from typing import ClassVar

from sfoptlint.lang.apex.nodes.expressions import Expression
from sfoptlint.lang.apex.nodes.node import Node


@dataclass(frozen=True, slots=True, eq=False)
class AnnotationArgument(Node):
    """`key=value`, or a bare value, for which `key` is empty."""

    kind: ClassVar[str] = "annotation_key_value"
    key: str
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Annotation(Node):
    """`@Name(..)`; `name` is in the source's case and has no `@`."""

    kind: ClassVar[str] = "annotation"
    name: str
    arguments: tuple[AnnotationArgument, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Modifiers(Node):
    """All that stands before a declaration; `words` are in lower case, a sharing clause is one (`with sharing`)."""

    kind: ClassVar[str] = "modifiers"
    annotations: tuple[Annotation, ...]
    words: tuple[str, ...]
