"""How often one address may have badges verified: enough for an office, too little for a flood.

The count is kept in the site's cache for a minute, under a keyed hash of the address; several
processes need one shared cache to count together.
"""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from credentials.conf import conf

WINDOW = 60  # seconds


def seconds_to_wait(request: HttpRequest) -> int:
    """0 where the asker may go on, else the seconds until they may; each call counts as one."""
    now = int(time.time())
    key = f"lc-verify-{salted_hmac('lc-verify', asker(request)).hexdigest()}-{now // WINDOW}"
    cache.add(key, 0, WINDOW)
    try:
        asked = cache.incr(key)
    except ValueError:  # it ran out between the two
        return 0
    return 0 if asked <= conf().verify_per_minute else WINDOW - now % WINDOW


def asker(request: HttpRequest) -> str:
    """The address a request came from, as the outermost of our own proxies saw it.

    Of IPv6 the first half: one subscriber has all the addresses that begin with it.
    """
    ours = conf().trusted_proxies
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    seen = request.META.get("REMOTE_ADDR", "")
    if ours and len(passed) >= ours:
        seen = passed[-ours]
    try:
        address = ip_address(seen)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
