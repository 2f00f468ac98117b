"""HTML: one page that parses, loads nothing and runs nothing."""

from html.parser import HTMLParser

from sfoptlint.core.outcome import Outcome
from sfoptlint.report.html_report import render
from tests.report.outcomes import HOSTILE, finding, hostile, on_source, outcome

VOID = {"meta"}
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "table", "tr", "th", "td", "section",
    "article", "pre", "mark", "dl", "dt", "dd", "ul", "li",
}  # fmt: skip


class Page(HTMLParser):
    """Keeps the tags, those still open, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(of: Outcome) -> Page:
    return Page(render(of))


def test_hostile_text_brings_no_tag_of_its_own() -> None:
    read = page(hostile())
    assert set(read.tags) <= ALLOWED
    assert read.open == []
    assert HOSTILE.split(" \u2028")[0] in read.text


def test_findings_are_grouped_and_counted() -> None:
    assert "Warnings (2)" in page(outcome(finding(), finding())).text


def test_the_place_is_marked_in_its_line() -> None:
    assert "<pre>  <mark>&lt;a&gt;</mark>text&lt;/a&gt;</pre>" in render(outcome(on_source("  <a>text</a>", 3, 3)))
