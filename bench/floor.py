"""The floor of a lint run: walk a folder, read and parse with lxml the files that lint parses, and do nothing with them."""

import os
import sys

from lxml import etree

from sfoptlint.metadata.kind import Kind, recognise
from sfoptlint.model.project import PAGE_OBJECTS

_PARSED = (
    Kind.FLEXI_PAGE,
    Kind.LAYOUT,
    Kind.MUTING_PERMISSION_SET,
    Kind.PERMISSION_SET,
    Kind.PERMISSION_SET_GROUP,
    Kind.PROFILE,
)


def main(root: str) -> None:
    """Parse every file that lint would."""
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            artefact = recognise(path)
            if artefact is None or artefact.kind not in _PARSED:
                continue
            if artefact.kind is Kind.LAYOUT and artefact.full_name.partition("-")[0] not in PAGE_OBJECTS:
                continue
            with open(path, "rb") as file:
                etree.fromstring(file.read())


if __name__ == "__main__":
    main(sys.argv[1])
