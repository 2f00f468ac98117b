"""What one record of a chunk spends for all of them, and what only those that differ spend."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES, UNKNOWN, verdicts

TWICE = "List<Case> a = [SELECT Id FROM Case WHERE ContactId = :c.Id]; List<Case> b = [SELECT Id FROM Case];"
ONE = "List<Case> d = [SELECT Id FROM Case];"
ONCE = "public class Once { static Boolean first = true; static Set<Id> seen = new Set<Id>();"
EACH = "for (Contact c : people)"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{EACH} {{ {TWICE} }}", ALWAYS),
        (f"{EACH} {{ if (first) {{ first = false; {TWICE} }} }}", NEVER),
        (f"{EACH} {{ if (c.Email != null && first) {{ first = false; {TWICE} }} }}", NEVER),
        (f"{EACH} {{ if (c.Email == null) continue; if (first) {{ first = false; {TWICE} }} }}", NEVER),
        (f"{EACH} {{ if (crm.Switch.isOn()) {{ if (first) {{ first = false; {TWICE} }} }} }}", NEVER),
        (f"{EACH} {{ if (c.Description == null) {{ c.Description = 'x'; {TWICE} }} }}", SOMETIMES),
        (f"{EACH} {{ if (seen.add(c.AccountId)) {{ {TWICE} }} }}", SOMETIMES),
        (f"{EACH} {{ if (!seen.contains(c.AccountId)) {{ seen.add(c.AccountId); {TWICE} }} }}", SOMETIMES),
        (f"{EACH} {{ if (!seen.contains(c.Id)) {{ seen.add(c.Id); {TWICE} }} }}", ALWAYS),
        (f"for (Integer i = 0; i < people.size(); i++) {{ Contact c = people[i]; {TWICE} }}", ALWAYS),
        (
            f"List<Contact> rows = [SELECT Id FROM Contact WHERE Id IN :people]; for (Contact c : rows) {{ {TWICE} }}",
            ALWAYS,
        ),
        (f"{EACH} {{ {TWICE.replace('FROM Case', 'FROM Switch__mdt')} }}", NEVER),
        (f"Integer n = 0; {EACH} {{ n++; if (n > 1) {{ {TWICE} }} }}", UNKNOWN),
        (f"{EACH} {{ if (!seen.isEmpty()) {{ {TWICE} }} seen.add(c.Id); }}", UNKNOWN),
        (f"Integer n = 0; {EACH} {{ n++; if (n > 1) {{ {ONE} }} }}", NEVER),
        (f"Integer n = 0; {EACH} {{ n++; if (n == 2) {{ {TWICE} }} }}", NEVER),
        (f"Integer n = 0; {EACH} {{ n++; {ONE} if (n > 1) {{ {ONE} }} }}", UNKNOWN),
    ],
)
def test_a_query_in_a_loop_over_the_chunk(body: str, expected: Verdict) -> None:
    once = f"{ONCE} public static void run(List<Contact> people) {{ {body} }} }}"
    assert verdicts("Once.run(Trigger.new);", Once=once)[0] is expected


def test_a_condition_whose_parts_come_back_in_each_step_is_looked_at_once() -> None:
    steps = "".join(f"a = (a && c.LastName == '{i}') || (!a && c.FirstName == '{i}'); " for i in range(40))
    body = f"{EACH} {{ Boolean a = c.DoNotCall; {steps} if (a) {{ {TWICE} }} }}"
    once = f"{ONCE} public static void run(List<Contact> people) {{ {body} }} }}"
    assert verdicts("Once.run(Trigger.new);", Once=once)[0] is SOMETIMES
