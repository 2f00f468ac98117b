"""What a service's failure is called where the run says it."""

import pytest

from sfoptlint.clients.campaign_monitor.calls import Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import ApiKey
from sfoptlint.clients.errors import FailureKind, TransportError
from sfoptlint.clients.wire import Request, Response
from sfoptlint.sync.services import CampaignMonitorService
from sfoptlint.sync.sides import SideError


class _Nobody:
    def send(self, request: Request) -> Response:
        raise TransportError(FailureKind.CONNECT, f"{request.method} nowhere")


def test_how_no_answer_came_is_said_once() -> None:
    service = CampaignMonitorService(CampaignMonitor(Calls(_Nobody(), ApiKey("key"))), "client")
    with pytest.raises(SideError, match=r"^connect: GET nowhere$"):
        service.lists()
