"""What the doctor says of planted troubles, one at a time and all together, and of an org without any."""

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from sfoptlint.cli.doctor import command
from tests.doctor.export import EARLIER, LATE_LIST, LIST, LONG_AGO, NOW, OTHER_LIST, QUIET_LIST, Export, synced
from tests.orgs import write

Plant = Callable[[Export, str], str]
"""Puts one person in trouble under an address of their own, and returns the id of the one who is to be named."""


def _healthy(export: Export) -> None:
    export.member("quiet@example.org", contact=export.contact("quiet@example.org", ticked=True))
    export.member("happy@example.org", "Active", contact=export.contact("happy@example.org"))
    export.member("bounced@example.org", "Bounced", contact=export.contact("bounced@example.org"))
    export.member("new@example.org", "Unconfirmed", lead=export.lead("new@example.org"))
    export.contact("nobody@example.org")
    export.contact("")
    became = export.contact("became@example.org", ticked=True)
    export.member("became@example.org", lead=export.lead("became@example.org", converted=True, became=became))
    export.member("deleted@example.org", "Deleted", contact=export.contact("deleted@example.org", ticked=True))
    twins = [export.contact("twins@example.org", ticked=True), export.lead("TWINS@example.org ", ticked=True)]
    export.member("twins@example.org", contact=twins[0])


def _twin_contact(export: Export, email: str) -> str:
    export.member(email, contact=export.contact(email, ticked=True))
    return export.contact(email)


def _twin_in_other_case(export: Export, email: str) -> str:
    export.member(email, contact=export.contact(email.upper(), ticked=True))
    return export.contact(email)


def _twin_in_white_space(export: Export, email: str) -> str:
    export.member(email, contact=export.contact(f"\u00a0{email} ", ticked=True))
    return export.lead(email)


def _twin_lead(export: Export, email: str) -> str:
    export.member(email, lead=export.lead(email, ticked=True))
    return export.contact(email)


def _active_elsewhere(export: Export, email: str) -> str:
    contact = export.contact(email)
    export.member(email, contact=contact)
    export.member(email, "Active", of=OTHER_LIST, contact=contact)
    return contact


def _unconfirmed_elsewhere(export: Export, email: str) -> str:
    lead = export.lead(email)
    export.member(email, lead=lead)
    export.member(email, "Unconfirmed", of=OTHER_LIST, lead=lead)
    return lead


def _active_under_an_old_address(export: Export, email: str) -> str:
    contact = export.contact(email)
    export.member(email, contact=contact)
    export.member(f"old-{email}", "Active", of=OTHER_LIST, contact=contact)
    return contact


def _bounced_elsewhere(export: Export, email: str) -> str:
    contact = export.contact(email, person_account=True)
    export.member(email, contact=contact)
    export.member(email, "Bounced", of=OTHER_LIST, contact=contact)
    return contact


def _ticked_and_active(export: Export, email: str) -> str:
    contact = export.contact(email, ticked=True)
    export.member(email, "Active", contact=contact)
    return contact


def _list_is_gone(export: Export, email: str) -> str:
    contact = export.contact(email)
    export.member(email, of="f" * 32, contact=contact)
    return contact


def _membership_without_address(export: Export, email: str) -> str:
    contact = export.contact(email)
    export.member("", contact=contact)
    return contact


def _late_list(export: Export, email: str) -> str:
    export.tables["wbsendit__Subscriber_List__c"].append((LATE_LIST, "false", LONG_AGO))
    contact = export.contact(email)
    export.member(email, of=LATE_LIST, contact=contact, changed=LONG_AGO)
    return contact


def _changed_since(export: Export, email: str) -> str:
    lead = export.lead(email)
    export.member(email, lead=lead, changed=NOW)
    return lead


def _list_nobody_syncs(export: Export, email: str) -> str:
    contact = export.contact(email)
    export.member(email, of=QUIET_LIST, contact=contact)
    return contact


def _active_on_a_list_nobody_syncs(export: Export, email: str) -> str:
    contact = export.contact(email)
    export.member(email, contact=contact)
    export.member(email, "Active", of=QUIET_LIST, contact=contact)
    return contact


def _converted_lead(export: Export, email: str) -> str:
    became = export.contact(f"other-{email}")
    lead = export.lead(email, converted=True, became=became)
    export.member(email, lead=lead)
    return lead


def _no_reason(export: Export, email: str) -> str:
    contact = export.contact(email)
    export.member(email, contact=contact)
    return contact


def _no_reason_person_account(export: Export, email: str) -> str:
    contact = export.contact(email, person_account=True)
    export.member(email, "Deleted", contact=contact[:15])
    return contact


def _rejected(export: Export, email: str) -> str:
    contact = export.contact(email, phone="")
    export.member(email, contact=contact)
    return contact


PLANTS: dict[Plant, str] = {
    _twin_contact: "duplicate_email",
    _twin_in_other_case: "duplicate_email",
    _twin_in_white_space: "duplicate_email",
    _twin_lead: "duplicate_email",
    _active_elsewhere: "mixed_states",
    _unconfirmed_elsewhere: "mixed_states",
    _active_under_an_old_address: "mixed_states",
    _bounced_elsewhere: "bounced",
    _ticked_and_active: "active_membership",
    _list_is_gone: "refresh_fails",
    _membership_without_address: "refresh_fails",
    _late_list: "primary_sync_not_running",
    _changed_since: "stale_membership",
    _list_nobody_syncs: "stale_membership",
    _active_on_a_list_nobody_syncs: "stale_membership",
    _converted_lead: "converted_lead",
    _no_reason: "unknown",
    _no_reason_person_account: "unknown",
}


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(command, ["--data", str(folder), *options], standalone_mode=False, catch_exceptions=False)


def answer(folder: Path, *options: str) -> dict[str, list[dict[str, object]]]:
    document = json.loads(run(folder, "--format", "json", *options).stdout)
    assert document["schema"] == "sfoptlint-doctor/1"
    assert isinstance(document, dict)
    return document


def causes(document: dict[str, list[dict[str, object]]]) -> dict[object, object]:
    return {person["id"]: person["cause"] for person in document["people"]}


def statuses(document: dict[str, list[dict[str, object]]]) -> dict[object, object]:
    return {check["check"]: check["status"] for check in document["checks"]}


def test_an_org_without_troubles_is_passed_over_in_silence(tmp_path: Path) -> None:
    export = synced()
    _healthy(export)
    result = run(export.write(tmp_path))
    assert result.return_value == 0
    document = answer(tmp_path)
    assert document["people"] == []
    assert "trouble" not in statuses(document).values()


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__.strip("_"))
def test_one_trouble_is_named(tmp_path: Path, plant: Plant) -> None:
    export = synced()
    _healthy(export)
    victim = plant(export, "victim@example.org")
    assert run(export.write(tmp_path)).return_value == 1
    document = answer(tmp_path)
    assert causes(document) == {victim: PLANTS[plant]}
    (person,) = document["people"]
    assert person["evidence"]
    assert person["remedy"]
    if PLANTS[plant] != "unknown":
        assert statuses(document)[PLANTS[plant]] == "trouble"


def test_forty_troubles_at_once_are_each_named(tmp_path: Path) -> None:
    export = synced()
    _healthy(export)
    kinds = [*PLANTS, *PLANTS, *PLANTS][:40]
    planted = {plant(export, f"victim{at}@example.org"): PLANTS[plant] for at, plant in enumerate(kinds)}
    assert len(planted) == 40
    assert causes(answer(export.write(tmp_path))) == planted


def test_no_address_is_repeated(tmp_path: Path) -> None:
    export = synced()
    for at, plant in enumerate(PLANTS):
        plant(export, f"victim{at}@example.org")
    folder = export.write(tmp_path)
    for form in ("text", "json"):
        assert "example.org" not in run(folder, "--format", form).stdout


def test_somebody_who_was_asked_for_is_answered_although_nothing_is_wrong(tmp_path: Path) -> None:
    export = synced()
    _healthy(export)
    folder = export.write(tmp_path)
    asked = {
        "quiet@example.org": None,
        " HAPPY@example.org": "active_membership",
        "bounced@example.org": "bounced",
        "nobody@example.org": "no_membership",
    }
    for email, cause in asked.items():
        (person,) = answer(folder, "--email", email)["people"]
        assert person["cause"] == cause
    happy = next(row[0] for row in export.tables["Contact"] if row[1] == "happy@example.org")
    assert [person["id"] for person in answer(folder, "--id", happy[:15])["people"]] == [happy]


def test_somebody_who_is_not_there_is_refused(tmp_path: Path) -> None:
    folder = synced().write(tmp_path)
    with pytest.raises(Exception, match="nobody in the data has it"):
        run(folder, "--email", "stranger@example.org")


def test_the_same_row_twice_is_one_person(tmp_path: Path) -> None:
    export = Export()
    export.member("ann@example.org", contact=export.contact("ann@example.org"))
    file = export.write(tmp_path) / "Contact.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    found = CliRunner().invoke(command, ["--data", str(tmp_path), "--format", "json"])
    assert len(json.loads(found.output)["people"]) == 1


def test_nobody_opted_out_at_all_points_to_the_option(tmp_path: Path) -> None:
    export = synced()
    victims = [_no_reason(export, f"victim{at}@example.org") for at in range(3)]
    document = answer(export.write(tmp_path))
    assert causes(document) == dict.fromkeys(victims, "option_off")
    assert statuses(document)["option_off"] == "trouble"


def test_a_sync_that_stands_still_is_a_trouble_of_its_own(tmp_path: Path) -> None:
    export = synced()
    _healthy(export)
    victim = _no_reason(export, "victim@example.org")
    export.tables["CronTrigger"] = [("08e000000000001AAA", "Primary sync", "DELETED", EARLIER)]
    document = answer(export.write(tmp_path))
    assert causes(document) == {victim: "primary_sync_not_running"}


def test_the_age_of_a_list_is_taken_at_the_moment_of_the_export(tmp_path: Path) -> None:
    export = synced()
    _healthy(export)
    folder = export.write(tmp_path)
    assert statuses(answer(folder))["primary_sync_not_running"] == "ok"
    later = answer(folder, "--as-of", "2026-11-22T11:30:00Z")
    assert statuses(later)["primary_sync_not_running"] == "trouble"


def test_by_lookup_alone_a_membership_that_names_nobody_is_a_trouble(tmp_path: Path) -> None:
    export = synced()
    _healthy(export)
    export.tables["Contact"] = [row for row in export.tables["Contact"] if not row[1].startswith("twins")]
    victim = export.contact("victim@example.org")
    export.member("victim@example.org")
    (tmp_path / "sfoptlint.yml").write_text("policy: {link: lookup}\n", encoding="utf-8")
    document = answer(export.write(tmp_path / "data"))
    assert causes(document) == {victim: "no_membership"}


def test_the_contact_of_a_converted_lead_that_holds_the_membership(tmp_path: Path) -> None:
    export = synced()
    victim = export.contact("victim@example.org")
    lead = export.lead("victim@example.org", converted=True, became=victim, ticked=True)
    export.member("victim@example.org", lead=lead)
    (tmp_path / "sfoptlint.yml").write_text("policy: {link: lookup}\n", encoding="utf-8")
    assert causes(answer(export.write(tmp_path / "data"))) == {victim: "converted_lead"}


def _rule(condition: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ValidationRule xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Needs_Phone</fullName>
    <active>true</active>
    <errorConditionFormula>{condition}</errorConditionFormula>
    <errorMessage>No</errorMessage>
</ValidationRule>
"""


@pytest.mark.parametrize(
    ("condition", "cause"),
    [
        ("ISBLANK(Phone)", "blocked_by_automation"),
        ("AND(HasOptedOutOfEmail, ISCHANGED(HasOptedOutOfEmail))", "blocked_by_automation"),
        ("NOT(ISBLANK(Phone))", "unknown"),
        ("ISBLANK(Fax)", "unknown"),
    ],
)
def test_a_rule_is_asked_about_the_persons_own_values(tmp_path: Path, condition: str, cause: str) -> None:
    export = synced()
    _healthy(export)
    victim = _rejected(export, "victim@example.org")
    org = tmp_path / "org"
    write(org, {"objects/Contact/validationRules/Needs_Phone.validationRule-meta.xml": _rule(condition)})
    document = answer(export.write(tmp_path / "data"), "--metadata", str(org))
    assert causes(document) == {victim: cause}


@pytest.mark.parametrize(("condition", "status"), [("ISBLANK(Fax)", "unknown"), ("NOT(ISBLANK(Phone))", "ok")])
def test_a_check_that_the_data_does_not_answer_is_not_ok(tmp_path: Path, condition: str, status: str) -> None:
    export = synced()
    _rejected(export, "victim@example.org")
    org = tmp_path / "org"
    write(org, {"objects/Contact/validationRules/Needs_Phone.validationRule-meta.xml": _rule(condition)})
    document = answer(export.write(tmp_path / "data"), "--metadata", str(org))
    assert {c["check"]: c["status"] for c in document["checks"]}["blocked_by_automation"] == status


def test_the_blast_radius_counts_whom_a_rule_keeps(tmp_path: Path) -> None:
    export = synced()
    for at in range(3):
        _rejected(export, f"victim{at}@example.org")
    export.contact("other@example.org", phone="1")
    org = tmp_path / "org"
    write(org, {"objects/Contact/validationRules/Needs_Phone.validationRule-meta.xml": _rule("ISBLANK(Phone)")})
    folder = export.write(tmp_path / "data")
    (radius,) = answer(folder, "--metadata", str(org))["blast_radius"]
    assert (radius["artifact"], radius["count"], radius["undecided"]) == ("ValidationRule:Contact.Needs_Phone", 3, 0)
    assert radius["condition"] == "Phone is blank"
    told = run(folder, "--metadata", str(org)).stdout
    assert "3 Contact records cannot be opted out because of ValidationRule:Contact.Needs_Phone: Phone is blank" in told


def test_a_sync_user_who_may_not_edit_the_box(tmp_path: Path) -> None:
    export = synced()
    _healthy(export)
    victim = _no_reason(export, "victim@example.org")
    org = tmp_path / "org"
    write(
        org,
        {
            "sfoptlint.yml": "sync_user: {profile: Sync, permission_sets: []}\n",
            "profiles/Sync.profile-meta.xml": (
                '<Profile xmlns="http://soap.sforce.com/2006/04/metadata"><fieldPermissions><editable>false</editable>'
                "<field>Contact.HasOptedOutOfEmail</field><readable>true</readable></fieldPermissions></Profile>"
            ),
        },
    )
    document = answer(export.write(tmp_path / "data"), "--metadata", str(org))
    assert causes(document) == {victim: "not_editable"}


def test_without_lists_and_jobs_it_says_where_to_look(tmp_path: Path) -> None:
    export = Export()
    _healthy(export)
    document = answer(export.write(tmp_path))
    unknown = {check for check, status in statuses(document).items() if status == "unknown"}
    assert {"primary_sync_not_running", "refresh_fails", "option_off", "not_editable"} <= unknown
    assert document["people"] == []


def test_the_text_has_one_sentence_for_each_person(tmp_path: Path) -> None:
    export = synced()
    _healthy(export)
    victim = _twin_contact(export, "victim@example.org")
    told = run(export.write(tmp_path)).stdout
    assert f"Contact {victim}: the box is not ticked (duplicate_email): the same address is on " in told
    assert "what to do: merge the duplicates" in told
    assert LIST not in told


def test_the_bundle_is_listed_then_written_without_an_address(tmp_path: Path) -> None:
    export = synced()
    _twin_contact(export, "victim@example.org")
    org = tmp_path / "org"
    rule = _rule("ISBLANK(Phone)").replace("<errorMessage>No", "<errorMessage>Ask helper@example.org")
    config = "suppress: [{artifact: 'Layout:X', rule: OPT601, reason: ask helper@example.org}]\n"
    write(org, {"sfoptlint.yml": config, "objects/Contact/validationRules/Needs_Phone.validationRule-meta.xml": rule})
    target = tmp_path / "bundle.zip"
    result = run(export.write(tmp_path / "data"), "--metadata", str(org), "--bundle", str(target))
    with ZipFile(target) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert list(texts) == ["checks.json", "doctor.json", "sfoptlint.yml", "verdicts.json", "versions.json"]
    assert "example.org" not in "".join(texts.values())
    assert "ValidationRule:Contact.Needs_Phone" in texts["verdicts.json"]
    assert [line.split()[0] for line in result.stderr.splitlines()[1:]] == list(texts)
