"""Methods that call themselves: what the rounds that are not walked could still do to the box."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES, UNKNOWN, verdicts
from tests.judge.test_judge_chunk import EACH, REJECT, blocks

RUN = "new Chain(Trigger.new).follow([SELECT COUNT() FROM Account]);"
CHAIN = """public class Chain {
    private List<Contact> people;
    private Map<String, Integer> seen = new Map<String, Integer>();
    public Chain(List<Contact> people) { this.people = people; }
    public Integer follow(Integer left) { {0} return left < 1 ? 0 : follow(left - 1); }
    private void note(String what) { seen.put(what, seen.size()); System.debug(what.toLowerCase()); }
    private void mark(Contact one) { one.put(name(), false); }
    private String name() { return Switch__c.getOrgDefaults().Field__c; }
    public virtual class Step { public virtual void take(List<Contact> all) { } }
}"""


@pytest.mark.parametrize(
    ("body", "revert"),
    [
        ("", NEVER),
        ("note('once');", NEVER),
        ("if (left == 7) { people[0].Description = 'Seven'; }", NEVER),
        ("if (left == 7) { people[0].HasOptedOutOfEmail = false; }", UNKNOWN),
        ("if (left == 7) { mark(people[0]); }", UNKNOWN),
        ("if (left == 7) { update people; }", UNKNOWN),
        ("if (left == 7) { Other.write(people); }", UNKNOWN),
        ("if (left == 7) { new Chain.Step().take(people); }", UNKNOWN),
    ],
)
def test_what_the_rounds_that_are_not_walked_could_do(body: str, revert: Verdict) -> None:
    other = "public class Other { public static void write(List<Contact> all) { all[0].HasOptedOutOfEmail = false; } }"
    found = verdicts(RUN, Chain=CHAIN.replace("{0}", body), Other=other)
    assert found[2] is revert or (revert is UNKNOWN and found[2] is SOMETIMES)


def test_a_constructor_does_not_begin_with_itself() -> None:
    paths = "public class Paths { public static Object of(Object field) { return null; } }"
    ordering = (
        "public class Ordering { String path;"
        " public Ordering(SObjectField field, Boolean last) { this(Paths.of(field), last); }"
        " public Ordering(Object path, Boolean last) { this.path = 'x'; } }"
    )
    body = f"Ordering o = new Ordering(Contact.Title, true); if (o.path == 'x') {{ {EACH} {REJECT} }}"
    assert blocks(body, Paths=paths, Ordering=ordering) is ALWAYS
