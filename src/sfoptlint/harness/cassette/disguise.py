"""Addresses replaced so that whatever a sync looks at stays: the same address is the same, in each spelling its own.

An address becomes letters made by a keyed hash of its normalised parts; the pattern of its case, its `+tag` and which addresses
share a domain stay. Without the key nobody gets back, and the key is never written.
"""

import hmac
from hashlib import sha256
from typing import Final

from sfoptlint.clients.redaction import ADDRESS

DOMAIN: Final = ".example"
_LETTERS: Final = "abcdefghijklmnop"
_LENGTH: Final = 12


class Disguise:
    """Replaces addresses under one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @property
    def name(self) -> str:
        """How a cassette says that it was redacted, and with which key: a few characters of a hash of it."""
        return f"hmac-sha256, key {sha256(b'key id' + self._key).hexdigest()[:4]}"

    def text(self, text: str) -> str:
        """Return a text with every address replaced; `%40` for `@` stays what it is."""
        return ADDRESS.sub(lambda found: self._spelt(found[0]), text)

    def address(self, address: str) -> str:
        """Return what stands for one address."""
        local, _, domain = address.rpartition("@")
        person, plus, tag = local.partition("+")
        parts = self._part("local", person)
        if plus:
            parts += plus + (self._part("tag", tag) if tag else "")
        return f"{parts}@{self._part('domain', domain)}{DOMAIN}"

    def _spelt(self, found: str) -> str:
        if "@" in found:
            return self.address(found)
        from urllib.parse import quote, unquote  # noqa: PLC0415 - few texts hold an address in a URL's spelling

        return quote(self.address(unquote(found)), safe="")

    def _part(self, kind: str, part: str) -> str:
        digest = hmac.new(self._key, f"{kind}:{part.lower()}".encode(), sha256).digest()
        letters = "".join(_LETTERS[byte & 15] for byte in digest[:_LENGTH])
        upper = {at % _LENGTH for at, sign in enumerate(part) if sign.isupper()}
        return "".join(letter.upper() if at in upper else letter for at, letter in enumerate(letters))
