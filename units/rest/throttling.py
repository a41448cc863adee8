"""How much one caller may ask of the portal in a minute."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # the framework loads this module while its own views are half loaded
    from rest_framework.request import Request
    from rest_framework.views import APIView

SECONDS = 60
SAFE = ("GET", "HEAD", "OPTIONS")


class PerMinute(BaseThrottle):
    """Counts each user's requests in whole minutes, reads and writes apart.

    Counted in the cache ``throttle``, which all processes share; two of them at once may count
    one request for two, which a limit on load can bear.
    """

    def __init__(self) -> None:
        self._left = 0

    def allow_request(self, request: "Request", view: "APIView") -> bool:
        seconds = int(timezone.now().timestamp())
        self._left = SECONDS - seconds % SECONDS
        kind = "reads" if request.method in SAFE else "writes"
        most = getattr(settings, f"API_{kind.upper()}_PER_MINUTE")
        cache, key = caches["throttle"], f"{request.user.pk}-{kind}-{seconds // SECONDS}"
        # A caller's later requests are many, its first of a minute is one: each of the two calls
        # is several queries where the cache is the database.
        try:
            return bool(cache.incr(key) <= most)
        except ValueError:
            cache.add(key, 1, timeout=2 * SECONDS)
            return True

    def wait(self) -> float | None:
        return self._left
