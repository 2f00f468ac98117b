"""What the scenarios have to cover, each by one of them at least."""

from typing import Final

_ARTICLE: Final = {
    "duplicates": "no duplicate email addresses in Salesforce",
    "active": "no active membership",
    "bounced": "the subscriber is not bounced",
    "editable": "the field can be edited",
    "refresh": "the Refresh button of a membership succeeds",
    "primary-sync": "the primary sync updates the field",
    "sync-running": "the primary sync is running",
    "full-refresh": "a full refresh reloads, then runs the opt-out job",
    "automation": "triggers, validation rules, processes that stop the update",
    "maintenance": "the maintenance screen lists what went wrong",
}
_CASES: Final = {
    "R1": "all lists unsubscribed",
    "R2": "one active",
    "R3": "bounced and unsubscribed",
    "R4": "deleted alone, under three policies",
    "R5": "unconfirmed",
    "R6": "no membership",
    "R7": "duplicate addresses and linking",
    "R8": "case, white space, plus-addressing",
    "R9": "a converted lead and its contact",
    "R10": "a conversion that loses the opt-out",
    "R11": "a person account",
    "R12": "somebody resubscribes, or changes state between reads",
    "R13": "a list that is gone, or not synced",
    "R14": "on the suppression list alone",
    "R15": "the box ticked by hand",
    "R16": "success that reads back as false",
    "R17": "mixed codes in one chunk",
    "R18": "a busy row, tried again",
    "R19": "an expired token, a rate limit, a list that is not ours",
    "R20": "time zones and summer time",
    "R21": "codes of an import and of an unsubscribe",
    "R22": "events out of order, a renamed subscriber",
    "R23": "the number of rows changes while paging",
    "R24": "an unknown state",
}
_FAULTS: Final = (
    "connect", "dns", "tls", "timeout-before", "timeout-after", "slow", "reset", "gzip", "html-502", "truncated-json",
    "xml-default", "429", "401-100", "401-102", "401-121", "400-203", "500", "empty-page", "rows-shift", "two-states",
    "list-created", "list-deleted", "list-renamed", "unsubscribe-setting", "dst", "zone-changed", "minute-precision",
    "clock-skew", "renamed-address", "suppression-only", "unicode-local-part", "session-expired", "request-limit", "503",
    "UNABLE_TO_LOCK_ROW", "ENTITY_IS_LOCKED", "FIELD_CUSTOM_VALIDATION_EXCEPTION", "CANNOT_EXECUTE_FLOW_TRIGGER",
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "DUPLICATES_DETECTED", "INSUFFICIENT_ACCESS", "INVALID_FIELD",
    "ENTITY_IS_DELETED", "converted-lead", "merge", "partial-success", "locator-expired", "edited-meanwhile", "reverted",
    "individual", "person-account", "hidden-duplicate", "killed", "overlapping", "stale-watermark", "restored-journal",
    "refresh-window", "refresh-during-incremental", "schedule-off", "user-deactivated", "disk-full",
)  # fmt: skip
_OPTIONS: Final = ("write", "allow-opt-in", "unsubscribe", "hold-opted-out", "prevent-member-sync")

COVERAGE: Final = {
    **{f"article:{key}": f"the article: {what}" for key, what in _ARTICLE.items()},
    **{f"case:{key}": f"case {key}: {what}" for key, what in _CASES.items()},
    **{f"fault:{key}": f"fault: {key}" for key in _FAULTS},
    **{f"option:{key}": f"option: {key}" for key in _OPTIONS},
}
"""What each key of `covers` says, in the order of the table."""
