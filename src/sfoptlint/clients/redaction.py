"""Addresses and tokens out of texts that a person may read: messages, logs, traces."""

import re
from typing import Final

ADDRESS: Final = re.compile(
    r"""(?:"[^"\r\n@]{1,64}"|[^\s"'<>()\[\]{},;:=&?/\\@]+)   # the local part, quoted or not
        (?:@|%40)
        [^\s"'<>()\[\]{},;:=&?/\\@]+""",
    re.VERBOSE,
)
"""An email address, plain or in a URL: more than any standard allows, for what is missed is shown."""
SECRET_NAMES: Final = (
    "access_token",
    "refresh_token",
    "client_secret",
    "api_key",
    "apikey",
    "password",
    "assertion",
    "sessionid",
    "sid",
    "id_token",
    "signature",
)
TOKENS: Final = re.compile(
    r"""(?P<scheme>\b(?:Bearer|Basic)\s+)[^\s"',;]+                       # an Authorization header
      | (?P<org>\b00D[A-Za-z0-9]{12,15})!(?:[^\s"'<&,;\\])+               # a Salesforce session id
      | (?P<name>["'<]?\b(?:"""
    + "|".join(SECRET_NAMES)
    + r""")\b["']?\s*[=:>]\s*["']?)[^\s"'<&,;}\\]+                        # a secret by its name: form, JSON, XML""",
    re.VERBOSE | re.IGNORECASE,
)


def mask(text: str) -> str:
    """Return a text with every address and every token taken out."""
    hidden = TOKENS.sub(lambda found: f"{found['scheme'] or found['org'] or found['name']}<secret>", text)
    return ADDRESS.sub("<address>", hidden)
