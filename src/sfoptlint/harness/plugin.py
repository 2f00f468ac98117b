"""The pytest plugin: a fixture that opens a world, and a marker that says which.

pytest imports this file in every run of everybody who has sfoptlint installed; so nothing else of ours is imported before a
test asks for the fixture.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sfoptlint.harness.opt_out_world import OptOutWorld

MARKER = (
    "sfoptlint(metadata=PATH, config=FILE, zone=NAME, allow_opt_in=BOOL, unsubscribe_opted_out=BOOL): "
    "the world that opt_out_world opens; a test's own marker goes before its module's"
)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture
def opt_out_world(request: pytest.FixtureRequest, tmp_path: Path) -> "Iterator[OptOutWorld]":
    """Open a Campaign Monitor account and an org with the metadata that the marker sfoptlint names."""
    from sfoptlint.core.errors import UsageError  # noqa: PLC0415 - nobody else's tests shall wait for it
    from sfoptlint.harness.opt_out_world import opt_out_world as opened  # noqa: PLC0415 - likewise

    said: dict[str, object] = {}
    for marker in reversed([*request.node.iter_markers("sfoptlint")]):
        said |= marker.kwargs
    folder = tmp_path / "sfoptlint"
    folder.mkdir()
    try:
        with opened(said, request.config.rootpath, folder) as world:
            yield world
    except UsageError as error:
        pytest.fail(str(error), pytrace=False)
