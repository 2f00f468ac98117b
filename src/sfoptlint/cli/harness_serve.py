"""`sfoptlint harness serve`: both fakes as a local server."""

from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sfoptlint.cli.configured import configured
from sfoptlint.cli.main import ExitStatus, tell
from sfoptlint.core.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from sfoptlint.clients.wire import Transport

_PATH = click.Path(path_type=Path)


@click.command("serve")
@click.option("--org", "metadata", metavar="PATH", type=_PATH, required=True, help="The org's metadata.")
@click.option("--data", metavar="DIR", type=_PATH, required=True, help="A folder of exports: Contact.csv and so on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0 takes a free one.")
@click.option("--tls", is_flag=True, help="Serve https, with a certificate authority made on the spot.")
@click.option("--seed", type=int, metavar="N", help="Make ids and dates repeatable.")
@click.option("--config", metavar="FILE", help="The configuration: default sfoptlint.yml at the project's root.")
def command(  # noqa: PLR0913, PLR0917 - an option each
    metadata: Path, data: Path, port: int, tls: bool, seed: int | None, config: str | None
) -> ExitStatus:
    """Serve a fake Salesforce org and a fake Campaign Monitor on loopback, until interrupted.

    Every write to the org is saved through the order of execution with the metadata at PATH.

    Example: sfoptlint harness serve --org force-app --data export --port 0 --tls
    """
    from sfoptlint.harness.local.fakes import fakes

    if not metadata.exists():
        raise UsageError(f"--org {metadata}: is not there; name a folder or a zip of metadata")
    settings = configured(config, metadata)
    with fakes(metadata, data, settings, seed, tell) as switch:
        return serve(switch, port, tls=tls)


def serve(transport: "Transport", port: int, *, tls: bool) -> ExitStatus:
    """Print where a transport is served, serve it until SIGINT or SIGTERM comes, and return."""
    import signal
    from tempfile import TemporaryDirectory
    from threading import Event

    from sfoptlint.harness.local.server import LocalServer
    from sfoptlint.harness.local.switch import CAMPAIGN_MONITOR_PATH

    stopped = Event()
    with ExitStack() as stack:
        for number in (signal.SIGINT, signal.SIGTERM):
            stack.callback(signal.signal, number, signal.signal(number, lambda *_: stopped.set()))
        context, authority = None, None
        if tls:
            if find_spec("trustme") is None:
                raise MissingExtraError("harness", "--tls")
            from sfoptlint.harness.local.authority import certify

            context, authority = certify(Path(stack.enter_context(TemporaryDirectory(prefix="sfoptlint-"))))
        try:
            server = LocalServer(transport, port, context, tell)
        except OSError as error:
            raise UsageError(f"--port {port}: {error.strerror}; name another, or 0 for a free one") from None
        stack.callback(server.close)
        server.start()
        click.echo(f"salesforce {server.url}")
        click.echo(f"campaign-monitor {server.url}{CAMPAIGN_MONITOR_PATH}")
        if authority is not None:
            click.echo(f"ca {authority}")
        click.echo("ready")
        stopped.wait()
    return ExitStatus.CLEAN
