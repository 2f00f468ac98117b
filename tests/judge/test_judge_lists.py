"""Lists by their index, keys by their case, whole numbers, casts, copies: what an Apex developer knows and a sketch forgets."""

import pytest

from sfoptlint.core.verdict import Direction, Effect, Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES, UNKNOWN, rows
from tests.judge.test_judge_chunk import EACH, REJECT, blocks

FIRST = "Trigger.new[0]"
ALL = f"{EACH} {{ {REJECT} }}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"List<Contact> l = new List<Contact>{{{FIRST}, null}}; l[1] = null; l[0].addError('No');", ALWAYS),
        (f"List<Contact> l = new List<Contact>{{{FIRST}, null}}; l[0] = new Contact(); l[0].addError('No');", NEVER),
        (f"List<Contact> l = new List<Contact>{{new Contact()}}; l.set(0, {FIRST}); l[0].addError('No');", ALWAYS),
        (f"List<Contact> l = new List<Contact>{{new Contact()}}; l.add(0, {FIRST}); l[0].addError('No');", ALWAYS),
        (f"List<Contact> l = new List<Contact>{{new Contact()}}; l.add(0, {FIRST}); l[1].addError('No');", NEVER),
        (f"List<Contact> l = new List<Contact>{{{FIRST}, new Contact()}}; l.remove(1); l[0].addError('No');", ALWAYS),
        (f"List<Contact> l = new List<Contact>{{{FIRST}, new Contact()}}; l.remove(0); l[0].addError('No');", NEVER),
        (f"List<Boolean> l = new List<Boolean>{{true, false}}; l.sort(); if (l[0]) {{ {ALL} }}", NEVER),
        (f"List<String> l = new List<String>{{'b', 'a'}}; l.sort(); if (l[0] == 'a') {{ {ALL} }}", ALWAYS),
        ("for (Contact c : System.Trigger.new) { System.Trigger.oldMap.get(c.Id).Title.length(); }", SOMETIMES),
        (
            "for (Contact c : System.Trigger.new) { if (!System.Trigger.oldMap.containsKey(c.Id)) c.addError('No'); }",
            NEVER,
        ),
        ("Iterator<Contact> i = Trigger.new.iterator(); while (i.hasNext()) { i.next().addError('No'); }", SOMETIMES),
    ],
)
def test_elements_by_index(body: str, expected: Verdict) -> None:
    assert blocks(body) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("new Map<String, Integer>{'a' => 1}.get('A') == null", ALWAYS),
        ("new Map<String, Integer>{'a' => 1}.get('a') == null", NEVER),
        ("new Set<String>{'a'}.contains('A')", NEVER),
        ("c.Department == 'a' && !new Set<String>{'a'}.contains(c.Department)", SOMETIMES),
        ("c.Department != 'a' && new Set<String>{'a'}.contains(c.Department)", NEVER),
        ("c.Department == 'ABC' && c.Department != null && !c.Department.equals('ABC')", SOMETIMES),
        ("c.Department == 'ABC' && c.Department != null && !c.Department.equalsIgnoreCase('abc')", NEVER),
    ],
)
def test_keys_heed_the_case_of_texts(condition: str, expected: Verdict) -> None:
    assert blocks(f"{EACH} {{ if ({condition}) {REJECT} }}") is expected


@pytest.mark.parametrize("condition", ["5 / 2 == 2", "7 / 2 * 2 == 6", "2147483647 + 1 < 0"])
def test_whole_numbers_are_never_taken_for_decimals(condition: str) -> None:
    assert blocks(f"if ({condition}) {{ {ALL} }}") is not NEVER


def test_a_cast_to_another_object_throws() -> None:
    assert blocks("SObject one = Trigger.new[0]; Lead other = (Lead) one;") is ALWAYS
    assert blocks("SObject one = Trigger.new[0]; Contact same = (Contact) one;") is NEVER
    assert blocks("SObject one = Trigger.new[0]; try { Lead l = (Lead) one; } catch (TypeException e) { }") is NEVER


def test_a_copy_is_a_record_in_memory() -> None:
    assert blocks(f"{EACH} {{ c.clone().addError('No'); }}") is NEVER
    assert blocks(f"{EACH} {{ if (c.clone(true, true).Id == c.Id) {REJECT} }}") is ALWAYS


def test_what_stands_after_a_null_test_runs_only_there() -> None:
    text = "public class Names { public static String next() { throw new CalloutException('No'); } }"
    assert blocks("String name = 'x' ?? Names.next();", Names=text) is NEVER
    assert blocks("String name = null ?? Names.next();", Names=text) is ALWAYS


def test_saving_the_old_record_again_undoes_the_box() -> None:
    save = "trigger Guard on Contact (after update) {{ List<Contact> people = Trigger.old.deepClone({0}); update people; }}"
    found = rows({"triggers/Guard.trigger": save.format("true")})
    assert [found[direction, Effect.REVERT].verdict for direction in (Direction.OPT_OUT, Direction.OPT_IN)] == [
        ALWAYS,
        ALWAYS,
    ]
    found = rows({"triggers/Guard.trigger": save.format("false")})
    assert [found[direction, Effect.REVERT].verdict for direction in (Direction.OPT_OUT, Direction.OPT_IN)] == [
        NEVER,
        NEVER,
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Integer number = Integer.valueOf('abc');", ALWAYS),
        ("Integer number = Integer.valueOf('5');", NEVER),
        (f"{EACH} {{ Integer number = Integer.valueOf(c.LastName); }}", SOMETIMES),
    ],
)
def test_a_text_that_is_no_number_throws(body: str, expected: Verdict) -> None:
    assert blocks(body) is expected


def test_lists_are_not_taken_for_different_ones() -> None:
    assert blocks(f"if (Trigger.newMap.keySet() == Trigger.oldMap.keySet()) {{ {ALL} }}") is not NEVER


def test_recursion_that_reads_the_trigger_is_not_passed_over() -> None:
    go = f"if (n == 0) {{ {EACH.replace('Contact c', 'SObject c')} {{ {REJECT} }} return; }} go(n - 1);"
    text = f"public class Down {{ public static void go(Integer n) {{ {go} }} }}"
    assert blocks("Down.go(5);", Down=text) is UNKNOWN


def test_a_map_by_one_key_has_one_entry_for_the_whole_chunk() -> None:
    by = "Map<String, List<Account>> by = new Map<String, List<Account>>();"
    put = "if (!by.containsKey({0})) by.put({0}, new List<Account>()); by.get({0}).add(new Account(Id = c.AccountId));"
    saves = f"{by} {EACH} {{ {put} }} for (String key : by.keySet()) {{ update by.get(key); }}"
    assert blocks(saves.replace("{0}", "'Account'")) is NEVER
    assert blocks(saves.replace("{0}", "c.LastName")) is SOMETIMES


def test_the_constants_of_an_enum() -> None:
    text = "public class Mode { public enum Kind { STRICT, LAX } }"
    assert (
        blocks(f"for (Mode.Kind k : Mode.Kind.values()) {{ if (k == Mode.Kind.LAX) {{ {ALL} }} }}", Mode=text) is ALWAYS
    )
    assert blocks(f"if (Mode.Kind.values().size() == 3) {{ {ALL} }}", Mode=text) is NEVER


ROWS = "List<Account> rows = [SELECT Id, Name FROM Account];"
EIGHT = "".join(f"s.add('{number}');" for number in range(8))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"{ROWS} if (rows.size() > 1) {{ rows[0] = new Account(); for (Account r : rows) {{ if (r.Name == 'z') ALL }} }}",
            SOMETIMES,
        ),
        (f"Set<String> s = new Set<String>(); {EIGHT} if (!s.add('0')) ALL", SOMETIMES),
        ("Contact other = Trigger.new[1];", SOMETIMES),
        ("if (Trigger.new.size() > 1) { Contact other = Trigger.new[1]; }", NEVER),
    ],
)
def test_what_is_not_told_apart_is_left_open(body: str, expected: Verdict) -> None:
    assert blocks(body.replace("ALL", f"{{ {ALL} }}")) is expected
