"""The order in which a flow's elements are visited, and what stands in a cycle with what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sfoptlint.metadata.flow.elements import (
    Assignment,
    Call,
    Decision,
    Element,
    GetRecords,
    Loop,
    Wait,
    WriteRecords,
)


@dataclass(frozen=True, slots=True)
class Graph:
    """`order` numbers the elements, by name in lower case, so that each comes after those that lead to it; what leads back is
    left aside. `heads` are elements, other than loops, that something leads back to.
    """

    order: Mapping[str, int]
    heads: frozenset[str]
    elements: Mapping[str, Element]

    def region(self, head: str, starts: Iterable[str], outer: frozenset[str]) -> frozenset[str]:
        """Return the elements on the ways from `starts` back to the head, without the head, and not through the outer heads."""
        inside = self._reachable(starts, outer | {head})
        back = {head}
        grew = True
        while grew:
            grew = False
            for name in inside - back:
                if any(target in back for target in targets(self.elements[name])):
                    back.add(name)
                    grew = True
        return frozenset(back & inside)

    def _reachable(self, starts: Iterable[str], stop: frozenset[str]) -> set[str]:
        found: set[str] = set()
        stack = [name for name in starts if name in self.elements]
        while stack:
            name = stack.pop()
            if name in found or name in stop:
                continue
            found.add(name)
            stack.extend(target for target in targets(self.elements[name]) if target in self.elements)
        return found


def targets(element: Element) -> Iterator[str]:
    """Yield the names of the elements that may come next, in lower case."""
    match element:
        case Decision(outcomes=outcomes):
            yield from (outcome.next.casefold() for outcome in outcomes if outcome.next)
        case Loop(body=body) if body:
            yield body.casefold()
        case Wait(events=events):
            yield from (event.next.casefold() for event in events if event.next)
    for name in (element.next, element.fault):
        if name:
            yield name.casefold()


def graph_of(elements: Mapping[str, Element], starts: Iterable[str]) -> Graph:
    """Return the order of the elements that can be reached."""
    finished: list[str] = []
    colours: dict[str, int] = {}
    heads: set[str] = set()
    for start in starts:
        if start not in elements or start in colours:
            continue
        stack: list[tuple[str, Iterator[str]]] = [(start, targets(elements[start]))]
        colours[start] = 1
        while stack:
            name, following = stack[-1]
            target = next(following, None)
            if target is None:
                colours[name] = 2
                finished.append(name)
                stack.pop()
            elif target in elements:
                if colours.get(target) == 1 and not isinstance(elements[target], Loop):
                    heads.add(target)
                if target not in colours:
                    colours[target] = 1
                    stack.append((target, targets(elements[target])))
    order = {name: number for number, name in enumerate(reversed(finished))}
    return Graph(order, frozenset(heads), elements)


def assigned(elements: Iterable[Element]) -> frozenset[str]:
    """Return the names, in lower case, of the variables and results that these elements may change."""
    found: set[str] = set()
    for element in elements:
        found.add(element.name.casefold())
        match element:
            case Assignment(items=items):
                found.update(item.target.partition(".")[0].casefold() for item in items)
            case Decision(outcomes=outcomes):
                found.update(outcome.name.casefold() for outcome in outcomes)
            case GetRecords(target=target, outputs=outputs):
                found.update({target.casefold(), *(o.target.partition(".")[0].casefold() for o in outputs)})
            case Loop(item=item):
                found.add(item.casefold())
            case Call(outputs=outputs):
                found.update(o.target.partition(".")[0].casefold() for o in outputs)
            case WriteRecords(id_target=target, reference=reference):
                found.update({target.partition(".")[0].casefold(), reference.partition(".")[0].casefold()})
    return frozenset(found - {""})
