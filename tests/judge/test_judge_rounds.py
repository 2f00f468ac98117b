"""Loops over rows: what a round sets from what a round before it set, and rows that are not the same one."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import NEVER, SOMETIMES, verdicts
from tests.judge.test_judge_chunk import EACH, blocks

ROWS = "for (Case one : [SELECT Id, Priority, Status FROM Case])"
ONE_ROW = "for (Case one : [SELECT Priority FROM Case LIMIT 1])"
INSIDE = ROWS.replace("one", "two")
BEGIN = "Integer a = 0; Integer b = 0; Integer d = 0; Set<String> seen = new Set<String>();"
TWO = "seen.contains('High') && seen.contains('Low')"


@pytest.mark.parametrize(
    ("loop", "condition", "expected"),
    [
        (f"{ROWS} {{ d = b; b = a; a = 1; }}", "d == 1", SOMETIMES),
        (f"{ROWS} {{ d = b; b = a; a = 0; }}", "d == 1", NEVER),
        (f"{ROWS} {{ a = 1; }}", "a > 1", NEVER),
        (f"{ROWS} {{ a += 1; }}", "a > 1", SOMETIMES),
        (f"{ROWS} {{ {INSIDE} {{ if (a == 1) {{ b = 1; }} }} a = 1; }}", "b == 1", SOMETIMES),
        (f"{ROWS} {{ if (seen.contains(one.Priority)) {{ a = 1; }} seen.add(one.Priority); }}", "a == 1", SOMETIMES),
        (f"{ONE_ROW} {{ if (seen.contains(one.Priority)) {{ a = 1; }} }}", "a == 1", NEVER),
        (f"{ROWS} {{ seen.add(one.Priority); }}", TWO, SOMETIMES),
        (f"{ONE_ROW} {{ seen.add(one.Priority); }}", TWO, NEVER),
    ],
)
def test_what_rounds_leave(loop: str, condition: str, expected: Verdict) -> None:
    assert blocks(f"{EACH} {{ {BEGIN} {loop} if ({condition}) {{ c.addError('No'); }} }}") is expected


@pytest.mark.parametrize(("rows", "expected"), [(ROWS, SOMETIMES), (ONE_ROW, NEVER)])
@pytest.mark.parametrize(
    ("steps", "asked"),
    [
        ("seen.add(one.Priority == 'High' ? 'p' : 'q');", "seen.contains('p') && seen.contains('q')"),
        (
            "if (one.Priority == 'High') { m.put('p', one); } else { m.put('q', one); }",
            "m.containsKey('p') && m.containsKey('q')",
        ),
        (
            "if (one.Priority == 'High') { m.put('p', one); } else { m.put('q', one); }",
            "m.get('p') != null && m.get('q') != null",
        ),
    ],
)
def test_what_two_rows_put_under_keys_that_are_no_rows(rows: str, expected: Verdict, steps: str, asked: str) -> None:
    begin = f"{BEGIN} Map<String, Case> m = new Map<String, Case>();"
    assert blocks(f"{EACH} {{ {begin} {rows} {{ {steps} }} if ({asked}) {{ c.addError('No'); }} }}") is expected


def test_a_loop_of_many_conditions_ends() -> None:
    """The ways through a round are 2 to the power of fifty."""
    steps = " ".join(f"if (one.Status == 'S{number}') {{ a = a + 1; b = a; }}" for number in range(50))
    assert blocks(f"{EACH} {{ {BEGIN} {ROWS} {{ {steps} }} if (b > 2) {{ c.addError('No'); }} }}") is SOMETIMES


def test_the_last_write_of_the_last_round_counts() -> None:
    steps = "c.HasOptedOutOfEmail = c.DoNotCall; c.DoNotCall = true; c.HasOptedOutOfEmail = false;"
    reverts = verdicts(f"{EACH} {{ for (Integer i = 0; i < 2; i++) {{ {steps} }} }}")
    assert reverts[2] is Verdict.ALWAYS


def test_what_each_round_puts_under_the_same_key_is_there_behind_the_loop() -> None:
    count = "counts.put(c.LastName, counts.containsKey(c.LastName) ? counts.get(c.LastName) + 1 : 1);"
    other = "if (seen.size() > 1) { counts.put('b', counts.containsKey('b') ? counts.get('b') + 1 : 1); }"
    begin = "Map<String, Integer> counts = new Map<String, Integer>{ 'a' => 1 };"
    loop = f"{ROWS} {{ if (counts.get('a') == 2) {{ seen.add('a'); }} {INSIDE} {{ {count} {other} }} }}"
    end = "if (counts.get('a') == 2) { c.addError('No'); }"
    assert blocks(f"Contact c = Trigger.new[0]; {BEGIN} {begin} {loop} {end}") is not NEVER


@pytest.mark.parametrize(
    ("asked", "steps"),
    [
        ("seen.contains('q')", "seen.add('p'); if (a == 1) { seen.add('q'); }"),
        ("counts.containsKey('q')", "counts.put('p', 1); if (a == 1) { counts.put('q', 1); }"),
        ("!counts.containsKey('k')", "counts.put('p', 1); if (a == 1) { counts.remove('k'); }"),
        ("last != null && last.LastName == 'a'", "last = new Contact(LastName = 'b'); if (a == 1) { last = kept[0]; }"),
    ],
)
def test_what_only_a_second_round_puts_somewhere_is_there_in_the_third(asked: str, steps: str) -> None:
    begin = "Map<String, Integer> counts = new Map<String, Integer>{ 'k' => 1 }; Contact last = null;"
    kept = "List<Contact> kept = new List<Contact>{ new Contact(LastName = 'a') };"
    loop = f"{ROWS} {{ if ({asked}) {{ c.addError('No'); }} {steps} a = 1; }}"
    assert blocks(f"{EACH} {{ {BEGIN} {begin} {kept} {loop} }}") is SOMETIMES
