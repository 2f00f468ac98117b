"""Damaged Apex ends in rows: the examples of the rules with tokens cut, doubled, swapped, nested, and what is left judged.

`make fuzz` runs many. A source that takes more CPU time than any healthy one is a hang.
"""

import random
from collections.abc import Callable
from pathlib import Path
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.core.settings import Settings
from sfoptlint.judge.apex_family import gaps, judge
from sfoptlint.lang.apex import nodes, parse
from sfoptlint.lang.apex.lexer import tokenize
from tests.memory_orgs import project

RULES = Path(__file__).parents[2] / "rules"
APEX = (".cls", ".trigger")
MOST = 60.0
"""Seconds of CPU time that one damaged example may take; a healthy one takes well below one."""


def example(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


EXAMPLES = [example(folder) for kind in ("bad", "good") for folder in sorted(RULES.glob(f"OPT2*/{kind}/*"))]
WRAPS = [
    ("if (true) {", "}"),
    ("for (Contact other : Trigger.new) {", "}"),
    ("while (true) {", "}"),
    ("try {", "} catch (Exception problem) { }"),
    ("try {", "} finally { }"),
    ("(", ")"),
    ("new List<Object>{", "}"),
    ("[SELECT Id FROM Contact WHERE Id = :", "]"),
    ("switch on Trigger.operationType { when else {", "} }"),
]


def pieces(text: str) -> list[str]:
    return [piece for piece in tokenize(text).texts if piece]


def damaged(tokens: list[str], choice: random.Random) -> list[str]:
    """Drop, double, swap, replace, cut off or wrap a few tokens."""
    start = choice.randrange(len(tokens) + 1)
    end = min(len(tokens), start + choice.choice((1, 1, 1, 2, 5, 20)))
    before, middle, after = tokens[:start], tokens[start:end], tokens[end:]
    other = choice.randrange(len(tokens) + 1)
    ways: list[Callable[[], list[str]]] = [
        lambda: before + after,
        lambda: before + middle * choice.choice((2, 2, 30)) + after,
        lambda: before + middle[::-1] + after,
        lambda: before + after[: other // 2] + middle + after[other // 2 :],
        lambda: before + tokens[other : other + len(middle)] + after,
        lambda: before,
        lambda: _wrapped(before, middle, after, choice),
    ]
    return choice.choice(ways)()


def _wrapped(before: list[str], middle: list[str], after: list[str], choice: random.Random) -> list[str]:
    opening, closing = choice.choice(WRAPS)
    deep = choice.choice((1, 1, 2, 40))
    return [*before, *([opening] * deep), *middle, *([closing] * deep), *after]


@given(st.sampled_from(EXAMPLES), st.integers(0, 2**32), st.integers(1, 6))
def test_a_damaged_source_is_judged_without_an_error(files: dict[str, str], seed: int, count: int) -> None:
    choice = random.Random(seed)
    changed = dict(files)
    path = choice.choice([path for path in files if path.endswith(APEX)])
    tokens = pieces(files[path])
    for _ in range(count):
        tokens = damaged(tokens, choice)
    text = changed[path] = " ".join(tokens)
    start = process_time()
    for node in nodes.walk(parse(text)):
        assert 0 <= node.start <= node.end <= len(text)
    org = project(changed)
    for judgement in judge(org, Settings()):
        assert judgement.rows
    list(gaps(org))
    assert process_time() - start < MOST, text
