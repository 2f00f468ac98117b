"""The configuration that a command runs under: the file that was named, or the one at the project's root."""

from pathlib import Path

from sfoptlint.core.settings import CONFIG_NAME, Settings
from sfoptlint.engine.opening import project_root


def config_file(named: str | None, near: Path) -> Path:
    """Return where the configuration is, whether it is there or not."""
    if named:
        return Path(named)
    return (project_root(near) if near.exists() else Path()) / CONFIG_NAME


def configured(named: str | None, near: Path) -> Settings:
    """Return the settings; a file that was named must be there. Raises UsageError."""
    config = config_file(named, near)
    if not named and not config.is_file():
        return Settings()
    from sfoptlint.config import read_settings

    return read_settings(config, config.name)
