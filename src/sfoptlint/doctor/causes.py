"""The causes that a person's box is not as it should be, each with its remedy."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """What the checklist asks, one after the other, and what a person's answer names."""

    DUPLICATE_EMAIL = "duplicate_email"
    ACTIVE_MEMBERSHIP = "active_membership"
    BOUNCED = "bounced"
    NOT_EDITABLE = "not_editable"
    REFRESH_FAILS = "refresh_fails"
    PRIMARY_SYNC_NOT_RUNNING = "primary_sync_not_running"
    OPTION_OFF = "option_off"
    MIXED_STATES = "mixed_states"
    STALE_MEMBERSHIP = "stale_membership"
    BLOCKED_BY_AUTOMATION = "blocked_by_automation"
    REVERTED_BY_AUTOMATION = "reverted_by_automation"
    CONVERTED_LEAD = "converted_lead"
    NO_MEMBERSHIP = "no_membership"
    UNKNOWN = "unknown"


REMEDIES: Mapping[Cause, str] = {
    Cause.DUPLICATE_EMAIL: "merge the duplicates, or tick the box of each: the sync links an address to one of them",
    Cause.ACTIVE_MEMBERSHIP: "unsubscribe the person from that list in Campaign Monitor, then let the primary sync run",
    Cause.BOUNCED: "correct the address, or unsubscribe it from that list: a bounced membership is no opt-out",
    Cause.NOT_EDITABLE: "give the sync user edit access to the field and the object, by profile or permission set",
    Cause.REFRESH_FAILS: "open the membership and press Refresh; where that fails, delete it and run a full refresh",
    Cause.PRIMARY_SYNC_NOT_RUNNING: "start the primary sync on the sync settings page; it should run every hour",
    Cause.OPTION_OFF: "switch the email opt-out option on, in the general settings of Campaign Monitor for Salesforce",
    Cause.MIXED_STATES: (
        "look at the membership related list: one box cannot show several states; unsubscribe the person from the other"
        " lists if that is meant"
    ),
    Cause.STALE_MEMBERSHIP: (
        "run a full refresh: it reloads the memberships and then runs the opt-out job; where the list's members are not"
        " synced, let them be synced first"
    ),
    Cause.BLOCKED_BY_AUTOMATION: "exempt the sync user from what rejects the save, or correct the record",
    Cause.REVERTED_BY_AUTOMATION: "let what writes the box leave an opt-out alone",
    Cause.CONVERTED_LEAD: "tick the box of the contact that the lead became: a converted lead is not written any more",
    Cause.NO_MEMBERSHIP: "run a full refresh, so that the membership is linked to the person",
    Cause.UNKNOWN: "look into the maintenance screen for messages about this record, then run a full refresh",
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why one person's box is as it is. `cause` is None where it is as it should be; `also` holds what else is amiss.

    `evidence` completes the sentence "the box is not ticked because ...".
    """

    cause: Cause | None
    evidence: str
    also: tuple[Cause, ...] = ()

    @property
    def remedy(self) -> str:
        """What to do; empty where nothing is to be done."""
        return REMEDIES[self.cause] if self.cause else ""
