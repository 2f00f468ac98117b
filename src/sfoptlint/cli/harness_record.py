"""`sfoptlint harness record`: a recorder between a program and the services."""

import os
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import click

from sfoptlint.cli.harness_serve import serve
from sfoptlint.cli.main import ExitStatus, tell
from sfoptlint.core.errors import MissingExtraError, UsageError

KEY_VARIABLE = "SFOPTLINT_REDACTION_KEY"
_PATH = click.Path(path_type=Path)


@click.command("record")
@click.option("--to", "file", metavar="FILE", type=_PATH, required=True, help="The cassette to write: a new file.")
@click.option("--salesforce", metavar="URL", help="The org's instance URL, such as https://org.my.salesforce.com.")
@click.option("--campaign-monitor", metavar="URL", help="Campaign Monitor's URL: https://api.createsend.com.")
@click.option("--write", is_flag=True, help="Let requests pass that change something.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0 takes a free one.")
@click.option("--tls", is_flag=True, help="Listen with https, by a certificate authority made on the spot.")
def command(  # noqa: PLR0913, PLR0917 - an option each
    file: Path, salesforce: str | None, campaign_monitor: str | None, write: bool, port: int, tls: bool
) -> ExitStatus:
    """Listen on loopback, pass requests on, and write a cassette once interrupted.

    Point any program at the URLs that are printed. Addresses are replaced before anything is kept, names and own fields left
    out, tokens refused. Set SFOPTLINT_REDACTION_KEY for addresses that are the same in several cassettes.

    Example: sfoptlint harness record --to unsubscribed.yaml --campaign-monitor https://api.createsend.com
    """
    if not salesforce and not campaign_monitor:
        raise UsageError("harness record: name --salesforce URL or --campaign-monitor URL, or both")
    if file.exists():
        raise UsageError(f"--to {file}: is there already; name a new file")
    for option, url in (("--salesforce", salesforce), ("--campaign-monitor", campaign_monitor)):
        if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc):
            raise UsageError(f"{option} {url}: is no URL of a service")
    if find_spec("requests") is None:
        raise MissingExtraError("harness", "harness record")
    return _record(file, salesforce, campaign_monitor, write=write, port=port, tls=tls)


def _record(  # noqa: PLR0913 - what the command was told
    file: Path, salesforce: str | None, campaign_monitor: str | None, *, write: bool, port: int, tls: bool
) -> ExitStatus:
    from secrets import token_bytes

    from sfoptlint.clients.clock import SystemClock
    from sfoptlint.clients.network import NetworkTransport
    from sfoptlint.harness.cassette.disguise import Disguise
    from sfoptlint.harness.cassette.recorder import Recorder
    from sfoptlint.harness.cassette.redaction import Redaction
    from sfoptlint.harness.cassette.writing import write_cassette
    from sfoptlint.harness.local.switch import Switch
    from sfoptlint.harness.local.upstream import Upstream

    key = os.environ.get(KEY_VARIABLE, "").encode() or token_bytes(32)
    with closing(NetworkTransport()) as network:
        redaction = Redaction(Disguise(key), hosts={urlsplit(salesforce).netloc: "org.example"} if salesforce else {})
        recorder = Recorder(network, redaction, SystemClock(), tell)
        upstreams = (Upstream(recorder, url, writes=write) for url in (salesforce, campaign_monitor))
        status = serve(Switch(*upstreams), port, tls=tls)
    cassette = recorder.cassette("harness record")
    write_cassette(cassette, file)
    tell(f"{file}: {len(cassette.interactions)} exchanges recorded")
    return status
