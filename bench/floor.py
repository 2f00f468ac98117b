"""The floor of a lint run: walk a folder, read and parse with lxml the files that lint parses, and do nothing with them."""

import os
import sys

from lxml import etree

from sfoptlint.core.verdict import OptOutObject
from sfoptlint.metadata.kind import Artefact, Kind, recognise
from sfoptlint.model.project import PAGE_OBJECTS

_OF_AN_OBJECT = (Kind.CUSTOM_OBJECT, Kind.CUSTOM_FIELD, Kind.RECORD_TYPE, Kind.VALIDATION_RULE)
_READ = (Kind.APEX_CLASS, Kind.APEX_TRIGGER)
"""Every class is searched for jobs; hardly one is parsed."""
_PARSED = (
    Kind.APPROVAL_PROCESS,
    Kind.DUPLICATE_RULE,
    Kind.FLEXI_PAGE,
    Kind.FLOW,
    Kind.MUTING_PERMISSION_SET,
    Kind.PERMISSION_SET,
    Kind.PERMISSION_SET_GROUP,
    Kind.PROFILE,
    Kind.WORKFLOW,
)


def main(root: str) -> None:
    """Parse every file that lint would."""
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            artefact = recognise(path)
            if artefact is None or not (_is_parsed(artefact) or artefact.kind in _READ):
                continue
            with open(path, "rb") as file:
                data = file.read()
            if artefact.kind not in _READ:
                etree.fromstring(data)


def _is_parsed(artefact: Artefact) -> bool:
    if artefact.kind is Kind.LAYOUT:
        return artefact.full_name.partition("-")[0] in PAGE_OBJECTS
    if artefact.kind in _OF_AN_OBJECT:
        return artefact.full_name.partition(".")[0] in list(OptOutObject)
    return artefact.kind in _PARSED


if __name__ == "__main__":
    main(sys.argv[1])
