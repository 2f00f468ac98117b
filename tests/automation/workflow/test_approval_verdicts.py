"""What an approval process does to an update: its locks, and the answers that write the box."""

import pytest

from sfoptlint.core.settings import Settings, SyncUser
from sfoptlint.core.verdict import Cause, Direction, Effect, OptOutObject, Reach
from tests.automation.workflow.verdicts import NEVER, SOMETIMES, judged, verdicts
from tests.memory_orgs import object_permission, permission_set, profile, user_permission
from tests.workflow_files import approval, items, update, workflow

PATH = "approvalProcesses/Contact.Access.approvalProcess-meta.xml"
ACCESS = "ApprovalProcess:Contact.Access"
ANSWER = "<finalApprovalActions><action><name>Untick</name><type>FieldUpdate</type></action></finalApprovalActions>"


def test_a_record_that_waits_is_locked() -> None:
    found = judged({PATH: approval()}, ACCESS)
    assert verdicts(found, Effect.BLOCK) == (SOMETIMES, SOMETIMES)
    assert verdicts(found, Effect.REVERT) == (NEVER, NEVER)
    row = found[Effect.BLOCK, Direction.OPT_OUT]
    assert (row.cause, row.reach, row.replayed) == (Cause.LOCK, Reach.INCIDENTAL, True)
    assert row.witness is not None
    assert row.witness.expect.code == "ENTITY_IS_LOCKED"
    assert row.witness.expect.place == f"{PATH}#pending"


def test_an_inactive_process_and_one_of_another_object_lock_nothing() -> None:
    assert verdicts(judged({PATH: approval(active=False)}, ACCESS), Effect.BLOCK) == (NEVER, NEVER)
    other = "approvalProcesses/Visit__c.Access.approvalProcess-meta.xml"
    assert judged({other: approval()}, "ApprovalProcess:Visit__c.Access") == {}


@pytest.mark.parametrize(
    ("entry", "locks"),
    [
        (items(("Account.IsPersonAccount", "equals", "False"), ("Account.Rating", "equals", "Hot")), False),
        (items(("Account.Rating", "equals", "Hot"), ("Account.IsPersonAccount", "equals", "True")), True),
        ("<formula>AND(Rating = &quot;Hot&quot;, NOT(IsPersonAccount))</formula>", False),
        ("<formula>OR(FALSE, IsPersonAccount)</formula>", True),
        ("<formula>FALSE</formula>", False),
        ("", True),
    ],
)
def test_what_no_person_account_is_ever_submitted_to_locks_none(entry: str, locks: bool) -> None:
    path = "approvalProcesses/Account.Access.approvalProcess-meta.xml"
    settings = Settings(objects=(OptOutObject.ACCOUNT,), person_accounts=True)
    text = approval(f"<entryCriteria>{entry}</entryCriteria>")
    found = judged({path: text}, "ApprovalProcess:Account.Access", "Account", settings)
    expected = (SOMETIMES, SOMETIMES) if locks else (NEVER, NEVER)
    assert verdicts(found, Effect.BLOCK) == expected


def test_what_is_not_read_of_a_process_is_unknown() -> None:
    found = judged({PATH: approval("<novelty/>")}, ACCESS)
    assert verdicts(found, Effect.BLOCK) == (SOMETIMES, SOMETIMES)  # the lock is read all the same
    found = judged({PATH: approval("<novelty/>", active=False)}, ACCESS)
    assert verdicts(found, Effect.BLOCK) == (NEVER, NEVER)


def test_an_answer_that_writes_the_box_overwrites_it() -> None:
    files = {PATH: approval(ANSWER), "workflows/Contact.workflow": workflow(update())}
    assert verdicts(judged(files, ACCESS), Effect.OVERWRITE) == (SOMETIMES, NEVER)
    files |= {PATH: approval(ANSWER, active=False)}
    assert verdicts(judged(files, ACCESS), Effect.OVERWRITE) == (NEVER, NEVER)
    files |= {"workflows/Contact.workflow": workflow(update(field="DoNotCall"))}
    assert {effect for effect, _ in judged(files, ACCESS)} == {Effect.BLOCK, Effect.REVERT}


def test_who_may_modify_all_records_passes() -> None:
    user = SyncUser("Sync", 1, profile="Sync", permission_sets=("More",))
    settings = Settings(objects=(OptOutObject.CONTACT,), sync_user=user)
    plain = profile(object_permission("Contact", edit=True))
    more = permission_set(object_permission("Contact", edit=True, modify_all=True))
    data = profile(object_permission("Contact", edit=True), user_permission("ModifyAllData"))

    def locked(of_profile: str, of_set: str) -> bool:
        files = {PATH: approval(), "profiles/Sync.profile": of_profile, "permissionsets/More.permissionset": of_set}
        return verdicts(judged(files, ACCESS, settings=settings), Effect.BLOCK) == (SOMETIMES, SOMETIMES)

    assert locked(plain, permission_set())
    assert not locked(plain, more)
    assert not locked(data, permission_set())
