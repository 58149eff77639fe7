"""Limits on tries: one atomic step in Redis, per account, per address and for all together.

The counters are not truth: when Redis does not answer, browsing goes on (`open_without_redis`) and logging in stops.
"""

import time

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from domains.kit import TooMany, Unavailable
from domains.kit.i18n import gettext as _

log = structlog.get_logger(__name__)


class Limiter:
    """Counts hits in sliding windows on Redis."""

    def __init__(self, redis_url: str) -> None:
        self._storage = RedisStorage(f"async+{redis_url}", implementation="redispy")
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)

    async def hit(self, scope: str, key: str, *, amount: int, seconds: int, open_without_redis: bool = False) -> None:
        """Count one try of `key` in `scope`. Raises `TooMany` past `amount` in `seconds`.

        Raises `Unavailable` when Redis does not answer, unless `open_without_redis`.
        """
        item = RateLimitItemPerSecond(amount, seconds, namespace="stoa")
        try:
            passed = await self._limiter.hit(item, scope, key)
            if passed:
                return
            window = await self._limiter.get_window_stats(item, scope, key)
        except Exception as error:  # any client error means the same: the limiter cannot answer
            log.warning("limits.unavailable", scope=scope, error=type(error).__name__)
            if open_without_redis:
                return
            raise Unavailable from error
        left = window.reset_time - time.time()
        wait = int(left) + 1 if left > 0 else seconds  # `limits` takes a window's first millisecond for its end
        log.info("limits.reached", scope=scope)
        raise TooMany(wait, hint=_wait_text(wait))

    async def forgive(self, scope: str, key: str, *, amount: int, seconds: int) -> None:
        """Forget the tries of `key`, after one that went well."""
        try:
            await self._limiter.clear(RateLimitItemPerSecond(amount, seconds, namespace="stoa"), scope, key)
        except Exception as error:  # the tries run out by themselves
            log.warning("limits.unavailable", scope=scope, error=type(error).__name__)


def _wait_text(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if minutes <= 1:
        return _("Please wait a minute and try again.")
    return _("Please wait {minutes} minutes and try again.").format(minutes=minutes)
