"""Law: the SQL text on DuckDB finds what the plain reference finds, whatever the world, the policy and the export's forms."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given

from sfoptlint.core.settings import Policy
from tests.reconcile.reference import MadeUp, counts, rows
from tests.reconcile.running import TODAY, as_the_reference, listed, reconciled
from tests.reconcile.worlds import ENDS, FLAGS, FORMS, POLICIES, WORLDS, written


@given(WORLDS, POLICIES, FLAGS, FORMS, ENDS)
@example(MadeUp([], []), Policy(), ("true", "false"), "%Y-%m-%d", "\r\n")
def test_the_text_agrees_with_the_reference(
    world: MadeUp, policy: Policy, flags: tuple[str, str], form: str, end: str
) -> None:
    with TemporaryDirectory() as folder:
        listing = Path(folder) / "rows.csv"
        found = reconciled(written(Path(folder), world, flags, form, end), policy, listing)
        assert as_the_reference(found) == counts(world, policy)
        assert listed(listing) == rows(world, policy, TODAY)
