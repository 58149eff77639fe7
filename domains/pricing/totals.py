"""The one place where totals are made; pure, so that every page, order and refund gets the same cents."""

from collections import defaultdict
from collections.abc import Sequence

from domains.kit.money import LARGEST_AMOUNT, divide_half_up, split
from domains.pricing.views import LineTotal, PricedLine, TaxLine, TaxMode, TaxRate, TaxTable, Totals

_MILLION = 1_000_000


def totals(
    lines: Sequence[PricedLine], *, shipping: int, discount: int, rates: TaxTable, mode: TaxMode, currency: str
) -> Totals:
    """The amounts of an order of `lines`; nothing is negative, and all parts sum to their whole.

    The discount is at most the subtotal, goes over the lines in proportion, and comes before tax. Where shipping is
    taxed, it is taxed as the goods it brings: it goes over the lines in proportion to what they cost after the
    discount, and each share is taxed like its line (the accessory rule of the EU's VAT; an order of one tax class is
    taxed at that class's rate). Tax is rounded half up: with "line" once for each line and once for the shipping of
    each tax class, with "order" once for each tax class of the whole order. The rates of several jurisdictions are
    added before rounding, and the tax is split between them afterwards; splits are by largest remainder.
    """
    if shipping < 0 or discount < 0 or any(line.unit_price < 0 or line.quantity < 1 for line in lines):
        raise ValueError("amounts must not be negative and quantities at least 1")
    amounts = [line.unit_price * line.quantity for line in lines]
    subtotal = sum(amounts)
    discount = min(discount, subtotal)
    discounts = split(discount, amounts) if lines else []
    paid = [amount - less for amount, less in zip(amounts, discounts, strict=True)]
    shares = split(shipping, paid) if lines and mode.tax_on_shipping else [0] * len(lines)
    line_taxes, shipping_tax, by_class = _taxes(lines, paid, shares, rates, mode)
    tax = sum(line_taxes) + shipping_tax
    total = subtotal - discount + shipping + (0 if mode.prices_include_tax else tax)
    if total > LARGEST_AMOUNT:
        raise ValueError("a total of more than 2^53 minor units cannot be carried exactly")
    return Totals(
        subtotal=subtotal,
        discount=discount,
        shipping=shipping,
        tax=tax,
        total=total,
        shipping_tax=shipping_tax,
        lines=tuple(
            LineTotal(line.key, amount, less, line_tax)
            for line, amount, less, line_tax in zip(lines, amounts, discounts, line_taxes, strict=True)
        ),
        tax_breakdown=_breakdown(by_class, rates, mode),
        currency=currency,
        prices_include_tax=mode.prices_include_tax,
    )


def _taxes(
    lines: Sequence[PricedLine], paid: Sequence[int], shares: Sequence[int], rates: TaxTable, mode: TaxMode
) -> tuple[list[int], int, dict[str, tuple[int, int]]]:
    """The tax of each line, that of shipping, and for each tax class what was taxed and its tax."""
    line_taxes = [0] * len(lines)
    shipping_tax = 0
    by_class: dict[str, tuple[int, int]] = {}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        places[line.tax_class].append(place)
    for tax_class, here in places.items():
        rate = sum(each.rate_ppm for each in rates.of(tax_class))
        shipped = sum(shares[place] for place in here)
        whole = sum(paid[place] for place in here) + shipped
        if mode.rounding == "order":
            weights = [*(paid[place] for place in here), shipped]
            *of_lines, of_shipping = split(_tax(whole, rate, mode), weights)
        else:
            of_lines = [_tax(paid[place], rate, mode) for place in here]
            of_shipping = _tax(shipped, rate, mode)
        for place, tax in zip(here, of_lines, strict=True):
            line_taxes[place] = tax
        shipping_tax += of_shipping
        by_class[tax_class] = whole, sum(of_lines) + of_shipping
    return line_taxes, shipping_tax, by_class


def _tax(amount: int, rate_ppm: int, mode: TaxMode) -> int:
    return divide_half_up(amount * rate_ppm, _MILLION + rate_ppm if mode.prices_include_tax else _MILLION)


def _breakdown(by_class: dict[str, tuple[int, int]], rates: TaxTable, mode: TaxMode) -> tuple[TaxLine, ...]:
    sums: dict[TaxRate, tuple[int, int]] = {}
    for tax_class, (whole, tax) in by_class.items():
        taken = rates.of(tax_class)
        if not taken:
            continue
        net = whole - tax if mode.prices_include_tax else whole
        for rate, part in zip(taken, split(tax, [rate.rate_ppm for rate in taken]), strict=True):
            taxable, so_far = sums.get(rate, (0, 0))
            sums[rate] = taxable + net, so_far + part
    return tuple(
        TaxLine(rate.name, rate.jurisdiction, rate.rate_ppm, taxable, tax) for rate, (taxable, tax) in sums.items()
    )
