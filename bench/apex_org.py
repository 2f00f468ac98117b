"""What judging the triggers of an org costs; `python -m bench.apex_org FOLDER...` for real orgs.

Each figure is that of a process of its own, which opens the folder and judges every trigger and job in it, with the collector set
as the command sets it; the floor is a process that parses every class and trigger.
"""

import sys
from pathlib import Path

from bench.apex_triggers import FLOOR
from bench.measure import typical
from sfoptlint.cli.main import collect_less
from sfoptlint.core.settings import Settings
from sfoptlint.engine.judged import projects_at
from sfoptlint.judge.apex_family import judge

_HERE = "--here"
_JUDGE = [sys.executable, "-m", "bench.apex_org", _HERE]
_CPU, _PEAK = 10, 500


def report(root: Path) -> str:
    """Return the figures of one org on one line."""
    judged = typical([*_JUDGE, str(root)], Path(__file__).parents[1], runs=1)
    floor = typical(FLOOR, root, runs=1)
    return (
        f"triggers of {root.name}: {judged.cpu:.1f} s CPU (at most {_CPU}), floor {floor.cpu:.1f} s, "
        f"ratio {judged.cpu / floor.cpu:.1f}; peak {judged.peak:.0f} MiB (at most {_PEAK})"
    )


def judge_all(root: Path) -> None:
    """Judge the Apex below a folder, and keep nothing of it."""
    collect_less()
    for project in projects_at([root]):
        for _ in judge(project, Settings()):
            pass


if __name__ == "__main__":
    if sys.argv[1:2] == [_HERE]:
        judge_all(Path(sys.argv[2]))
    else:
        for folder in sys.argv[1:]:
            print(report(Path(folder).resolve()), flush=True)
