"""Money never loses or finds a cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.kit.money import CurrencyMismatch, Money, divide_half_up, exponent, split

AMOUNTS = st.integers(-(10**12), 10**12)


@given(total=AMOUNTS, weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_the_parts_of_a_split_are_the_whole(total, weights):
    parts = split(total, weights)

    assert sum(parts) == total
    assert len(parts) == len(weights)


@given(total=st.integers(0, 10**9), weights=st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_no_part_of_a_split_is_more_than_a_minor_unit_from_its_share(total, weights):
    whole = sum(weights)

    for part, weight in zip(split(total, weights), weights, strict=True):
        assert abs(part * whole - total * weight) < whole


def test_a_split_is_the_same_each_time_and_the_first_take_the_odd_cents():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(5, [0, 0]) == [5, 0]
    assert split(-100, [1, 1, 1]) == [-34, -33, -33]


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_a_split_without_sense_is_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        split(10, weights)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (1, 3, 0), (150, 100, 2), (149, 100, 1)],
)
def test_halves_are_rounded_away_from_zero(numerator, denominator, rounded):
    assert divide_half_up(numerator, denominator) == rounded


@given(numerator=AMOUNTS, denominator=st.integers(1, 10**6))
def test_rounding_is_never_off_by_more_than_half(numerator, denominator):
    assert abs(2 * (divide_half_up(numerator, denominator) * denominator - numerator)) <= denominator


@pytest.mark.parametrize(
    ("currency", "places"), [("USD", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3), ("HUF", 2), ("ISK", 0)]
)
def test_each_currency_has_its_own_minor_unit(currency, places):
    assert exponent(currency) == places


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [("12.50", "USD", 1250), ("1250", "JPY", 1250), ("0.005", "USD", 1), ("1.234", "KWD", 1234)],
)
def test_what_a_person_writes_becomes_minor_units(text, currency, amount):
    assert Money.parse(text, currency) == Money(amount, currency)


def test_what_is_no_amount_is_refused():
    with pytest.raises(ValueError, match="not an amount"):
        Money.parse("twelve", "USD")


def test_currencies_do_not_mix():
    dollars, euros = Money(100, "USD"), Money(100, "EUR")

    for mix in (lambda: dollars + euros, lambda: dollars - euros, lambda: dollars < euros, lambda: dollars >= euros):
        with pytest.raises(CurrencyMismatch):
            mix()
    assert dollars != euros


def test_money_adds_multiplies_and_compares():
    price = Money(1999, "USD")

    assert price * 3 == Money(5997, "USD")
    assert price + Money(1, "USD") == Money(2000, "USD")
    assert -price < Money.zero("USD") <= price
    assert str(price.decimal) == "19.99"
    assert not Money.zero("USD")
