"""Records that meet in a chunk: what one of them sets can reject another one."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import NEVER, SOMETIMES, verdicts

EACH = "for (Contact c : Trigger.new)"
REJECT = "c.addError('No');"
PEOPLE = "List<Contact> people = new List<Contact>();"
BY_NAME = "Map<String, Contact> byName = new Map<String, Contact>();"


def blocks(body: str, **classes: str) -> Verdict:
    out, into, *_ = verdicts(body, **classes)
    assert out is into
    return out


@pytest.mark.parametrize(
    "body",
    [
        f"Boolean seen = false; {EACH} {{ if (seen) {REJECT} seen = true; }}",
        f"Boolean seen = false; {EACH} {{ if (c.DoNotCall) seen = true; }} {EACH} {{ if (seen && !c.DoNotCall) {REJECT} }}",
        f"{PEOPLE} {EACH} {{ if (c.DoNotCall) people.add(c); }} {EACH} {{ if (!people.isEmpty() && !c.DoNotCall) {REJECT} }}",
        f"{PEOPLE} {EACH} {{ if (c.DoNotCall) people.add(c); }} if (people.size() > 1) {{ people[0].addError('No'); }}",
        f"Set<String> names = new Set<String>(); {EACH} {{ if (names.contains(c.LastName)) {REJECT} names.add(c.LastName); }}",
        f"{BY_NAME} {EACH} {{ byName.put(c.LastName, c); }} {EACH} {{ if (byName.get(c.LastName).Id != c.Id) {REJECT} }}",
        f"Contact last; {EACH} {{ if (last != null && last.LastName != c.LastName) {REJECT} last = c; }}",
        f"{EACH} {{ for (Contact o : Trigger.old) {{ if (c.LastName != o.LastName) {REJECT} }} }}",
        "if (Trigger.new.size() > 1) { Trigger.new[1].addError('No'); }",
        "for (Integer i = 0; i < Trigger.new.size(); i++) { if (i > 0) Trigger.new[i].addError('No'); }",
        "Integer count = 0; for (Contact c : Trigger.new) { count++; } if (count > 1) { throw new CalloutException('No'); }",
    ],
)
def test_one_record_can_reject_another(body: str) -> None:
    assert blocks(body) is SOMETIMES


def test_a_static_flag_that_one_record_sets_rejects_the_next() -> None:
    check = "public static void check(Contact c) { if (bad) c.addError('No'); if (c.DoNotCall) bad = true; }"
    guard = f"public class Check {{ static Boolean bad = false; {check} }}"
    assert blocks(f"{EACH} {{ Check.check(c); }}", Check=guard) is SOMETIMES


@pytest.mark.parametrize(
    "body",
    [
        f"Boolean seen = false; {EACH} {{ if (seen) {REJECT} if (c.Email != Trigger.oldMap.get(c.Id).Email) seen = true; }}",
        f"{EACH} {{ for (Contact o : Trigger.old) {{ if (c.Id == o.Id && c.LastName != o.LastName) {REJECT} }} }}",
        f"Set<Id> ids = new Set<Id>(); {EACH} {{ if (ids.contains(c.Id)) {REJECT} ids.add(c.Id); }}",
        f"Map<Id, Contact> all = new Map<Id, Contact>(Trigger.new); {EACH} {{ if (all.get(c.Id).Id != c.Id) {REJECT} }}",
    ],
)
def test_what_no_record_sets_rejects_none(body: str) -> None:
    assert blocks(body) is NEVER
