"""Ids of records that a flow makes while it is simulated: of valid form, the same each time."""

from zlib import crc32

_PREFIXES = {
    "account": "001",
    "campaign": "701",
    "campaignmember": "00v",
    "case": "500",
    "contact": "003",
    "event": "00U",
    "lead": "00Q",
    "opportunity": "006",
    "task": "00T",
    "user": "005",
}
"""The first three characters of an Id, by object in lower case (Salesforce Help, Standard Field Record ID Prefix Decoder)."""
_CUSTOM = "a00"


def made_id(object_: str, place: str) -> str:
    """Return the Id of the record of this object that is made at a place; of 18 characters."""
    return f"{_PREFIXES.get(object_.casefold(), _CUSTOM)}{crc32(place.encode()):012d}AAA"
