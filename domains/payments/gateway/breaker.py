"""A circuit breaker: when the gateway fails again and again, stop asking for a while and say so at once."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from time import monotonic

import structlog

from domains.payments.gateway.errors import GatewayOutcomeUnknown, GatewayUnavailable, StillUnderWay

log = structlog.get_logger(__name__)


class Circuit(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class CircuitBreaker:
    """Opens in the moment of the failure that breaches the threshold; after `rest` seconds lets one call through.

    The threshold is `failures` failures within `window` seconds that are also at least half of the calls that ended in
    it. Only trouble of the gateway counts: a declined card or a refused request is an answer. State is per process.
    """

    def __init__(
        self,
        *,
        failures: int = 4,
        window: float = 20.0,
        rest: float = 10.0,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._failures = failures
        self._window = window
        self._rest = rest
        self._now = now
        self._ended: deque[tuple[float, bool]] = deque()
        self._opened_at: float | None = None
        self._probing = False

    @property
    def state(self) -> Circuit:
        if self._opened_at is None:
            return Circuit.CLOSED
        return Circuit.HALF_OPEN if self._probing or self._rest_left() <= 0 else Circuit.OPEN

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around one call. Raises `GatewayUnavailable`, without calling, while the circuit is open."""
        if self._opened_at is not None:
            if self._probing or self._rest_left() > 0:
                raise GatewayUnavailable(
                    "The payment service keeps failing and is not asked for a moment.",
                    retry_after=max(1.0, self._rest_left()),
                )
            self._probing = True
        probing = self._probing
        try:
            yield
        except StillUnderWay:
            self._ended_well(probing)
            raise
        except (GatewayUnavailable, GatewayOutcomeUnknown) as error:
            self._ended_badly(probing, error)
            raise
        except Exception:
            self._ended_well(probing)
            raise
        else:
            self._ended_well(probing)
        finally:
            if probing:
                self._probing = False

    def _rest_left(self) -> float:
        return 0.0 if self._opened_at is None else self._opened_at + self._rest - self._now()

    def _ended_well(self, probing: bool) -> None:
        if probing:
            self._opened_at = None
            self._ended.clear()
            log.info("gateway.circuit_closed")
        self._note(True)

    def _ended_badly(self, probing: bool, error: Exception) -> None:
        self._note(False)
        bad = sum(1 for _, good in self._ended if not good)
        if probing or (self._opened_at is None and bad >= self._failures and bad * 2 >= len(self._ended)):
            self._opened_at = self._now()
            log.warning("gateway.circuit_opened", failures=bad, cause=type(error).__name__)

    def _note(self, good: bool) -> None:
        now = self._now()
        self._ended.append((now, good))
        while self._ended[0][0] < now - self._window:
            self._ended.popleft()
