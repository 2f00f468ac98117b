"""What the tests of the sync share."""

from collections.abc import Iterator

import pytest

from tests.sync.worlds import World


@pytest.fixture
def world() -> Iterator[World]:
    """Return a world that may write."""
    made = World()
    yield made
    made.close()
