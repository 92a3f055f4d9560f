"""Which addresses are on the public web, and which hosts lead there."""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer

from summarizer.errors import AddressRefused, FetchFailed

__all__ = ["Address", "Resolve", "check_host", "is_public", "public_address", "resolve"]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int, float], Sequence[str]]
"""Host, port and seconds into every address the name has."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "::/96",  # IPv4-compatible, long gone
        "64:ff9b:1::/48",  # NAT64 of a local network
        "2001::/23",  # Teredo and other protocols' own
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local, long gone
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "192.0.0.0/24",  # protocols' own
        "192.88.99.0/24",  # relays of 6to4
    )
)
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa", ".onion")


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public web, whatever it is wrapped in."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if any(address in network for network in _NEVER if network.version == address.version):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    )


def check_host(host: str) -> None:
    """Refuse names that are no names: numbers that only old resolvers take for addresses, and local names.

    Raises:
        AddressRefused: it is one of them.
    """
    name = host.strip("[]").rstrip(".").lower()
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        if (
            not name
            or _NUMERIC.fullmatch(name)
            or any(name == n.lstrip(".") or name.endswith(n) for n in _LOCAL_NAMES)
        ):
            raise AddressRefused(f"{host!r} is no host on the public web.") from None


def public_address(
    host: str, port: int, seconds: float, resolve: Resolve, permitted: Callable[[Address], bool]
) -> str:
    """The address to connect to: the first of those the host has, when all of them are permitted.

    Raises:
        AddressRefused: one of them is not.
        FetchFailed: the host has none.
    """
    found = resolve(host.strip("[]"), port, seconds)
    if not found:
        raise FetchFailed(f"{host!r} has no address.")
    for text in found:
        try:
            allowed = permitted(ipaddress.ip_address(text))
        except ValueError:
            allowed = False
        if not allowed:
            raise AddressRefused(f"{host!r} leads to {text}, which is not on the public web.")
    return found[0]


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Every address of a host, by the system's resolver, which knows no deadline of its own.

    Raises:
        FetchFailed: it has none, or there is no answer in time.
    """
    answer: Future[list[str]] = Future()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)
        else:
            answer.set_result(list(dict.fromkeys(str(entry[4][0]) for entry in found)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answer.result(seconds)
    except NoAnswer as error:
        raise FetchFailed(f"no answer to who {host!r} is within {seconds:.0f} seconds.") from error
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"{host!r} is not known: {error}.") from error
