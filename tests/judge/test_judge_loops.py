"""Loops whose end nobody knows: what one round leaves, a later one reads."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES
from tests.judge.test_judge_chunk import EACH, REJECT, blocks

ROWS = "for (Account a : [SELECT Id, Name FROM Account])"
ALL = f"{EACH} {{ {REJECT} }}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"Boolean seen = false; {ROWS} {{ if (seen) {{ {ALL} }} seen = true; }}", SOMETIMES),
        (f"Integer rows = 0; {ROWS} {{ rows = rows + 1; }} if (rows > 3) {{ {ALL} }}", SOMETIMES),
        (f"Account last; {ROWS} {{ if (last != null) {{ {ALL} }} last = a; }}", SOMETIMES),
        (f"Boolean seen = false; {ROWS} {{ if (seen) {{ {ALL} }} }}", NEVER),
        (f"Boolean seen = false; {ROWS} {{ if (seen) {{ {ALL} }} seen = false; }}", NEVER),
        (f"{ROWS} {{ Boolean seen = false; if (seen) {{ {ALL} }} seen = true; }}", NEVER),
        (f"Integer i = 0; while (i < 100) {{ i++; }} if (i == 100) {{ {ALL} }}", SOMETIMES),
        (f"Integer i = 0; while (i < 3) {{ i++; }} if (i == 3) {{ {ALL} }}", ALWAYS),
        (f"for (Integer i = 0; i < [SELECT COUNT() FROM Account]; i++) {{ if (i == 3) {{ {ALL} }} }}", SOMETIMES),
        (f"{EACH} {{ for (Integer i = 0; i < c.LastName.length(); i++) {{ if (i == 3) {REJECT} }} }}", SOMETIMES),
        (f"Integer i = 0; do {{ i++; }} while (i < [SELECT COUNT() FROM Account]); if (i == 2) {{ {ALL} }}", SOMETIMES),
        (f"Integer count = 0; {EACH} {{ count++; }} if (count == 5) {{ {ALL} }}", SOMETIMES),
    ],
)
def test_what_a_round_leaves(body: str, expected: Verdict) -> None:
    assert blocks(body) is expected


def test_a_counter_of_an_object_goes_on_with_each_round() -> None:
    text = "public class Counter { Integer n = 0; public void up() { n++; } public Boolean many() { return n > 3; } }"
    body = f"Counter rows = new Counter(); {ROWS} {{ rows.up(); }} if (rows.many()) {{ {ALL} }}"
    assert blocks(body, Counter=text) is SOMETIMES


def test_a_value_that_may_be_null_has_no_length() -> None:
    assert blocks(f"{EACH} {{ if (c.Department?.length() == null) {REJECT} }}") is SOMETIMES
