"""The errors that end a run; everything else becomes a finding or a gap."""


class UsageError(Exception):
    """Wrong usage, configuration or input: exit status 2 and this one line on standard error.

    The message names the file or option and says what to do.
    """


class MissingExtraError(UsageError):
    """A command needs a package that an extra brings."""

    def __init__(self, extra: str, needed_for: str) -> None:
        super().__init__(f"{needed_for} needs the extra '{extra}': pip install 'sfoptlint[{extra}]'")
