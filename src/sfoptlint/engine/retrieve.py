"""Fetches what lint reads from an org into a folder, batch by batch; a run that broke off goes on where it was."""

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Protocol
from zipfile import BadZipFile, ZipFile

from sfoptlint.core.errors import UsageError
from sfoptlint.metadata.manifest import BATCHES, Members

STATE = ".sfoptlint-retrieve.json"
"""Names the batches that are there already; it is gone when all are."""
_MANIFEST = "package.xml"


class Api(Protocol):
    """What answers a retrieve."""

    def retrieve(self, members: Members) -> tuple[bytes, tuple[str, ...]]:
        """Return a zip of these components, and what could not be retrieved."""
        ...


def retrieve(api: Api, into: Path, say: Callable[[str], None], batches: Mapping[str, Members] = BATCHES) -> int:
    """Fetch every batch that is not there yet, and return how many files were written; raises UsageError."""
    done = _begun(into)
    written = 0
    for name, members in batches.items():
        if name in done:
            say(f"{name}: is there already")
            continue
        archive, messages = api.retrieve(members)
        files = _unpack(archive, into)
        written += files
        done.append(name)
        (into / STATE).write_text(json.dumps({"done": done}) + "\n", encoding="utf-8")
        say(f"{name}: {files} files")
        for message in messages:
            say(f"  {message}")
    (into / STATE).unlink(missing_ok=True)
    return written


def _begun(into: Path) -> list[str]:
    into.mkdir(parents=True, exist_ok=True)
    state = into / STATE
    if not state.is_file():
        if any(into.iterdir()):
            raise UsageError(f"--into {into}: is not empty; name a new folder")
        return []
    try:
        done = json.loads(state.read_text(encoding="utf-8"))["done"]
        return [str(name) for name in done]
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"{state}: is broken; delete it to begin anew") from None


def _unpack(archive: bytes, into: Path) -> int:
    """Write the files of a retrieve below the folder, without the folder that it puts them in."""
    try:
        with ZipFile(BytesIO(archive)) as opened:
            names = [name for name in opened.namelist() if not name.endswith("/")]
            files = {name: opened.read(name) for name in names}
    except BadZipFile:
        raise UsageError("the org's answer is no zip; run the command again") from None
    count = 0
    for name, content in files.items():
        path = PurePosixPath(name.replace("\\", "/"))
        parts = path.parts[1:] if path.parts[0] == "unpackaged" else path.parts
        if path.is_absolute() or ".." in parts or not parts:
            raise UsageError(f"the org's answer holds the path {name}, which leads out of the folder")
        if parts[-1] == _MANIFEST:
            continue
        target = into.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    return count
