"""Loops that count through the characters of a text: what is there for each of them."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES
from tests.judge.test_judge_chunk import EACH, blocks

UP = "for (Integer i = 0; i < c.LastName.length(); i++)"
KEPT = "Integer n = c.LastName.length(); for (Integer i = 0; i < n; i++)"


@pytest.mark.parametrize(
    ("loop", "part", "expected"),
    [
        (UP, "c.LastName.substring(i, i + 1)", NEVER),
        (KEPT, "c.LastName.substring(i, i + 1)", NEVER),
        (KEPT, "c.LastName.substring(0, i)", NEVER),
        (KEPT, "c.LastName.substring(i, i + 2)", SOMETIMES),
        (KEPT, "c.LastName.substring(i - 1, i)", ALWAYS),
        (KEPT, "c.FirstName == null ? '' : c.FirstName.substring(i, i + 1)", SOMETIMES),
        (KEPT.replace("i < n", "i <= n"), "c.LastName.substring(i, i + 1)", SOMETIMES),
    ],
)
def test_a_part_of_a_text_by_a_counter(loop: str, part: str, expected: Verdict) -> None:
    assert blocks(f"{EACH} {{ {loop} {{ String part = {part}; }} }}") is expected


def test_a_counter_is_a_number() -> None:
    assert blocks(f"{EACH} {{ {KEPT} {{ Integer next = i + 1; }} }}") is NEVER


def test_what_a_loop_adds_to_is_not_null() -> None:
    add = "String text = 'x'; for (Integer i = 0; i < c.LastName.length(); i++) { text += c.FirstName; }"
    assert blocks(f"{EACH} {{ {add} Integer size = text.length(); }}") is NEVER
    anew = add.replace("text +=", "text =")
    assert blocks(f"{EACH} {{ {anew} Integer size = text.length(); }}") is not NEVER
