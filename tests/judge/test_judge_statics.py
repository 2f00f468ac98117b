"""Statics that one way uses first: on every other way they hold what they begin with."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES, verdicts
from tests.judge.test_judge_chunk import EACH, REJECT

ONCE = """public class Once {
    public static Boolean done = false;
    public static Set<Id> seen = new Set<Id>();
    public static Boolean mark() { done = true; return true; }
}"""
ROWS = "for (Account a : [SELECT Id FROM Account])"


@pytest.mark.parametrize(
    ("body", "out", "into"),
    [
        (f"{EACH} {{ if (!c.HasOptedOutOfEmail) Once.done = true; if (!Once.done) {REJECT} }}", ALWAYS, NEVER),
        (f"{EACH} {{ if (!c.HasOptedOutOfEmail) Once.done = true; if (Once.done) {REJECT} }}", NEVER, ALWAYS),
        (
            f"{EACH} {{ if (!c.HasOptedOutOfEmail) Once.seen.add(c.Id); if (!Once.seen.contains(c.Id)) {REJECT} }}",
            ALWAYS,
            NEVER,
        ),
        (
            f"{EACH} {{ if (!c.HasOptedOutOfEmail) Once.seen.add(c.Id); if (!Once.seen.isEmpty()) {REJECT} }}",
            NEVER,
            ALWAYS,
        ),
        (f"{EACH} {{ Boolean b = c.DoNotCall && Once.mark(); if (!Once.done) {REJECT} }}", SOMETIMES, SOMETIMES),
        (f"{EACH} {{ Boolean b = c.DoNotCall ? Once.mark() : false; if (Once.done) {REJECT} }}", SOMETIMES, SOMETIMES),
        (
            f"{EACH} {{ try {{ if (c.DoNotCall) Once.mark(); }} finally {{ }} if (Once.done) {REJECT} }}",
            SOMETIMES,
            SOMETIMES,
        ),
        (f"{ROWS} {{ if (Once.done) {{ {EACH} {REJECT} }} Once.done = true; }}", SOMETIMES, SOMETIMES),
        (f"{ROWS} {{ Once.done = true; }} if (!Once.done) {{ {EACH} {REJECT} }}", SOMETIMES, SOMETIMES),
        (f"if (Trigger.isInsert) {{ Once.done = true; }} if (Once.done) {{ {EACH} {REJECT} }}", NEVER, NEVER),
    ],
)
def test_a_static_that_one_way_uses_first(body: str, out: Verdict, into: Verdict) -> None:
    assert verdicts(body, Once=ONCE)[:2] == [out, into]
