"""Operators: null in a sum and in a text, conditions by bits, what is equal, the size of the chunk."""

import pytest

from sfoptlint.core.verdict import Cause, Verdict
from tests.judge.test_judge_apex import ALWAYS, BLOCK, HEAD, NEVER, OUT, SOMETIMES, rows
from tests.judge.test_judge_chunk import EACH, REJECT, blocks

ALL = f"{EACH} {{ {REJECT} }}"
BACK = "for (Integer i = Trigger.new.size() - 1; i >= 0; i--)"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Integer i; Integer j = i + 1;", ALWAYS),
        ("Integer i; Integer j = 2 * i;", ALWAYS),
        ("Integer i = 0; i++;", NEVER),
        ("String s; s = 'a' + s;", NEVER),
        (f"{EACH} {{ if ('a' + c.Department == 'a') {REJECT} }}", NEVER),
        (f"{EACH} {{ if ('a' + c.Department == 'anull') {REJECT} }}", SOMETIMES),
        (f"{EACH} {{ if (c.Department != null && 'a' + c.Department == 'ab') {REJECT} }}", SOMETIMES),
    ],
)
def test_null_in_a_sum_fails_and_in_a_text_is_a_word(body: str, expected: Verdict) -> None:
    assert blocks(body) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("c.DoNotCall & !c.DoNotCall", NEVER),
        ("c.DoNotCall | !c.DoNotCall", ALWAYS),
        ("c.DoNotCall ^ !c.DoNotCall", ALWAYS),
        ("c.DoNotCall ^ c.DoNotCall", NEVER),
        ("c.Birthdate != null && c.Birthdate.daysBetween(Date.today()) > 30", SOMETIMES),
        ("c.Birthdate != null && c.Birthdate.daysBetween(c.Birthdate) > 0", NEVER),
        ("Math.max(2, 3) == 3", ALWAYS),
    ],
)
def test_conditions_by_bits_and_numbers(condition: str, expected: Verdict) -> None:
    assert blocks(f"{EACH} {{ if ({condition}) {REJECT} }}") is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("Trigger.newMap.keySet() == Trigger.oldMap.keySet()", ALWAYS),
        ("Trigger.newMap.keySet().containsAll(Trigger.oldMap.keySet())", ALWAYS),
        ("!new Set<String>{ 'a', 'b' }.containsAll(new List<String>{ 'b' })", NEVER),
        ("new List<Integer>{ 1 } == new List<Integer>{ 1 }", ALWAYS),
        ("new Plain() == new Plain()", NEVER),
        ("new Alike() == new Alike()", SOMETIMES),
    ],
)
def test_what_is_equal(condition: str, expected: Verdict) -> None:
    alike = "public class Alike { public Boolean equals(Object other) { return true; } }"
    assert blocks(f"if ({condition}) {{ {ALL} }}", Plain="public class Plain { }", Alike=alike) is expected


def test_a_loop_that_counts_down_reaches_every_record() -> None:
    assert blocks(f"{BACK} {{ Trigger.new[i].addError('No'); }}") is ALWAYS
    assert blocks("if (Trigger.new.size() == 0) { Trigger.new[0].addError('No'); }") is NEVER
    queries = "List<Case> l = [SELECT Id FROM Case WHERE ContactId = :Trigger.new[i].Id]; "
    body = f"{BACK} {{ {queries} {queries.replace('Case', 'Task').replace('l =', 'm =')} }}"
    row = rows({"triggers/Guard.trigger": f"{HEAD} {{ {body} }}"})[OUT, BLOCK]
    assert (row.verdict, row.cause) == (ALWAYS, Cause.LIMIT)
