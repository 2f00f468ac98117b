"""Validates SARIF against the official schema, which npm carries: outcomes made by hand, the orgs, every bad example.

Not a test that pytest collects: it needs npm, which `make test` looks for. Prints a line for each report, and exits with 1
where one is broken.
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
SHOWN = 5


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


def by_hand() -> Iterator[tuple[str, str]]:
    """Yield the reports of outcomes made by hand, each with a name."""
    from sfoptlint.core.printable import encodable
    from sfoptlint.report.sarif_report import render
    from tests.report.outcomes import broken_file, finding, hostile, on_source, outcome

    outcomes = {
        "nothing found": outcome(),
        "findings": outcome(finding(), broken_file(), on_source("  <a>\u540d\u524d</a>", 3, 3)),
        "a crash": outcome(finding(), crashed=True),
        "hostile text": hostile(),
    }
    for name, made in outcomes.items():
        yield f"by hand: {name}", encodable(render(made))


def linted() -> Iterator[tuple[str, str]]:
    """Yield what the command prints for the orgs under fixtures and for every bad example, each with its folder."""
    for folder in [*sorted(ROOT.glob("fixtures/orgs/*")), *sorted(ROOT.glob("rules/*/bad/*"))]:
        command = [sys.executable, "-m", "sfoptlint", "lint", str(folder), "--format", "sarif", "--fail-on", "never"]
        yield str(folder.relative_to(ROOT)), subprocess.run(command, capture_output=True, check=True).stdout.decode()


def main() -> int:
    """Validate each report and return how many are broken."""
    validator = Draft7Validator(schema())
    broken = 0
    for name, text in (*by_hand(), *linted()):
        errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(text))]
        broken += bool(errors)
        print(f"SARIF {'broken' if errors else 'valid'}: {name}", *errors[:SHOWN], sep="\n  ")
    return broken


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main() > 0)
