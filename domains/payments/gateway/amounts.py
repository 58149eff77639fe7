"""The shop counts in minor units of ISO 4217; Stripe counts in its own, which differ for a few currencies.

Source: https://docs.stripe.com/currencies, "Zero-decimal currencies", "Special cases" and "Three-decimal currencies".
"""

from domains.payments.gateway.errors import GatewayRefused

HUNDREDFOLD = frozenset({"ISK", "UGX"})
"""ISO has no minor unit, Stripe wants two digits that are always 00."""

HUNDREDTH = frozenset({"MGA"})
"""ISO has two digits, Stripe counts whole units."""

ENDS_IN_ZERO = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Three digits, the last of which must be 0 for the card networks."""


def to_gateway(amount: int, currency: str) -> int:
    """`amount` in ISO minor units, in Stripe's units. Raises `GatewayRefused` for what no card network can charge."""
    if currency in HUNDREDFOLD:
        return amount * 100
    if currency in HUNDREDTH:
        whole, rest = divmod(amount, 100)
        if rest:
            raise GatewayRefused(f"{currency} is charged in whole units only", code="amount_not_chargeable")
        return whole
    if currency in ENDS_IN_ZERO and amount % 10:
        raise GatewayRefused(f"{currency} amounts must end in 0", code="amount_not_chargeable")
    return amount


def from_gateway(amount: int, currency: str) -> int:
    """The reverse of `to_gateway`; rounds half up where Stripe would hold parts of a unit that ISO does not know."""
    if currency in HUNDREDFOLD:
        return (amount + 50) // 100
    if currency in HUNDREDTH:
        return amount * 100
    return amount
