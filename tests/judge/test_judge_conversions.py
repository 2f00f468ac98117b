"""Values that become others: texts that are to be Ids, objects as text, classes by name, look-ups that lead nowhere."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES
from tests.judge.test_judge_chunk import EACH, REJECT, blocks

CAUGHT = (
    f"for (Contact c : Trigger.new) {{ try {{ Id i = Id.valueOf('abc'); }} catch (StringException e) {{ {REJECT} }} }}"
)
ROWS = "for (Contact c : [SELECT Id, AccountId, Account.Name FROM Contact WHERE Id IN :Trigger.new])"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Id one = Id.valueOf('abc');", ALWAYS),
        ("Id one = 'abc';", ALWAYS),
        ("Id one = (Id) 'abc';", ALWAYS),
        ("Id one = null;", NEVER),
        ("Id one = Id.valueOf('003000000000001');", NEVER),
        ("Id one = '003000000000001AAA';", NEVER),
        ("Id one = Trigger.new[0].Department;", SOMETIMES),
        ("Id one = Trigger.new[0].AccountId;", NEVER),
        ("try { Id one = 'abc'; } catch (StringException e) { }", NEVER),
        (CAUGHT, ALWAYS),
    ],
)
def test_a_text_that_is_no_id_throws(body: str, expected: Verdict) -> None:
    assert blocks(body) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{EACH} {{ if (c.Account.Name == null) {REJECT} }}", ALWAYS),
        (f"{EACH} {{ if (c.Account != null) {REJECT} }}", NEVER),
        (f"{EACH} {{ if (c.Account.Owner.Name != null) {REJECT} }}", NEVER),
        (f"{EACH} {{ if (c.Account == c.ReportsTo) {REJECT} }}", ALWAYS),
        (f"{EACH} {{ if (c.Account instanceof Account) {REJECT} }}", NEVER),
        (f"{EACH} {{ String s = c.Account.Name.toLowerCase(); }}", ALWAYS),
        (f"{EACH} {{ Account a = c.Account; String s = a.Name; }}", ALWAYS),
        (f"{EACH} {{ c.Account.Name = 'x'; }}", ALWAYS),
        (f"{EACH} {{ c.Account.addError('x'); }}", ALWAYS),
        (f"{ROWS} {{ String s = c.Account.Name; }}", NEVER),
        (f"{ROWS} {{ Account a = c.Account; String s = a.Name; }}", SOMETIMES),
        (f"{ROWS} {{ if (c.AccountId != null) {{ Account a = c.Account; String s = a.Name; }} }}", NEVER),
    ],
)
def test_a_field_behind_a_blank_look_up_is_null_where_it_is_read_on_the_way(body: str, expected: Verdict) -> None:
    assert blocks(body) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("String.valueOf(this).substring(0, String.valueOf(this).indexOf(':'))", ALWAYS),
        ("this.toString().substringBefore(':')", ALWAYS),
        ("String.valueOf(this).split(':')[0]", ALWAYS),
        ("('' + this).split(':')[0]", ALWAYS),
        ("String.valueOf(this).split('')[0]", SOMETIMES),
        ("String.valueOf(this).split('|')[0]", SOMETIMES),
        ("'the Handler'.substringAfter(' ').removeEnd(':')", ALWAYS),
        ("String.valueOf(Handler.class)", ALWAYS),
        ("String.valueOf(this).substring(1, String.valueOf(this).indexOf(':'))", NEVER),
        ("'Handlers'.removeStart('s')", NEVER),
        ("String.valueOf(this).substringAfter('[')", SOMETIMES),
    ],
)
def test_a_class_learns_its_own_name(name: str, expected: Verdict) -> None:
    text = f"public class Handler {{ public void run() {{ if ({name} == 'Handler') {{ {EACH} {REJECT} }} }} }}"
    assert (
        blocks("new Handler().run();", Handler=text.replace(": Trigger.new", ": (List<Contact>) Trigger.new"))
        is expected
    )


def test_what_a_class_says_of_itself_comes_first() -> None:
    text = "public class Own { public override String toString() {{ return 'own'; } }"
    assert blocks(f"if (String.valueOf(new Own()) == 'own') {{ {EACH} {REJECT} }}", Own=text) is ALWAYS


@pytest.mark.parametrize(
    "name",
    ["'ContactHandler'", "Trigger.new.getSObjectType() + 'Handler'", "String.valueOf(Contact.SObjectType) + 'Handler'"],
)
def test_a_handler_by_a_name_that_is_known(name: str) -> None:
    handler = "public class {0} implements Handles { public void run(List<Contact> people) { {1} } }"
    classes = {
        "Handles": "public interface Handles { void run(List<Contact> people); }",
        "LeadHandler": handler.replace("{0}", "LeadHandler").replace("{1}", ""),
        "ContactHandler": handler.replace("{0}", "ContactHandler").replace("{1}", "people[0].addError('No');"),
    }
    assert blocks(f"((Handles) Type.forName({name}).newInstance()).run(Trigger.new);", **classes) is ALWAYS


def test_a_class_that_is_nowhere_may_be_there() -> None:
    assert blocks(f"if (Type.forName('Nowhere') == null) {{ {EACH} {REJECT} }}") is SOMETIMES
    assert blocks("Object one = Type.forName('Nowhere').newInstance();") is NEVER


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("[SELECT COUNT() FROM Case] == null", NEVER),
        ("[SELECT COUNT() FROM Case] < 0", NEVER),
        ("Database.countQuery('SELECT COUNT() FROM Case') == null", NEVER),
        ("[SELECT COUNT() FROM Case] > 0", SOMETIMES),
    ],
)
def test_a_count_is_never_null(condition: str, expected: Verdict) -> None:
    assert blocks(f"if ({condition}) {{ {EACH} {REJECT} }}") is expected


def test_a_number_from_a_text_may_be_none() -> None:
    assert blocks(f"{EACH} {{ Integer i = Integer.valueOf(c.Department); }}") is SOMETIMES
    assert blocks(f"{EACH} {{ Integer i = c.Department == '7' ? Integer.valueOf('7') : 0; }}") is NEVER


def test_an_object_of_the_platform_minds_no_record() -> None:
    body = "Database.LeadConvert convert = new Database.LeadConvert(); convert.setLeadId(Trigger.new[0].Id);"
    assert blocks(body) is NEVER


def test_a_save_has_one_result_for_each_record() -> None:
    fails = "for (Database.SaveResult r : Database.update({0}, false)) { if (!r.isSuccess()) Trigger.new[0].addError('No'); }"
    assert blocks(fails.replace("{0}", "new List<Account>()")) is NEVER
    assert blocks(fails.replace("{0}", "new List<Account>{ new Account() }")) is SOMETIMES
