"""Law: the SQL text on DuckDB counts what the plain reference counts, whatever the world, the policy and the export's forms."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given

from sfoptlint.core.settings import Policy
from sfoptlint.reconcile.render import as_json
from tests.reconcile.reference import MadeUp, counts
from tests.reconcile.running import reconciled
from tests.reconcile.worlds import ENDS, FLAGS, FORMS, POLICIES, WORLDS, written


@given(WORLDS, POLICIES, FLAGS, FORMS, ENDS)
@example(MadeUp([], []), Policy(), ("true", "false"), "%Y-%m-%d", "\r\n")
def test_the_text_agrees_with_the_reference(
    world: MadeUp, policy: Policy, flags: tuple[str, str], form: str, end: str
) -> None:
    with TemporaryDirectory() as folder:
        found = json.loads(as_json(reconciled(written(Path(folder), world, flags, form, end), policy)))
    found["reasons"] = {reason: count for reason, count in found["reasons"].items() if count}
    assert found == {"schema": "sfoptlint-reconcile/1", **counts(world, policy), "rows_file": None}
