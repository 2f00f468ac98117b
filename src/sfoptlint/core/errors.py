"""The errors that end a run; everything else becomes a finding or a gap."""

from collections.abc import Iterable


class UsageError(Exception):
    """Wrong usage, configuration or input: exit status 2 and this one line on standard error.

    The message names the file or option and says what to do.
    """


class MissingExtraError(UsageError):
    """A command needs a package that an extra brings."""

    def __init__(self, extra: str, needed_for: str) -> None:
        super().__init__(f"{needed_for} needs the extra '{extra}': pip install 'sfoptlint[{extra}]'")


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return a hint to the nearest candidate, or nothing where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only who mistypes waits for it

    near = get_close_matches(word, list(candidates), n=1)
    return f"; did you mean {near[0]}?" if near else ""
