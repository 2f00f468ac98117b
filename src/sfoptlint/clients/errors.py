"""What can go wrong between us and a service. No message holds an address or a token."""

from enum import StrEnum

from sfoptlint.clients.redaction import mask


class ClientError(Exception):
    """Any failure of a service or of the way to it."""


class FailureKind(StrEnum):
    """How no answer came."""

    CONNECT = "connect"
    """No connection was made: nothing was carried out."""
    TLS = "tls"
    """The other side could not prove who it is: nothing was sent."""
    TIMEOUT = "timeout"
    """It took too long: what was asked may have been carried out."""
    RESET = "reset"
    """The connection broke: what was asked may have been carried out."""
    BROKEN_BODY = "broken_body"
    """The answer broke off or could not be unpacked: what was asked was carried out, perhaps."""


class TransportError(ClientError):
    """No answer came, or not the whole of it."""

    def __init__(self, kind: FailureKind, message: str) -> None:
        self.kind = kind
        self.message = mask(message)
        super().__init__(f"{kind}: {self.message}")

    @property
    def maybe_done(self) -> bool:
        """Whether what was asked may have been carried out all the same."""
        return self.kind not in {FailureKind.CONNECT, FailureKind.TLS}


class BrokenAnswerError(ClientError):
    """An answer came, and it is not what the service documents: a proxy's page, half a document."""


class ExhaustedError(ClientError):
    """The requests or the time that we may use are used up: the run has to stop."""


class ApiError(ClientError):
    """The service answered no. `code` is its own word or number for it, else the HTTP status."""

    def __init__(self, status: int, code: str, message: str, fields: tuple[str, ...] = ()) -> None:
        self.status = status
        self.code = code
        self.message = mask(message)
        self.fields = fields
        super().__init__(f"{code}: {self.message}" if message else code)
