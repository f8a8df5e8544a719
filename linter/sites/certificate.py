"""This file asks a host for its certificate, as a browser does before it asks for a page."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from linter.hosts import is_local_name, resolve

_PATIENCE = 15
# OpenSSL's numbers for what is wrong (X509_V_ERR_...).
_PROBLEMS = {10: "expired", 18: "self-signed", 62: "other-host", 64: "other-host"}


def read_certificate(url: str, known: Mapping[str, str]) -> dict[str, str]:
    """What model.Certificate says of the site's host, as JSON; empty where https does not answer.

    `known` gives the addresses of hosts that do not stand in the DNS.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or 443
    if parts.scheme == "http" and parts.port:
        return {}
    try:
        address = resolve(host, known, is_local_name(host)), port
        expires = _last_day(address, host)
    except (OSError, ValueError):
        return {}
    said = {"host": host, "expires": expires}
    try:
        _shake_hands(address, host, ssl.create_default_context())
    except ssl.SSLCertVerificationError as error:
        problem = _PROBLEMS.get(error.verify_code, "untrusted")
        if problem == "untrusted" and not _knows_authorities():
            problem = "unknown"
        return {**said, "problem": problem, "error": str(error.verify_message)}
    except OSError as error:
        return {**said, "problem": "unknown", "error": str(error)}
    return said


def _last_day(address: tuple[str, int], host: str) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("DEFAULT:@SECLEVEL=0")  # old servers are audited too
    shown = x509.load_der_x509_certificate(_shake_hands(address, host, context))
    return shown.not_valid_after_utc.date().isoformat()


def _shake_hands(address: tuple[str, int], host: str, context: ssl.SSLContext) -> bytes:
    with (
        socket.create_connection(address, _PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as channel,
    ):
        return channel.getpeercert(binary_form=True) or b""


def _knows_authorities() -> bool:
    """Whether this machine has a list of authorities at all; without one nobody is trusted."""
    paths = ssl.get_default_verify_paths()
    folder = Path(paths.capath) if paths.capath else None
    return bool(paths.cafile) or (folder is not None and any(folder.iterdir()))
