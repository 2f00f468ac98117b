"""`make bench`: prints each figure as a ratio to its floor, with the bound it should keep."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import apex_parse, apex_triggers, flows, formulas, full_refresh, reconcile, rules, simulate
from bench.large_org import STAGED_LAYOUT, layout, write_large_org
from bench.measure import typical

_LINT = [sys.executable, "-m", "sfoptlint", "lint"]
_FLOOR = [sys.executable, str(Path(__file__).with_name("floor.py")), "."]
_IMPORTS = [sys.executable, "-c", "import lxml.etree, yaml"]


def main() -> None:
    """Measure formulas, a whole large org, and one staged layout in its repository."""
    formulas.main()
    print(apex_parse.report())
    print(apex_triggers.report())
    print(reconcile.report(reconcile.PEOPLE))
    print(flows.report())
    print(full_refresh.report())
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        files = write_large_org(root)
        print(f"generated org: {files} files")
        print(rules.report(root))
        print(simulate.report(root))
        whole_org(root)
        staged_layout(root)


def whole_org(root: Path) -> None:
    """CPU seconds of a lint of everything against walking, reading and parsing the same files."""
    floor = typical(_FLOOR, root, runs=3)
    lint = typical([*_LINT, ".", "--format", "json"], root, runs=3)
    print(
        f"whole org: {lint.cpu:.2f} s CPU, floor {floor.cpu:.2f} s, ratio {lint.cpu / floor.cpu:.2f} (at most 3); "
        f"peak {lint.peak:.0f} MiB, floor {floor.peak:.0f} MiB"
    )


def staged_layout(root: Path) -> None:
    """Wall time of the pre-commit hook's command against starting Python with lxml and yaml."""
    _git(root, "init", "--quiet")
    _git(root, "config", "gc.auto", "0")
    _git(root, "add", "--all")
    _git(root, "-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "--quiet", "--message", "org")
    (root / STAGED_LAYOUT).write_text(layout(0, with_list=False) + "<!-- changed -->\n", encoding="utf-8")
    _git(root, "add", "--all")
    floor = typical(_IMPORTS, root, runs=9)
    staged = typical([*_LINT, "--staged"], root, runs=9)
    ratio = staged.wall / floor.wall
    print(
        f"one staged layout: {1000 * staged.wall:.0f} ms wall, floor {1000 * floor.wall:.0f} ms, "
        f"ratio {ratio:.2f} (at most 4); peak {staged.peak:.0f} MiB"
    )


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True)


if __name__ == "__main__":
    main()
