"""How we say who we are to an org."""

from collections.abc import Callable
from dataclasses import dataclass, field

API_VERSION = "64.0"


@dataclass(slots=True)
class Access:
    """An org and a token for it. `renew` returns a fresh token once the old one expired; without it the run ends there.

    No password: a token from the environment, from the Salesforce CLI, or from a JWT flow outside of here.
    """

    instance_url: str
    token: str = field(repr=False)
    renew: Callable[[], str] | None = None
    version: str = API_VERSION
