"""Lists, sets and maps that depend on the way taken: which of several it is, and what each way has put there."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES
from tests.judge.test_judge_chunk import EACH, blocks

LISTS = "List<String> a = new List<String>{'x', 'y'}; List<String> b = new List<String>{'y', 'x'};"
MAPS = "Map<String, String> a = new Map<String, String>{'x' => '1'}; Map<String, String> b = new Map<String, String>{'y' => '2'};"
EITHER = "c.DoNotCall ? a : b"
FILLED = "if (c.DoNotCall) { a.add('x'); a.add('y'); } else { a.add('y'); a.add('x'); }"
LAST = f"{LISTS} String last; for (String s : {EITHER}) {{ last = s; }}"
HAS_X = f"{MAPS} Map<String, String> m = new Map<String, String>({EITHER});"
PUT = f"{MAPS} Map<String, String> m = new Map<String, String>(); m.putAll({EITHER});"


def condition(begin: str, asked: str) -> Verdict:
    return blocks(f"{EACH} {{ {begin} if ({asked}) {{ c.addError('No'); }} }}")


@pytest.mark.parametrize(
    ("begin", "asked", "expected"),
    [
        (LAST, "last == 'x' && !c.DoNotCall", SOMETIMES),
        (LAST, "last == 'x' && c.DoNotCall", NEVER),
        (f"List<String> a = new List<String>(); {FILLED}", "a[0] == 'y' && !c.DoNotCall", SOMETIMES),
        (f"List<String> a = new List<String>(); {FILLED}", "a[0] == 'y' && c.DoNotCall", NEVER),
        (f"List<String> a = new List<String>(); {FILLED}", "a.size() > 2", NEVER),
        (f"Set<String> a = new Set<String>(); {FILLED}", "a.contains('z')", NEVER),
        ("Set<String> a = new Set<String>(); if (c.DoNotCall) { a.add('x'); } a.add('x');", "a.size() != 1", NEVER),
        (HAS_X, "m.get('x') == '1'", SOMETIMES),
        (HAS_X, "m.get('x') == '1' && !c.DoNotCall", NEVER),
        (PUT, "m.containsKey('y')", SOMETIMES),
        (PUT, "m.containsKey('y') && c.DoNotCall", NEVER),
    ],
)
def test_one_of_two_collections(begin: str, asked: str, expected: Verdict) -> None:
    assert condition(begin, asked) is expected


def test_anything_may_be_in_a_list_that_two_unknown_ones_went_into() -> None:
    begin = "List<String> l = new List<String>(); if (c.DoNotCall) { l.addAll(ext.Names.all()); } l.addAll(ext.Names.all());"
    assert blocks(f"{EACH} {{ {begin} if (!c.DoNotCall) {{ for (String s : l) {{ c.addError(s); }} }} }}") is SOMETIMES


def test_a_loop_over_null_has_no_rounds() -> None:
    begin = "List<String> l; if (c.DoNotCall) { l = new List<String>{'x'}; }"
    loop = "if (l != null) { for (String s : l) { if (!c.DoNotCall) { c.addError(s); } } }"
    assert blocks(f"{EACH} {{ {begin} {loop} }}") is NEVER


BEHIND = "List<String> l = new List<String>{'a'}; l.addAll(ext.Names.all());"
BEFORE = "List<String> l = new List<String>(); l.addAll(ext.Names.all()); l.add('a');"


@pytest.mark.parametrize(
    ("begin", "asked"),
    [
        (BEHIND, "last != 'a'"),
        (BEHIND, "last == 'a'"),
        (BEHIND, "first != last"),
        (BEFORE, "first != 'a'"),
        (BEFORE, "first == 'a'"),
        (BEFORE, "first != last"),
    ],
)
def test_what_is_not_known_may_stand_before_what_is_known_and_behind_it(begin: str, asked: str) -> None:
    loop = "String first; String last; for (String s : l) { if (first == null) { first = s; } last = s; }"
    assert condition(f"{begin} {loop}", asked) is SOMETIMES


def test_a_collection_is_not_filled_from_null() -> None:
    empty = "Map<String, List<String>> m = new Map<String, List<String>>(); List<String> l = new List<String>();"
    for fill in ("l.addAll(m.get('x'));", "Set<String> s = new Set<String>(m.get('x'));"):
        assert blocks(f"{EACH} {{ {empty} {fill} }}") is ALWAYS


def test_a_key_that_depends_on_something_is_itself() -> None:
    begin = "String k = c.DoNotCall ? 'a' : c.LastName; Map<String, String> m = new Map<String, String>{k => 'x'};"
    assert condition(begin, "m.get(k).length() > 3") is NEVER
