"""Visiting a tree without knowing its nodes."""

from collections.abc import Iterator

from sfoptlint.lang.apex.nodes.node import Node


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly below, in the order of the fields, which is the order of the text."""
    names: tuple[str, ...] = type(node).__match_args__
    for name in names[2:]:
        if name == "gaps":  # a unit lists them again
            continue
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif type(value) is tuple:
            for item in value:
                if isinstance(item, Node):
                    yield item


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, a parent before its children, in the order of the text; not recursive."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(tuple(children(current))))
