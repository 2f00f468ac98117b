"""The pytest plugin: the worked example passes as a team would run it, and what is wrong is said in one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FIXTURES

TEAM = FIXTURES / "team"


def _pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_worked_example_passes() -> None:
    done = _pytest(TEAM)
    assert "3 passed" in done.stdout, done.stdout + done.stderr


def test_the_readme_shows_the_example_as_it_is() -> None:
    shown = (FIXTURES.parent / "README.md").read_text().partition("```python\n")[2].partition("```")[0]
    example = (TEAM / "tests" / "test_opt_out.py").read_text()
    assert shown
    for part in shown.strip().split("\n\n\n"):
        assert part in example


@pytest.mark.parametrize(
    ("marker", "body", "complaint"),
    [
        ("metadta='x'", "pass", "the marker sfoptlint takes no metadta; did you mean metadata?"),
        ("metadata='nowhere'", "pass", "is not there; metadata is a path from"),
        ("zone='Mars'", "pass", "Mars is no time zone"),
        ("", "opt_out_world.contact('ann', 'ann@example.com', {'Emial': 'x'})", "did you mean Email?"),
        ("", "opt_out_world.sync('primry')", "did you mean primary?"),
    ],
)
def test_what_is_wrong_is_said(marker: str, body: str, complaint: str, tmp_path: Path) -> None:
    test = f"import pytest\n\n@pytest.mark.sfoptlint({marker})\ndef test_it(opt_out_world):\n    {body}\n"
    (tmp_path / "test_it.py").write_text(test)
    done = _pytest(tmp_path)
    assert done.returncode == 1
    assert complaint in done.stdout


FAILING = """
def test_it(opt_out_world):
    opt_out_world.person_account("pat", "pat@example.com")
    opt_out_world.subscriber("News", "pat@example.com", "Unsubscribed")
    opt_out_world.fault("ENTITY_IS_LOCKED", "pat")
    opt_out_world.sync(write=False)
    opt_out_world.wait("1 hour")
    opt_out_world.sync("full-refresh")
    assert opt_out_world.field("pat", "PersonHasOptedOutOfEmail") is False
    opt_out_world.assert_opted_out("pat")
"""


def test_a_failing_assertion_shows_the_maintenance_log(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(FAILING)
    done = _pytest(tmp_path)
    assert "not opted out: pat" in done.stdout
    assert "record_locked pat: ENTITY_IS_LOCKED" in done.stdout


def test_the_policy_and_the_sync_user_of_the_project_hold(tmp_path: Path) -> None:
    (tmp_path / "sfoptlint.yml").write_text("policy: {ignored_states: [Bounced]}\n")
    (tmp_path / "test_it.py").write_text(
        "def test_it(opt_out_world):\n"
        "    opt_out_world.contact('ann', 'ann@example.com')\n"
        "    opt_out_world.subscriber('News', 'ann@example.com', 'Unsubscribed')\n"
        "    opt_out_world.subscriber('Offers', 'ann@example.com', 'Bounced')\n"
        "    opt_out_world.sync()\n"
        "    opt_out_world.assert_opted_out('ann')\n"
    )
    assert "1 passed" in _pytest(tmp_path).stdout


def test_the_plugin_imports_nothing_of_ours_until_it_is_asked() -> None:
    code = (
        "import sys, sfoptlint.harness.plugin; "
        "print(sorted(m for m in sys.modules if m.startswith('sfoptlint') or m in {'requests', 'sqlite3', 'responses'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['sfoptlint', 'sfoptlint.harness', 'sfoptlint.harness.plugin']"
