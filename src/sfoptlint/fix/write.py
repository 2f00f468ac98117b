"""Puts new bytes in the place of a file, wholly or not at all."""

import os
from errno import EACCES
from pathlib import Path
from tempfile import mkstemp

_ANYBODY_WRITES = 0o222


def write_whole(file: Path, data: bytes) -> None:
    """Replace a file's content, keeping its mode, and a link a link; raise OSError and leave all as it was otherwise.

    The new content is written beside the file and moved over it, so that no reader sees half of it.
    """
    target = file.resolve()
    mode = target.stat().st_mode
    if not mode & _ANYBODY_WRITES or not os.access(target, os.W_OK):
        raise PermissionError(EACCES, "Permission denied", str(file))
    handle, beside = mkstemp(dir=target.parent, prefix=".sfoptlint-")
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(written.fileno())
        Path(beside).chmod(mode & 0o7777)
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
