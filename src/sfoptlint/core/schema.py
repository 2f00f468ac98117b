"""What is known of a field, the same for standard fields and for custom fields read from metadata."""

from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """The words of `type` in CustomField (Metadata API Developer Guide, CustomField, FieldType).

    `Id` is ours, for the record's own identifier; any word that is not listed reads as UNKNOWN.
    """

    ADDRESS = "Address"
    AUTO_NUMBER = "AutoNumber"
    CHECKBOX = "Checkbox"
    CURRENCY = "Currency"
    DATE = "Date"
    DATE_TIME = "DateTime"
    EMAIL = "Email"
    ENCRYPTED_TEXT = "EncryptedText"
    EXTERNAL_LOOKUP = "ExternalLookup"
    FILE = "File"
    HIERARCHY = "Hierarchy"
    HTML = "Html"
    ID = "Id"
    INDIRECT_LOOKUP = "IndirectLookup"
    LOCATION = "Location"
    LONG_TEXT_AREA = "LongTextArea"
    LOOKUP = "Lookup"
    MASTER_DETAIL = "MasterDetail"
    METADATA_RELATIONSHIP = "MetadataRelationship"
    MULTISELECT_PICKLIST = "MultiselectPicklist"
    NUMBER = "Number"
    PERCENT = "Percent"
    PHONE = "Phone"
    PICKLIST = "Picklist"
    SUMMARY = "Summary"
    TEXT = "Text"
    TEXT_AREA = "TextArea"
    TIME = "Time"
    URL = "Url"
    UNKNOWN = "UNKNOWN"

    @classmethod
    def _missing_(cls, _value: object) -> "FieldType":
        return cls.UNKNOWN


@dataclass(frozen=True, slots=True)
class FieldSchema:
    """One field of one object.

    What is not known claims nothing: `required` is false, a size or `updateable` is None, `values` is empty.

    - `required`: a stored value is never blank. A Checkbox is never blank, whatever this says.
    - `length` in characters; `precision` in digits altogether and `scale` in digits after the point, as in CustomField.
    - `restricted`: no value outside `values` can be stored; when `values` is empty, they are not known.
    - `formula`: its text; a formula field keeps the `type` of its result. `blank_as_zero`: it reads a blank number as zero.
    - `references`: the objects that a look-up can point to; of a long polymorphic list, perhaps not all.
    - `relationship_name`: how a path steps there (`Account`, `Owner`, `Region__r`), not CustomField's
      `relationshipName`, which names the way back.
    - `updateable`: false for what the platform maintains or calculates.
    - `person_account`: a field of Account that only person accounts have; its `required` speaks of them alone.
    """

    name: str
    type: FieldType
    required: bool = False
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    restricted: bool = False
    values: tuple[str, ...] = ()
    formula: str | None = None
    blank_as_zero: bool = False
    unique: bool = False
    references: tuple[str, ...] = ()
    relationship_name: str | None = None
    updateable: bool | None = None
    person_account: bool = False
