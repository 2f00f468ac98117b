"""The maintenance log's words: why something is not as it should be, and what a person can do about it."""

from dataclasses import dataclass
from enum import StrEnum


class IssueCause(StrEnum):
    """Why. Where the doctor knows the cause too it has the same word."""

    DUPLICATE_EMAIL = "duplicate_email"
    BLOCKED = "blocked_by_automation"
    REVERTED = "reverted_by_automation"
    NOT_EDITABLE = "not_editable"
    CONVERTED_LEAD = "converted_lead"
    REFRESH_FAILS = "refresh_fails"
    SYNC_NOT_RUNNING = "primary_sync_not_running"
    STALE_MEMBERSHIP = "stale_membership"
    UNKNOWN = "unknown"
    LIST_INCOMPLETE = "list_incomplete"
    LIST_GONE = "list_gone"
    LIST_NOT_SYNCED = "list_not_synced"
    UNKNOWN_STATE = "unknown_state"
    WITHHELD = "withheld"
    RECORD_LOCKED = "record_locked"
    ROW_BUSY = "row_busy"
    RECORD_GONE = "record_gone"
    UNANSWERED = "unanswered"
    UNEXPLAINED = "unexplained_opt_out"
    RESUBSCRIBED = "resubscribed"
    NOT_UNSUBSCRIBED = "not_unsubscribed"
    NOT_ADDED = "not_added"
    SERVICE = "service_failure"


REMEDIES = {
    IssueCause.DUPLICATE_EMAIL: "merge the records, or give each its own address",
    IssueCause.BLOCKED: "let the sync user pass the automation that the message names; `sfoptlint lint` finds it",
    IssueCause.REVERTED: "find what writes the box after the save with `sfoptlint lint`, and make it leave the opt-out alone",
    IssueCause.NOT_EDITABLE: "give the sync user edit access to the field and the object",
    IssueCause.CONVERTED_LEAD: "none: a converted lead is never written; look at the contact it became",
    IssueCause.REFRESH_FAILS: "look at the code; 401 means that the key or the list is not ours",
    IssueCause.SYNC_NOT_RUNNING: "schedule the primary sync",
    IssueCause.STALE_MEMBERSHIP: "none: the address is no longer on the list, and its membership was dropped",
    IssueCause.UNKNOWN: "look at the code and the message",
    IssueCause.LIST_INCOMPLETE: "run the sync again; nothing was concluded from what came of the list",
    IssueCause.LIST_GONE: "run a full refresh, which drops the memberships of lists that are gone",
    IssueCause.LIST_NOT_SYNCED: "none if it is meant; otherwise clear Prevent Member Sync on the list",
    IssueCause.UNKNOWN_STATE: "none: a state that is not known prevents the opt-out",
    IssueCause.WITHHELD: "run the sync again once every list can be loaded",
    IssueCause.RECORD_LOCKED: "finish the approval, or let the sync user edit locked records",
    IssueCause.ROW_BUSY: "none: the next run tries again; if it stays, look for jobs at the same hour",
    IssueCause.RECORD_GONE: "none: the record was deleted or merged into another",
    IssueCause.UNANSWERED: "none: the next run reads the record before it writes again",
    IssueCause.UNEXPLAINED: "none: nobody is opted back in; look at who ticked the box if it is not meant",
    IssueCause.RESUBSCRIBED: "set policy.clear_on_resubscribe and run with --allow-opt-in if it is meant",
    IssueCause.NOT_UNSUBSCRIBED: "unsubscribe the address in Campaign Monitor by hand",
    IssueCause.NOT_ADDED: "look at the code: 204 suppressed, 205 deleted, 206 unsubscribed, 207 bounced, 208 unconfirmed",
    IssueCause.SERVICE: "look at the code; run the sync again",
}

_BY_CODE = {
    "FIELD_CUSTOM_VALIDATION_EXCEPTION": IssueCause.BLOCKED,
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY": IssueCause.BLOCKED,
    "CANNOT_EXECUTE_FLOW_TRIGGER": IssueCause.BLOCKED,
    "DUPLICATES_DETECTED": IssueCause.BLOCKED,
    "REQUIRED_FIELD_MISSING": IssueCause.BLOCKED,
    "FIELD_FILTER_VALIDATION_EXCEPTION": IssueCause.BLOCKED,
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST": IssueCause.BLOCKED,
    "INVALID_FIELD": IssueCause.NOT_EDITABLE,
    "INVALID_FIELD_FOR_INSERT_UPDATE": IssueCause.NOT_EDITABLE,
    "INSUFFICIENT_ACCESS_OR_READONLY": IssueCause.NOT_EDITABLE,
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": IssueCause.NOT_EDITABLE,
    "INSUFFICIENT_ACCESS": IssueCause.NOT_EDITABLE,
    "CANNOT_UPDATE_CONVERTED_LEAD": IssueCause.CONVERTED_LEAD,
    "ENTITY_IS_LOCKED": IssueCause.RECORD_LOCKED,
    "UNABLE_TO_LOCK_ROW": IssueCause.ROW_BUSY,
    "ENTITY_IS_DELETED": IssueCause.RECORD_GONE,
    "INVALID_CROSS_REFERENCE_KEY": IssueCause.RECORD_GONE,
    "NOT_FOUND": IssueCause.RECORD_GONE,
}


def cause_of(code: str) -> IssueCause:
    """Return the cause behind a status code of a save (SOAP API Developer Guide, StatusCode)."""
    return _BY_CODE.get(code, IssueCause.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Issue:
    """One line of the maintenance log. `record` is an id of a record or a list, never an address; times are UTC, ISO 8601."""

    cause: IssueCause
    record: str
    evidence: str
    first_seen: str
    last_seen: str
    closed: str = ""

    @property
    def remedy(self) -> str:
        """Return what a person can do."""
        return REMEDIES[self.cause]
