"""What a call that is not followed any further may still do, by the words of all that it can enter.

A method that calls itself is walked twice; the rounds after that do what its body and the methods that this calls can do. Where
none of them has a statement that could write the opt-out box, no further round does.
"""

from collections.abc import Iterator

from sfoptlint.automation.apex.codebase import ApexType, Codebase
from sfoptlint.automation.apex.names import dotted
from sfoptlint.automation.apex.platform import PLATFORM
from sfoptlint.lang.apex.nodes import (
    Block,
    DmlExpression,
    EnhancedForStatement,
    Expression,
    Identifier,
    LocalVariableDeclaration,
    MethodDeclaration,
    MethodInvocation,
    Node,
    ObjectCreationExpression,
    TypeName,
    Unparsed,
    walk,
)

_BOX = "hasoptedoutofemail"
_COLLECTIONS = frozenset({"list", "set", "map"})
_RISKY = frozenset({"database", "type", "callable", "trigger"})
_READING = frozenset(
    {
        "get",
        "getname",
        "getlabel",
        "getlocalname",
        "getdescribe",
        "getmap",
        "getreferenceto",
        "gettype",
        "getsobjecttype",
    }
    | {"keyset", "values", "size", "isempty", "contains", "containskey", "containsignorecase", "equalsignorecase"}
    | {
        "startswith",
        "startswithignorecase",
        "endswith",
        "endswithignorecase",
        "removestart",
        "removeend",
        "replace",
        "replacefirst",
    }
    | {
        "tolowercase",
        "touppercase",
        "trim",
        "length",
        "substring",
        "substringbefore",
        "substringafter",
        "split",
        "getmessage",
    }
)


class WaysToTheBox:
    """Looks through methods for statements that could write the box, each method once."""

    def __init__(self, codebase: Codebase) -> None:
        self._codebase = codebase
        self._seen: set[Node] = set()

    def there(self, type_: ApexType, method: MethodDeclaration) -> bool:
        """Whether a method, or one that it calls, could write the box of a record; in doubt it could."""
        if method in self._seen or method.body is None:
            return method.body is None
        self._seen.add(method)
        if _BOX in type_.file.text.casefold():
            return True
        kinds = {p.name.casefold(): p.type for p in method.parameters} | dict(_locals(method.body))
        return any(self._writes(type_, node, kinds) for node in walk(method.body))

    def _writes(self, type_: ApexType, node: Node, kinds: dict[str, TypeName]) -> bool:
        match node:
            case DmlExpression() | Unparsed():
                return True
            case MethodInvocation():
                return self._calls(type_, node, kinds)
            case ObjectCreationExpression(type=made):
                own = self._codebase.find(made.name, type_)
                return own is not None and (bool(own.constructors) and _BOX in own.file.text.casefold())
        return False

    def _calls(self, type_: ApexType, node: MethodInvocation, kinds: dict[str, TypeName]) -> bool:
        name = node.name.casefold()
        if node.object is None:
            return self._methods(type_, name)
        of = _kind(type_, node.object, kinds)
        if of is not None:
            return self._codebase.find(of.name, type_) is not None or not (
                of.names[-1].casefold() in _COLLECTIONS or of.dimensions or name in _READING
            )
        names = dotted(node.object)
        own = self._codebase.find(".".join(names), type_) if names else None
        if own is not None:
            return self._methods(own, name)
        if names and names[0].casefold() in PLATFORM:
            return names[0].casefold() in _RISKY or len(names) > 1
        return name not in _READING

    def _methods(self, type_: ApexType, name: str) -> bool:
        """Whether a method of this name could; one that is nowhere could."""
        outer: ApexType | None = type_
        while outer is not None:
            types = (*self._codebase.lineage(outer), *self._codebase.below(outer.name))
            found = [(each, method) for each in types for method in each.methods.get(name, ())]
            if found:
                return any(self.there(each, method) for each, method in found)
            outer = outer.outer
        return True


def _locals(body: Block) -> Iterator[tuple[str, TypeName]]:
    for node in walk(body):
        if isinstance(node, LocalVariableDeclaration):
            yield from ((declarator.name.casefold(), node.type) for declarator in node.declarators)
        elif isinstance(node, EnhancedForStatement):
            yield node.name.casefold(), node.type


def _kind(type_: ApexType, receiver: Expression, kinds: dict[str, TypeName]) -> TypeName | None:
    """Return the type that a variable was declared with."""
    if not isinstance(receiver, Identifier):
        return None
    name = receiver.name.casefold()
    declared = type_.fields.get(name)
    return kinds.get(name) or (declared.declaration.type if declared else None)
