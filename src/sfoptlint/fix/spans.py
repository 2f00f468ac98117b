"""Where each element of a well-formed file begins and ends."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from sfoptlint.metadata.xml import Element

_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<end>/)?(?P<name>[^\s/>]+)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets into the text: the element from `start` to `end`, and its content from `inside` to `closing`.

    An element without an end tag has its content at the slash of its only tag. `name` has the prefix that it is written with.
    """

    name: str
    start: int
    inside: int
    closing: int
    end: int

    @property
    def has_end_tag(self) -> bool:
        """Whether there is an end tag to insert something before."""
        return self.end - self.closing > len("/>")


def spans_of(text: str, root: Element) -> Mapping[Element, Span]:
    """Return every element's span; the text is the one that `root` was parsed from."""
    return dict(zip(root.iter(etree.Element), _spans(text), strict=True))


def _spans(text: str) -> list[Span]:
    """Return the spans in the order of the start tags."""
    found: list[Span | None] = []
    unclosed: list[tuple[int, re.Match[str]]] = []
    for tag in _tags(text):
        if tag["end"]:
            at, opening = unclosed.pop()
            found[at] = Span(opening["name"], opening.start(), opening.end(), tag.start(), tag.end())
        elif tag["rest"].endswith("/"):
            slash = tag.end() - len("/>")
            found.append(Span(tag["name"], tag.start(), slash, slash, tag.end()))
        else:
            unclosed.append((len(found), tag))
            found.append(None)
    return [span for span in found if span is not None]


def _tags(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _MARKUP.finditer(text) if match["name"])
