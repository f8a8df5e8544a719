"""This file finds the machine of a host's name, and keeps us out of networks we have no part in."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping


class PrivateAddress(OSError):
    """A public name that leads to a machine inside somebody's network, perhaps ours."""


def is_local_name(host: str) -> bool:
    """Whether a host as written in an inventory means this machine or its own network."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def resolve(host: str, known: Mapping[str, str], local: bool) -> str:
    """The IPv4 address of a host. `known` gives the addresses of hosts that a person has set.

    Raises PrivateAddress for a machine of a private network unless `local`, OSError when there is
    no such host.
    """
    if host in known:
        return known[host]
    if host == "localhost" or host.endswith(".localhost"):
        found = "127.0.0.1"  # RFC 6761; not every resolver knows it
    else:
        found = socket.gethostbyname(host)
    if not local and not ipaddress.ip_address(found).is_global:
        raise PrivateAddress(host)
    return found
