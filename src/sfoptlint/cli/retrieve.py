"""`sfoptlint retrieve`: fetches from a live org what lint reads."""

from pathlib import Path

import click

from sfoptlint.cli.live import access_to
from sfoptlint.cli.main import ExitStatus
from sfoptlint.core.errors import UsageError


@click.command("retrieve")
@click.option("--org", required=True, metavar="ALIAS|URL", help="An alias of the Salesforce CLI, or an instance's URL.")
@click.option("--into", required=True, metavar="DIR", type=click.Path(path_type=Path), help="A new folder.")
@click.option("--authority", metavar="FILE", help="Trust the certificates in this file alone.")
def command(org: str, into: Path, authority: str | None) -> ExitStatus:
    """Fetch exactly the metadata types that lint reads from a live org.

    A run that broke off is resumed by running it again. The token of an instance's URL stands in SFOPTLINT_ORG_TOKEN.

    Example: sfoptlint retrieve --org production --into retrieved
    """
    live = access_to(org, authority, "retrieve")
    from sfoptlint.clients.errors import ClientError
    from sfoptlint.clients.salesforce.metadata_api import MetadataApi
    from sfoptlint.doctor.live import said
    from sfoptlint.engine.retrieve import retrieve

    def say(line: str) -> None:
        click.echo(line, err=True)

    try:
        written = retrieve(MetadataApi(live.transport, live.access, live.clock), into, say)
    except ClientError as error:
        raise UsageError(f"--org {org}: {said(error)}; what is there already is not fetched again") from None
    click.echo(f"{written} files in {into}")
    return ExitStatus.CLEAN
