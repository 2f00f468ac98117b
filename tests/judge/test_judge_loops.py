"""Loops whose end nobody knows: what one round leaves, a later one reads."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES, UNKNOWN
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


@pytest.mark.parametrize("flip", ["crm.Coin.flip()", "Math.random() > 0.5"])
def test_what_nobody_knows_may_be_another_in_each_round(flip: str) -> None:
    tosses = f"Integer n = 0; for (Integer i = 0; i < 2; i++) {{ if ({flip}) n++; }}"
    assert blocks(f"{tosses} if (n == 1) {{ {ALL} }}") is SOMETIMES
    assert blocks(f"{tosses} if (n == 3) {{ {ALL} }}") is NEVER


def test_a_loop_over_lists_takes_each_of_them() -> None:
    by = "Map<Id, List<Contact>> by = new Map<Id, List<Contact>>();"
    put = "if (!by.containsKey(c.AccountId)) by.put(c.AccountId, new List<Contact>()); by.get(c.AccountId).add(c);"
    gathered = f"{by} {EACH} {{ {put} }}"
    assert blocks(f"{gathered} for (List<Contact> each : by.values()) {{ for (Contact c : each) {REJECT} }}") is ALWAYS
    assert blocks(f"{by} for (List<Contact> each : by.values()) {{ for (Contact c : each) {REJECT} }}") is NEVER


def test_an_object_that_gives_an_iterator_is_looped_over() -> None:
    text = """public class People implements Iterable<Contact> {
        private List<Contact> all;
        public People(List<Contact> all) { this.all = all; }
        public Iterator<Contact> iterator() { return {0}; }
    }"""
    body = f"for (Contact c : new People(Trigger.new)) {{ {REJECT} }}"
    assert blocks(body, People=text.replace("{0}", "all.iterator()")) is ALWAYS
    assert blocks(body, People=text.replace("{0}", "new List<Contact>().iterator()")) is NEVER
    assert blocks(body, People=text.replace("{0}", "new Walker(all)")) is UNKNOWN


@pytest.mark.parametrize(
    ("by", "name"), [("", "compareTo(Object other)"), ("new Order()", "compare(Object a, Object b)")]
)
def test_sorting_compares(by: str, name: str) -> None:
    text = f"public class Order {{ public Integer {name} {{ throw new CalloutException('No'); }} }}"
    assert blocks(f"List<Order> all = new List<Order>{{ new Order() }}; all.sort({by});", Order=text) is NEVER
    assert (
        blocks(f"List<Order> all = new List<Order>{{ new Order(), new Order() }}; all.sort({by});", Order=text)
        is ALWAYS
    )


@pytest.mark.parametrize(
    ("loop", "expected"),
    [
        ("for (Integer i = 0; i < rows.size(); i++) { rows.get(i).Name = 'x'; }", NEVER),
        ("for (Integer i = 0; i < rows.size(); i++) { i = i - 5; rows.get(i).Name = 'x'; }", SOMETIMES),
    ],
)
def test_a_counter_is_never_below_what_it_began_with(loop: str, expected: Verdict) -> None:
    assert blocks(f"List<Region__c> rows = Region__c.getAll().values(); {loop}") is expected
