"""The line and column of every element, against a scan that knows nothing of lxml."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sfoptlint.core.location import Position
from sfoptlint.metadata.xml import parse_xml


def scan(text: str) -> list[Position]:
    """Return where every start tag begins, in document order, one character at a time."""
    found: list[Position] = []
    at, line, start = 0, 1, 0
    while at < len(text):
        end = at + 1
        for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("</", ">")):
            if text.startswith(opening, at):
                end = text.index(closing, at) + len(closing)
                break
        else:
            if text[at] == "<":
                found.append(Position(line, at - start + 1))
                end = _end_of_tag(text, at)
        passed = text[at:end]
        if "\n" in passed:
            line += passed.count("\n")
            start = at + passed.rindex("\n") + 1
        at = end
    return found


def _end_of_tag(text: str, at: int) -> int:
    quote = ""
    while quote or text[at] != ">":
        if text[at] in "\"'" and quote in ("", text[at]):
            quote = "" if quote else text[at]
        at += 1
    return at + 1


def check(text: str, data: bytes | None = None) -> None:
    document = parse_xml(text.encode() if data is None else data, "Layout")
    found = [document.position(element) for element in document.root.iter(etree.Element)]
    assert found == scan(text)


@pytest.mark.parametrize(
    "text",
    [
        "<Layout/>",
        "<Layout><a/><b/><a/></Layout>",
        "\n\n  <Layout\n>\n<a/>\n</Layout>",
        '<?xml version="1.0"?><Layout><a/></Layout>',
        '<?xml version="1.0"?>\n<!-- <a> -->\n<Layout>\n <!-- <b>\n <c> --> <a/>\n</Layout>',
        "<Layout>\n<![CDATA[<a>\n<b>]]><a>\n<![CDATA[ </a> ]]></a>\n</Layout>",
        "<Layout><!-- </ --><a/>\n<!-- </ --><b/></Layout>",
        '<Layout>\n<a x=">" y=\'"\'/><b z="/>"/>\n</Layout>',
        '<Layout>\n<a\n  x="1"\n  y="2"><a>\n</a></a>\n</Layout>',
        "<Layout\n><Layout\n><Layout/>\n</Layout></Layout>",
        "<Layout>\r\n  <a>\r\n    <b/>\r\n  </a>\r\n</Layout>\r\n",
        "<Layout>\t<a/>\n\t<é/>\n\t<日本/>é<b/></Layout>",
        "<m:Layout xmlns:m='x'>\n  <m:a/>\n <a/>\n</m:Layout>",
        "<Layout>" + "\n" * 70_000 + "<a/>\n<b/></Layout>",
        "<Layout>" + "\n" * 70_000 + "<a\n/>\n<b/></Layout>",
        "<Layout><layout/>\n<layoutItems/>\n</a></Layout>".replace("</a>", ""),
    ],
)
def test_every_place_is_exact(text: str) -> None:
    check(text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_every_place_is_exact_in_every_encoding(encoding: str) -> None:
    declared = {"latin-1": "iso-8859-1", "utf-16": "utf-16"}.get(encoding, "utf-8")
    text = f'<?xml version="1.0" encoding="{declared}"?><Layout>é<a/>\n  <b/>é<c/>\n</Layout>'
    check(text, text.encode(encoding))


def _tags(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    space = st.sampled_from(["", " ", "\n", "\r\n", ' a="<"'.replace("<", ">"), "\n b='/>'\n"])
    return st.builds(
        lambda name, gap, parts: f"<{name}{gap}>{''.join(parts)}</{name}>",
        st.sampled_from(["a", "ab", "Layout", "é"]),
        space,
        st.lists(inner, max_size=4),
    )


BITS = st.sampled_from(
    ["x", "\n", "  ", "<!-- <a> -->", "<!--\n</a>-->", "<![CDATA[<a>\n]]>", "<?p <a>?>", "é", "<c/>", ">"]
)


@given(st.recursive(BITS, _tags, max_leaves=30))
def test_places_are_exact_in_any_file(inner: str) -> None:
    check(f"<Layout>{inner}</Layout>")


def test_a_minified_file_costs_linear_time() -> None:
    count = 30_000
    text = "<Layout>" + "<a><b>x</b></a>" * count + "</Layout>"
    document = parse_xml(text.encode(), "Layout")
    began = time.monotonic()
    places = [document.position(element) for element in document.select("a")]
    assert time.monotonic() - began < 5
    assert places[-1] == Position(1, len("<Layout>") + 15 * (count - 1) + 1)
