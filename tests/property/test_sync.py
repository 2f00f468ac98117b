"""The sync's promises under a state machine: see `tests/sync/machine.py`."""

from hypothesis import settings

from tests.sync.machine import SyncMachine

EXAMPLES = 300 if settings.default is None or settings.default.max_examples < 1000 else 5000

TestSync = SyncMachine.TestCase
TestSync.settings = settings(max_examples=EXAMPLES, stateful_step_count=25)
