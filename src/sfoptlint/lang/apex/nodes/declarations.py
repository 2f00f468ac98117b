"""Classes, interfaces, enums, triggers and what they hold: Apex Developer Guide, "Classes, Objects, and Interfaces"."""

from dataclasses import dataclass
from typing import ClassVar

from sfoptlint.lang.apex.nodes.modifiers import Modifiers
from sfoptlint.lang.apex.nodes.node import Node, TypeName, Unparsed
from sfoptlint.lang.apex.nodes.statements import Block, Statement, VariableDeclarator


@dataclass(frozen=True, slots=True, eq=False)
class DeclarationNode(Node):
    """A type, or a member of one."""


Member = DeclarationNode | Unparsed
"""A declaration, or the gap where one was."""


@dataclass(frozen=True, slots=True, eq=False)
class FormalParameter(Node):
    """`final Type name`."""

    kind: ClassVar[str] = "formal_parameter"
    modifiers: Modifiers
    type: TypeName
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class MethodDeclaration(DeclarationNode):
    """A method; `body` is None where it is abstract or in an interface. `name_start` is where the name stands."""

    kind: ClassVar[str] = "method_declaration"
    modifiers: Modifiers
    type: TypeName
    name: str
    name_start: int
    parameters: tuple[FormalParameter, ...]
    body: Block | None


@dataclass(frozen=True, slots=True, eq=False)
class ConstructorDeclaration(DeclarationNode):
    """A constructor; `name` is as written, and may be qualified (`Outer.Inner`)."""

    kind: ClassVar[str] = "constructor_declaration"
    modifiers: Modifiers
    name: TypeName
    parameters: tuple[FormalParameter, ...]
    body: Block


@dataclass(frozen=True, slots=True, eq=False)
class AccessorDeclaration(Node):
    """`get` or `set` of a property (`accessor`, in lower case); `body` is None for `get;`: "Apex Properties"."""

    kind: ClassVar[str] = "accessor_declaration"
    modifiers: Modifiers
    accessor: str
    body: Block | None


@dataclass(frozen=True, slots=True, eq=False)
class FieldDeclaration(DeclarationNode):
    """A field or, where `accessors` is not None, a property."""

    kind: ClassVar[str] = "field_declaration"
    modifiers: Modifiers
    type: TypeName
    declarators: tuple[VariableDeclarator, ...]
    accessors: tuple[AccessorDeclaration, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class Initializer(DeclarationNode):
    """A block of a class that runs when the class is loaded (`static`) or an instance is made."""

    kind: ClassVar[str] = "static_initializer"
    static: bool
    body: Block


@dataclass(frozen=True, slots=True, eq=False)
class ClassDeclaration(DeclarationNode):
    """A class; an inner class is a member of its outer one."""

    kind: ClassVar[str] = "class_declaration"
    modifiers: Modifiers
    name: str
    name_start: int
    type_parameters: tuple[str, ...]
    superclass: TypeName | None
    interfaces: tuple[TypeName, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, eq=False)
class InterfaceDeclaration(DeclarationNode):
    """An interface; `extends` are the interfaces that it adds to."""

    kind: ClassVar[str] = "interface_declaration"
    modifiers: Modifiers
    name: str
    name_start: int
    type_parameters: tuple[str, ...]
    extends: tuple[TypeName, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EnumDeclaration(DeclarationNode):
    """An enum with its constants, in the source's case."""

    kind: ClassVar[str] = "enum_declaration"
    modifiers: Modifiers
    name: str
    name_start: int
    constants: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TriggerEvent(Node):
    """One event, in lower case: `timing` is `before` or `after`, `operation` is `insert`, `update`, .."""

    kind: ClassVar[str] = "trigger_event"
    timing: str
    operation: str


@dataclass(frozen=True, slots=True, eq=False)
class TriggerDeclaration(DeclarationNode):
    """A trigger: Apex Developer Guide, "Trigger Syntax". Its body may declare methods, variables and classes too."""

    kind: ClassVar[str] = "trigger_declaration"
    name: str
    name_start: int
    object: str
    events: tuple[TriggerEvent, ...]
    body: tuple[Statement | Member, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CompilationUnit(Node):
    """One file: what it declares, and every gap in it, in the order of the text."""

    kind: ClassVar[str] = "parser_output"
    declarations: tuple[Member, ...]
    gaps: tuple[Unparsed, ...]
