"""The shop counts by ISO 4217, Stripe counts by its own table, and no unit is lost between the two."""

import pytest

from domains.kit.money import exponent
from domains.payments.gateway import GatewayRefused, from_gateway, to_gateway

# How many of Stripe's units make one unit of the currency (docs.stripe.com/currencies).
HUNDRED = "USD EUR GBP CHF HUF TWD ISK UGX"
ONE = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF"
THOUSAND = "BHD JOD KWD OMR TND"
STRIPE_UNITS = {
    **dict.fromkeys(HUNDRED.split(), 100),
    **dict.fromkeys(ONE.split(), 1),
    **dict.fromkeys(THOUSAND.split(), 1000),
}


@pytest.mark.parametrize("currency", sorted(STRIPE_UNITS))
def test_seventy_units_of_any_currency_are_seventy_at_the_gateway(currency: str) -> None:
    ours = 70 * 10 ** exponent(currency)

    theirs = to_gateway(ours, currency)

    assert theirs == 70 * STRIPE_UNITS[currency]
    assert from_gateway(theirs, currency) == ours


@pytest.mark.parametrize(("amount", "currency"), [(1001, "KWD"), (150, "MGA")])
def test_an_amount_that_no_card_can_be_charged_is_refused_before_it_is_sent(amount: int, currency: str) -> None:
    with pytest.raises(GatewayRefused, match=currency):
        to_gateway(amount, currency)
