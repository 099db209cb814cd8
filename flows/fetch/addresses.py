"""Where a request may go: host names that the entry allows, and public addresses only, resolved once and pinned.

A name is resolved, every address it has is checked, and the connection goes to one of just these addresses, so that a
second answer of the name server (DNS rebinding) cannot lead elsewhere. TLS still checks the certificate for the name.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import Lock

import httpx

from flows.errors import SourceRefused

Resolver = Callable[[str, int], list[str]]
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
SIX_TO_FOUR = ipaddress.ip_network("2002::/16")


def host_allowed(host: str | None, allowed: Iterable[str]) -> bool:
    """Whether a host is one of ``allowed``; ``*.example.cn`` stands for every host below example.cn and itself."""
    name = (host or "").lower().rstrip(".")
    for pattern in allowed:
        base = pattern.removeprefix("*.")
        if name == base or (pattern.startswith("*.") and name.endswith("." + base)):
            return bool(name)
    return False


def is_public(address: str) -> bool:
    """Whether an IP address is reachable from anywhere: not private, loopback, link-local, reserved or multicast.

    Addresses that carry an IPv4 address inside (mapped, NAT64, 6to4) are judged by that one too.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or (ip.sixtofour if ip in SIX_TO_FOUR else None)
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host name, in the order of the name server. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(host: str, port: int, allow_private: bool, resolver: Resolver = resolve) -> list[str]:
    """The addresses to connect to. Raises SourceRefused if one is not public, ConnectError if none."""
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError) as error:  # UnicodeError: a label that no name may have
        raise httpx.ConnectError(f"The name {host} does not resolve: {error}") from error
    private = [address for address in addresses if not is_public(address)]
    if private and not allow_private:
        raise SourceRefused(
            f"{host} leads to the address {private[0]}, which is not public",
            "",
            "If that is meant, set allow_private: true in the entry",
        )
    return addresses


class PinnedTransport(httpx.BaseTransport):
    """Connects to the addresses that were checked, one connection pool a host name."""

    def __init__(self, *, allow_private: bool, resolver: Resolver = resolve) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._pools: dict[tuple[str, str], httpx.HTTPTransport] = {}
        self._lock = Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.raw_host.decode("ascii")
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        error: httpx.TransportError | None = None
        for address in checked_addresses(host, port, self._allow_private, self._resolver):
            try:
                return self._pool(host, address).handle_request(_pinned(request, host, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as failed:
                error = failed
        raise error or httpx.ConnectError(f"The name {host} has no address")

    def _pool(self, host: str, address: str) -> httpx.HTTPTransport:
        with self._lock:
            key = (host, address)
            if key not in self._pools:
                self._pools[key] = httpx.HTTPTransport(verify=_trusted(), trust_env=False)
            return self._pools[key]

    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The certificate authorities, read once: it takes longer than a request."""
    return httpx.create_ssl_context(trust_env=False)


def _pinned(request: httpx.Request, host: str, address: str) -> httpx.Request:
    """The request to the address; its Host header, set from the name, stays, and TLS asks for the name."""
    extensions = dict(request.extensions)
    if host.strip("[]") != address:
        extensions["sni_hostname"] = host
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions=extensions,
    )
