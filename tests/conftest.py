"""What all tests share.

Goldens: a whole output compared with a file, rewritten by `make accept`. Hypothesis: few examples in `make test`, many in
`make fuzz`; no deadline, for the machine may be busy.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

GOLDEN = Path(__file__).parent / "golden"
FIXTURES = Path(__file__).parent.parent / "fixtures"

settings.register_profile("short", max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("short")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --accept, which writes what the code says today into the goldens."""
    parser.addoption("--accept", action="store_true", help="rewrite the goldens; read the diff before you commit it")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a check of a text against the golden file of this name."""

    def check(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--accept"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert text == file.read_bytes().decode(), f"{name} differs; `make accept` rewrites it"

    return check
