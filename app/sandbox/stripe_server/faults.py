"""Faults on command: which endpoint fails next, how, and how often."""

from typing import Any, Literal, get_args

import msgspec

Kind = Literal[
    "slow",
    "error_500",
    "rate_limit",
    "answer_lost",
    "refuse_capture",
    "garbage",
    "forget_keys",
    "search_lag",
    "no_search",
    "webhook_late",
    "webhook_double",
    "webhook_reverse",
    "webhook_off",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

TITLES: dict[Kind, str] = {
    "slow": "The answer comes late (seconds)",
    "error_500": "Server error, nothing done",
    "rate_limit": "Too many requests (429)",
    "answer_lost": "The work is done, the answer is lost",
    "refuse_capture": "The bank refuses when the money is to be taken",
    "garbage": "The work is done, the answer is unreadable",
    "forget_keys": "All idempotency keys are forgotten, now",
    "search_lag": "Search does not see the last seconds",
    "no_search": "Search is not offered, as in some countries",
    "webhook_late": "Webhooks come late (seconds)",
    "webhook_double": "Webhooks come several times (how often)",
    "webhook_reverse": "Webhooks come in the wrong order",
    "webhook_off": "Webhooks never come",
}

DEFAULTS: dict[Kind, float] = {
    "slow": 30.0,
    "search_lag": 60.0,
    "webhook_late": 10.0,
    "webhook_double": 2.0,
}


class Fault(msgspec.Struct):
    """One fault that is on. `endpoint` None is every one that the shop calls, `left` None is until it is taken away.

    For webhooks the endpoint is the event's type, or the beginning of it.
    """

    kind: Kind
    value: float
    endpoint: str | None
    left: int | None
    kept: bool = False
    """For a server error: whether its idempotency key remembers it, as Stripe's does once the work began."""


class BadFault(ValueError):
    """Not a fault, in words."""


class Faults:
    """The faults that are on, oldest first."""

    def __init__(self) -> None:
        self._on: list[Fault] = []

    def add(self, wish: dict[str, Any]) -> list[Fault]:
        """From a wish as posted: `{"slow": 3, "for": "payment_intents.create", "count": 1}`. Raises `BadFault`."""
        kinds = [kind for kind in KINDS if wish.get(kind)]
        strange = set(wish) - set(KINDS) - {"for", "endpoint", "count", "kept"}
        if strange or not kinds:
            raise BadFault(f"Say one of {', '.join(KINDS)}; with it for, count and kept." + _list(strange))
        endpoint = wish.get("for") or wish.get("endpoint") or None
        count = wish.get("count")
        added = []
        for kind in kinds:
            value = wish[kind]
            try:
                number = DEFAULTS.get(kind, 1.0) if value is True else float(value)
                left = int(count) if count else None
            except (TypeError, ValueError):
                raise BadFault(f"{kind} and count are numbers.") from None
            added.append(Fault(kind, number, endpoint, left, kept=bool(wish.get("kept"))))
        # Forgetting happens once, in the moment it is asked for, and is no state.
        self._on.extend(fault for fault in added if fault.kind != "forget_keys")
        return added

    def clear(self) -> None:
        self._on.clear()

    def take(self, kind: Kind, endpoint: str | None = None) -> Fault | None:
        """The first fault of this kind that fits, and use it up by one."""
        for fault in self._on:
            if fault.kind == kind and _fits(fault.endpoint, endpoint):
                if fault.left is not None:
                    fault.left -= 1
                    if fault.left <= 0:
                        self._on.remove(fault)
                return fault
        return None

    def has(self, kind: Kind) -> bool:
        """Whether such a fault is on, without using it up."""
        return any(fault.kind == kind for fault in self._on)

    def on(self) -> list[Fault]:
        return list(self._on)


def _fits(wanted: str | None, endpoint: str | None) -> bool:
    if wanted is None:
        # The card frame is the browser's; a fault strikes it only when it is named.
        return endpoint != "confirmation_tokens.create"
    return endpoint is not None and (endpoint == wanted or endpoint.startswith(f"{wanted}."))


def _list(strange: set[str]) -> str:
    return f" Unknown: {', '.join(sorted(strange))}." if strange else ""
