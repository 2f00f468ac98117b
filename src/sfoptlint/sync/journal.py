"""The journal: what is known of both sides and what was done about it, in SQLite, so that a killed run can be resumed.

Each step is one transaction: it happened whole, or not at all. What a run writes into the org is noted before it is asked for.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sfoptlint.core.errors import UsageError

_SCHEMA = Path(__file__).with_name("schema.sql")
_OWNER = "owner"
_VERSION = 1
"""Of the tables in `schema.sql`; a changed table gets the next number."""


def nothing(step: str) -> None:
    """Stand where a test would stop the run after a step."""


class Journal:
    """An open journal. `reached` is told each step before and after it is durable."""

    def __init__(self, db: sqlite3.Connection, reached: Callable[[str], None] = nothing) -> None:
        self.db = db
        self.reached = reached

    @contextmanager
    def step(self, name: str) -> Iterator[sqlite3.Connection]:
        """Do what stands inside as one transaction."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
            yield self.db
            self.reached(f"{name}: before commit")
        except BaseException:
            self.db.rollback()
            raise
        self.db.commit()
        self.reached(name)

    def get(self, name: str) -> str | None:
        """Return a value by name."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def put(self, name: str, value: str) -> None:
        """Keep a value by name, within the step that is under way."""
        self.db.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value)
        )

    def belong_to(self, owner: str) -> None:
        """Tie the journal to one org and one Campaign Monitor client; raise UsageError where it is another's."""
        known = self.get(_OWNER)
        if known is None:
            with self.step("owner"):
                self.put(_OWNER, owner)
        elif known != owner:
            raise UsageError(f"the journal belongs to {known}, not to {owner}; name another file with --journal")


def open_database(file: Path | str) -> sqlite3.Connection:
    """Open or begin a journal's file; raise UsageError where it is none, or of another version."""
    try:
        db = sqlite3.connect(file, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise UsageError(f"{file}: is no journal: {error}") from error
    try:
        _prepare(db, file)
    except sqlite3.DatabaseError as error:
        db.close()
        raise UsageError(f"{file}: is no journal: {error}") from error
    except UsageError:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, file: Path | str) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA cache_size = -65536")  # 64 MiB, so that millions of memberships cost no more each than thousands
    db.execute("PRAGMA synchronous = NORMAL")  # a power cut may undo the last steps whole; they are then done again
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version not in {0, _VERSION}:
        raise UsageError(f"{file}: was made by another version of sfoptlint; name a new file with --journal")
    db.executescript(_SCHEMA.read_text(encoding="utf-8"))
    db.execute(f"PRAGMA user_version = {_VERSION}")


def _begin(file: Path) -> None:
    """Begin a file that nobody else may read, for it will hold addresses; what SQLite puts beside it is as private."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def leased(file: Path, reached: Callable[[str], None] = nothing) -> Iterator[Journal]:
    """Open a journal for one run alone.

    The lease is a lock that the operating system takes back from a killed process. Raises UsageError while another run has it,
    OSError where there can be no file.
    """
    _begin(file)
    with closing(sqlite3.connect(f"{file}.lease", timeout=0, isolation_level=None)) as lease:
        try:
            lease.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise UsageError(f"{file}: another run is under way; wait for its end") from error
        with closing(open_database(file)) as db:
            yield Journal(db, reached)


@contextmanager
def copied(file: Path, reached: Callable[[str], None] = nothing) -> Iterator[Journal]:
    """Open a copy of a journal that is thrown away afterwards, for a plan."""
    with TemporaryDirectory(prefix="sfoptlint-") as folder, closing(open_database(Path(folder) / "plan")) as copy:
        if file.is_file():
            with closing(open_database(file)) as db:
                db.backup(copy)
        yield Journal(copy, reached)
