from hypothesis import given, settings
from hypothesis import strategies as st

from domains.pricing import NO_TAX, PricedLine, TaxMode, TaxRate, TaxTable, Totals, totals

WITHOUT = TaxMode(prices_include_tax=False)
WITH = TaxMode(prices_include_tax=True)
VAT = TaxTable({"standard": (TaxRate("VAT", "country", 200_000),), "reduced": (TaxRate("VAT", "country", 50_000),)})
SEATTLE = TaxTable(
    {"standard": (TaxRate("Washington sales tax", "state", 65_000), TaxRate("Seattle sales tax", "city", 38_500))}
)


def line(unit_price: int, quantity: int = 1, tax_class: str = "standard", key: str = "a") -> PricedLine:
    return PricedLine(key, unit_price, quantity, tax_class)


def total(
    *lines: PricedLine, shipping: int = 0, discount: int = 0, rates: TaxTable = VAT, mode: TaxMode = WITHOUT
) -> Totals:
    return totals(lines, shipping=shipping, discount=discount, rates=rates, mode=mode, currency="USD")


def test_tax_is_added_to_prices_without_it() -> None:
    found = total(line(1000, 2), shipping=500)

    assert (found.subtotal, found.shipping, found.tax, found.total) == (2000, 500, 500, 3000)
    assert found.shipping_tax == 100


def test_tax_is_contained_in_prices_with_it() -> None:
    found = total(line(1200), shipping=600, mode=WITH)

    assert (found.subtotal, found.shipping, found.tax, found.total) == (1200, 600, 300, 1800)
    assert found.tax_breakdown[0].taxable == 1500


def test_half_a_cent_is_rounded_up() -> None:
    assert total(line(10), rates=TaxTable({"standard": (TaxRate("T", "state", 50_000),)})).tax == 1


def test_rounding_for_each_line_and_for_the_order_differ() -> None:
    rates = TaxTable({"standard": (TaxRate("T", "state", 50_000),)})
    lines = [line(10, key=key) for key in "abcd"]

    by_line = total(*lines, rates=rates)
    by_order = total(*lines, rates=rates, mode=TaxMode(False, "order"))

    assert (by_line.tax, by_order.tax) == (4, 2)
    assert [each.tax for each in by_order.lines] == [1, 1, 0, 0]


def test_state_and_city_add_up_and_are_told_apart() -> None:
    found = total(line(9999), rates=SEATTLE)

    assert found.tax == 1035
    assert [(each.name, each.tax) for each in found.tax_breakdown] == [
        ("Washington sales tax", 650),
        ("Seattle sales tax", 385),
    ]


def test_the_discount_comes_before_the_tax_and_goes_over_the_lines() -> None:
    found = total(line(3000, key="a"), line(1000, key="b"), discount=1001)

    assert [each.discount for each in found.lines] == [751, 250]
    assert found.tax == 600
    assert found.total == 4000 - 1001 + 600


def test_a_discount_larger_than_the_goods_leaves_nothing_negative() -> None:
    found = total(line(1000), shipping=500, discount=5000)

    assert (found.discount, found.total) == (1000, 600)


def test_shipping_is_taxed_as_the_goods_it_brings() -> None:
    found = total(line(3000, key="a"), line(1000, tax_class="reduced", key="b"), shipping=400)

    assert found.shipping_tax == 60 + 5
    assert {each.rate_ppm: each.taxable for each in found.tax_breakdown} == {200_000: 3300, 50_000: 1100}


def test_shipping_is_not_taxed_where_the_shop_says_so() -> None:
    found = total(line(1000), shipping=500, mode=TaxMode(False, "line", tax_on_shipping=False))

    assert (found.tax, found.shipping_tax, found.total) == (200, 0, 1700)


def test_the_shipping_of_gifts_is_taxed_too() -> None:
    assert total(line(0), shipping=500).shipping_tax == 100


def test_goods_of_a_class_without_a_rate_are_not_taxed() -> None:
    assert total(line(1000, tax_class="zero")).tax == 0
    assert total(line(1000), rates=NO_TAX).tax_breakdown == ()


def test_nothing_costs_nothing() -> None:
    assert total().total == 0


lines = st.lists(
    st.builds(
        line,
        st.integers(0, 10_000_000),
        st.integers(1, 999),
        st.sampled_from(["standard", "reduced", "zero"]),
        st.uuids().map(str),
    ),
    max_size=8,
)
rates = st.dictionaries(
    st.sampled_from(["standard", "reduced"]),
    st.lists(
        st.builds(TaxRate, st.sampled_from(["A", "B", "C"]), st.sampled_from(["x", "y"]), st.integers(0, 300_000)),
        max_size=3,
        unique_by=lambda rate: (rate.name, rate.jurisdiction),
    ).map(tuple),
).map(TaxTable)
modes = st.builds(TaxMode, st.booleans(), st.sampled_from(["line", "order"]), st.booleans())
amounts = st.integers(0, 5_000_000)


@settings(max_examples=400, deadline=None)
@given(lines, rates, modes, amounts, amounts)
def test_all_parts_sum_to_their_whole_and_nothing_is_negative(
    given_lines: list[PricedLine], table: TaxTable, mode: TaxMode, shipping: int, discount: int
) -> None:
    found = totals(given_lines, shipping=shipping, discount=discount, rates=table, mode=mode, currency="EUR")

    added = 0 if mode.prices_include_tax else found.tax
    assert found.total == found.subtotal - found.discount + found.shipping + added
    assert found.subtotal == sum(each.amount for each in found.lines)
    assert found.discount == sum(each.discount for each in found.lines) <= discount
    assert found.tax == sum(each.tax for each in found.lines) + found.shipping_tax
    assert found.tax == sum(each.tax for each in found.tax_breakdown)
    assert all(
        value >= 0
        for value in (
            found.subtotal,
            found.discount,
            found.tax,
            found.total,
            found.shipping_tax,
            *(part for each in found.lines for part in (each.amount, each.discount, each.tax)),
            *(part for each in found.tax_breakdown for part in (each.taxable, each.tax)),
        )
    )
    for each in found.lines:
        assert each.discount <= each.amount
        assert not mode.prices_include_tax or each.tax <= each.amount - each.discount


@settings(max_examples=300, deadline=None)
@given(lines, rates, st.booleans(), st.booleans(), amounts, amounts)
def test_rounding_by_line_and_by_order_are_half_a_cent_apart_for_each_rounding(
    given_lines: list[PricedLine], table: TaxTable, include: bool, on_shipping: bool, shipping: int, discount: int
) -> None:
    by_line, by_order = (
        totals(
            given_lines,
            shipping=shipping,
            discount=discount,
            rates=table,
            mode=TaxMode(include, rounding, on_shipping),
            currency="EUR",
        )
        for rounding in ("line", "order")
    )

    classes = len({each.tax_class for each in given_lines})
    assert abs(by_line.tax - by_order.tax) <= (len(given_lines) + 2 * classes) / 2
    assert by_line.subtotal == by_order.subtotal
    assert by_line.discount == by_order.discount
