"""How we say who we are to Campaign Monitor (API v3.3, Authenticating with Campaign Monitor)."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from sfoptlint.clients.campaign_monitor.records import need
from sfoptlint.clients.errors import ApiError
from sfoptlint.clients.wire import Request, Transport


class Credentials(Protocol):
    """What an Authorization header is made from."""

    def header(self) -> str:
        """Return the header's value."""
        ...

    def renew(self, transport: Transport, base_url: str) -> bool:
        """Get a fresh token where that can be done, and say whether it was."""
        ...

    def secrets(self) -> tuple[str, ...]:
        """Return what no message may hold, not even one in which the service quotes it."""
        ...


@dataclass(frozen=True, slots=True)
class ApiKey:
    """An API key: the user name of Basic authentication, with any password."""

    key: str = field(repr=False)

    def header(self) -> str:
        """Return the header's value."""
        return "Basic " + b64encode(f"{self.key}:x".encode()).decode()

    def renew(self, transport: Transport, base_url: str) -> bool:
        """A key does not expire."""
        return False

    def secrets(self) -> tuple[str, ...]:
        """Return the key."""
        return (self.key,)


@dataclass(slots=True)
class OAuth:
    """A token of OAuth, which expires after two weeks; `renewed` is told the new pair, to be kept for the next run."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    renewed: Callable[[str, str], None] | None = None

    def header(self) -> str:
        """Return the header's value."""
        return f"Bearer {self.access_token}"

    def secrets(self) -> tuple[str, ...]:
        """Return both tokens."""
        return (self.access_token, self.refresh_token)

    def renew(self, transport: Transport, base_url: str) -> bool:
        """Trade the refresh token for a new pair."""
        if not self.refresh_token:
            return False
        site = urlsplit(base_url)
        form = urlencode({"grant_type": "refresh_token", "refresh_token": self.refresh_token})
        response = transport.send(
            Request(
                "POST",
                f"{site.scheme}://{site.netloc}/oauth/token",
                {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
                form.encode(),
            )
        )
        answer = response.json()
        if response.status != 200 or "error" in answer:
            reason = str(answer.get("error_description", "")).replace(self.refresh_token, "<secret>")
            raise ApiError(response.status, str(answer.get("error", "oauth")), reason)
        self.access_token = str(need(answer, "access_token"))
        self.refresh_token = str(need(answer, "refresh_token"))
        if self.renewed:
            self.renewed(self.access_token, self.refresh_token)
        return True
