"""Where the scenarios are that come with the tool."""

from pathlib import Path

import sfoptlint


def default_folder(here: Path) -> Path:
    """Return the folder of a project's own scenarios where there is one, else of the shipped ones.

    The shipped ones are in the package, or in a checkout beside `src`.
    """
    if here.is_dir():
        return here
    package = Path(sfoptlint.__file__).parent
    installed = package / "scenarios"
    return installed if installed.is_dir() else package.parent.parent / "fixtures" / "scenarios"
