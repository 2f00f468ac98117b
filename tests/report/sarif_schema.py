"""Validates SARIF of the demo org and of every rule's bad examples against the official schema, which npm carries.

Not a test that pytest collects: it needs npm, which `make test` looks for.
"""

import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jsonschema import Draft7Validator

ROOT = Path(__file__).parents[2]
CACHED = ROOT / ".cache" / "sarif-2.1.0.json"
PACKAGE, INSIDE = "@microsoft/jest-sarif@1.0.0-beta.0", "package/lib/schemas/sarif-2.1.0-rtm.5.json"


def schema() -> Any:
    """Return the official schema, fetched once."""
    if not CACHED.exists():
        CACHED.parent.mkdir(exist_ok=True)
        with TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            (archive,) = Path(folder).glob("*.tgz")
            with tarfile.open(archive) as packed:
                member = packed.extractfile(INSIDE)
                assert member is not None
                CACHED.write_bytes(member.read())
    return json.loads(CACHED.read_text(encoding="utf-8"))


def folders() -> Iterator[Path]:
    """Yield what is linted: the orgs under fixtures, and every bad example."""
    yield from sorted(ROOT.glob("fixtures/orgs/*"))
    yield from sorted(ROOT.glob("rules/*/bad/*"))


def main() -> int:
    """Lint each folder and validate its report; return the number of broken ones."""
    validator = Draft7Validator(schema())
    broken = 0
    checked = 0
    for folder in folders():
        command = [sys.executable, "-m", "sfoptlint", "lint", str(folder), "--format", "sarif", "--fail-on", "never"]
        report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(report)]
        broken += bool(errors)
        checked += 1
        for error in errors[:5]:
            print(f"{folder.relative_to(ROOT)}: {error}")
    print(f"SARIF: {checked} reports checked against the official schema, {broken} broken")
    return broken


if __name__ == "__main__":
    sys.exit(main() > 0)
