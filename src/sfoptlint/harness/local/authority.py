"""A certificate authority made on the spot, and a certificate for loopback by it."""

import ssl
from pathlib import Path

import trustme


def certify(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return what a server needs, and the file of the authority that a client is to trust; it is written into `folder`."""
    authority = trustme.CA(organization_name="sfoptlint harness")
    file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context, file
