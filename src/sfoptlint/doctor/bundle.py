"""The support bundle: what somebody who helps needs to see, without anybody's address."""

import json
import platform
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sfoptlint import __version__
from sfoptlint.clients.redaction import mask
from sfoptlint.doctor.examination import Examination
from sfoptlint.doctor.rendering import as_json
from sfoptlint.judge.family import Judgement

_STAMP = (1980, 1, 1, 0, 0, 0)
"""The same bundle has the same bytes."""


def bundle(found: Examination, judged: tuple[Judgement, ...] | None, config: Path) -> Mapping[str, str]:
    """Return the texts of the bundle by name."""
    files = {
        "versions.json": _text({"sfoptlint": __version__, "python": platform.python_version()}),
        "doctor.json": mask(as_json(found)) + "\n",
        "checks.json": _text({check.check: f"{check.status} ({check.count})" for check in found.checks}),
    }
    if config.is_file():
        files["sfoptlint.yml"] = mask(config.read_text(encoding="utf-8", errors="replace"))
    if judged is not None:
        files["verdicts.json"] = mask(_text(_verdicts(judged)))
    return dict(sorted(files.items()))


def listing(files: Mapping[str, str]) -> list[str]:
    """Return a line for each file: its name and how much it holds."""
    return [f"  {name} ({len(text.encode()):,} bytes)" for name, text in files.items()]


def write(files: Mapping[str, str], target: Path) -> None:
    """Write the bundle as a zip."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name, _STAMP), text.encode(), ZIP_DEFLATED)


def _verdicts(judged: tuple[Judgement, ...]) -> object:
    rows = [row for judgement in judged for row in judgement.rows]
    counts = Counter(f"{row.artifact.type} {row.effect} {row.verdict}" for row in rows)
    harmful = sorted(
        f"{row.artifact} {row.object} {row.direction} {row.effect} {row.verdict}"
        for row in rows
        if row.verdict.value in ("always", "sometimes", "unknown")
    )
    return {"counts": dict(sorted(counts.items())), "harmful_or_unknown": harmful}


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
