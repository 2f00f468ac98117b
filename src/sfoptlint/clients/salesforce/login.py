"""How a command comes to a token: from the environment, from the Salesforce CLI, or by a JWT; never from an argument.

Nothing is stored. JWT: OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration (Salesforce Help); the instance's own URL
answers the token request (My Domain).
"""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from sfoptlint.clients.clock import Clock
from sfoptlint.clients.errors import ClientError
from sfoptlint.clients.redaction import mask
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.wire import Request, Transport
from sfoptlint.core.errors import UsageError

ORG_TOKEN = "SFOPTLINT_ORG_TOKEN"  # noqa: S105 - a variable's name
JWT_KEY = "SFOPTLINT_JWT_KEY_FILE"
JWT_CLIENT = "SFOPTLINT_JWT_CLIENT_ID"
JWT_USER = "SFOPTLINT_JWT_USERNAME"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_VALID = timedelta(minutes=3)


def access(org: str, environment: Mapping[str, str], transport: Transport, clock: Clock) -> Access:
    """Return the way into an org: `org` is an alias of the Salesforce CLI, or an instance's URL.

    Raises UsageError where no token can be had.
    """
    if "://" not in org:
        return _from_cli(org)
    url = org.rstrip("/")
    if token := environment.get(ORG_TOKEN):
        return Access(url, token)
    key, client, user = (environment.get(name, "") for name in (JWT_KEY, JWT_CLIENT, JWT_USER))
    if key and client and user:
        flow = JwtFlow(url, Path(key), client, user, transport, clock)
        try:
            return Access(url, flow.token(), flow.token)
        except ClientError as error:
            raise UsageError(f"--org {org}: gives no token for the JWT: {error}; run the command again") from None
    raise UsageError(
        f"--org {org}: set {ORG_TOKEN} in the environment, or {JWT_KEY}, {JWT_CLIENT} and {JWT_USER},"
        " or name an alias of the Salesforce CLI"
    )


@dataclass(frozen=True, slots=True)
class JwtFlow:
    """What a connected app and a user prove by a signature: a token each time it is asked for."""

    url: str
    key_file: Path
    client: str
    user: str
    transport: Transport
    clock: Clock

    def token(self) -> str:
        """Return a fresh token; raise UsageError where the org refuses, ClientError where it does not answer."""
        body = urlencode({"grant_type": _GRANT, "assertion": self._assertion()}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        answer = self.transport.send(Request("POST", f"{self.url}/services/oauth2/token", headers, body)).json()
        fields = answer if isinstance(answer, dict) else {}
        if not fields.get("access_token"):
            reason = fields.get("error_description") or fields.get("error") or "the answer has no token"
            raise UsageError(f"{self.url}: refuses the JWT: {mask(str(reason))}")
        return str(fields["access_token"])

    def _assertion(self) -> str:
        import jwt  # noqa: PLC0415 - comes with an extra

        claims = {"iss": self.client, "sub": self.user, "aud": self.url, "exp": self.clock.now() + _VALID}
        try:
            return jwt.encode(claims, self.key_file.read_text(encoding="ascii"), algorithm="RS256")
        except (OSError, ValueError, TypeError, jwt.PyJWTError):
            raise UsageError(f"{JWT_KEY}: {self.key_file} is no readable private key in PEM form") from None


def _from_cli(alias: str) -> Access:
    """Ask the Salesforce CLI for an org's token (Salesforce CLI Command Reference, org display)."""
    program = shutil.which("sf")
    if program is None:
        raise UsageError(
            f"--org {alias}: the Salesforce CLI `sf` is not on the PATH; name the URL of an instance instead"
        )
    command = [program, "org", "display", "--json", "--target-org", alias]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the arguments are ours
    try:
        shown = json.loads(answer.stdout)["result"]
        return Access(str(shown["instanceUrl"]).rstrip("/"), str(shown["accessToken"]))
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"--org {alias}: `sf org display` gives no token; log in with `sf org login web`") from None
