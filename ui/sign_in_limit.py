"""How often one address may fail to sign in: behind the lock of each account, for who tries many names."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from indexer.errors import SignInError
from indexer.recent import Recent

WINDOW = timedelta(minutes=15)
ADDRESSES = 10_000  # whose failures are remembered
NETWORK = 64  # bits of an IPv6 address that one household or office has to itself


class AddressLimit:
    """The failures of each address within the last quarter of an hour. All times are given by the caller."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._failures: Recent[str, tuple[datetime, ...]] = Recent(ADDRESSES)
        self._counting = threading.Lock()

    def enter(self, address: str, now: datetime) -> None:
        """Count a try, before it is known whether it fails. Raises SignInError where too many did already."""
        place = place_of(address)
        with self._counting:
            lately = tuple(at for at in self._failures.get(place) or () if now - at < WINDOW)
            if len(lately) >= self._most:
                raise _too_many(lately[len(lately) - self._most] + WINDOW - now)
            self._failures.put(place, (*lately, now))

    def right(self, address: str, at: datetime) -> None:
        """Take the try of that moment back: it did not fail."""
        place = place_of(address)
        with self._counting:
            tries = list(self._failures.get(place) or ())
            if at in tries:
                tries.remove(at)
                self._failures.put(place, tuple(tries))


def place_of(address: str) -> str:
    """What is counted as one address: of IPv6 the network, for a machine there has as many as it likes."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(ip_network((known, NETWORK), strict=False))
    return str(getattr(known, "ipv4_mapped", None) or known)


def _too_many(wait: timedelta) -> SignInError:
    minutes = max(1, -(-wait // timedelta(minutes=1)))
    return SignInError(
        f"从这个网络地址登录失败的次数过多，请{minutes}分钟后再试，或请管理员处理。"
        f"(Too many failures from this address: try again in {minutes} minutes, or ask your administrator.)"
    )
