"""One port for both services: their paths never meet."""

from typing import Final

from sfoptlint.clients.wire import Request, Response, Transport

CAMPAIGN_MONITOR_PATH: Final = "/api/v3.3"
_THEIRS: Final = ("/api/", "/oauth/")


class Switch:
    """Sends a request to the service whose path it has."""

    def __init__(self, salesforce: Transport, campaign_monitor: Transport) -> None:
        self._salesforce = salesforce
        self._campaign_monitor = campaign_monitor

    def send(self, request: Request) -> Response:
        """Return the answer of whoever is asked."""
        theirs = request.path.lower().startswith(_THEIRS)
        return (self._campaign_monitor if theirs else self._salesforce).send(request)
