"""Lets jsforce talk to `harness serve`, for where npm is.

Not a test that pytest collects: it needs npm, which `make test` looks for. It is installed once, into a folder of its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
INSTALLED = ROOT / ".cache" / "jsforce"
PACKAGE = "jsforce@3.10.16"
EXPECTED = [
    "who 005",
    "rows 450 p000@shore.example",
    "describe boolean",
    "update true",
    "refused FIELD_CUSTOM_VALIDATION_EXCEPTION A phone is needed",
    "collection false true",
    "ticked 2",
    "made Made",
    "deleted true",
    "bulk 1 1 0",
]


def install() -> None:
    """Install the package where it is not yet."""
    if (INSTALLED / "node_modules" / "jsforce").is_dir():
        return
    INSTALLED.mkdir(parents=True, exist_ok=True)
    quiet = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save")
    subprocess.run(["npm", "install", *quiet, PACKAGE], cwd=INSTALLED, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Run the program, and return 1 where it does not print what it should."""
    from tests.harness.served import serving

    install()
    with TemporaryDirectory() as folder, serving(Path(folder)) as served:
        program = shutil.copy(Path(__file__).parent / "programs" / "with_jsforce.mjs", INSTALLED)
        environment = {**os.environ, "SALESFORCE": served.salesforce}
        done = subprocess.run(
            ["node", str(program)], check=False, env=environment, capture_output=True, text=True, timeout=120
        )
    said = done.stdout.splitlines()
    print("jsforce:", "as it should be" if said == EXPECTED else "\n".join([*said, done.stderr]))
    return said != EXPECTED


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
