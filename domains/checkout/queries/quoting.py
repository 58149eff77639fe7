"""What the order would cost if it were placed now; the only place that asks `pricing.totals` for a checkout."""

from uuid import UUID

from domains import cart, catalog, pricing, shipping, store
from domains.checkout.views import CheckoutView, DeliveryOption, Quote, QuoteLine, Shortage
from domains.kit import Address, Money, Transaction, idempotency


async def quote(tx: Transaction, checkout: CheckoutView, *, destination: Address | None = None) -> Quote:
    """The cart at today's prices, with the ways to send it to `destination` and the tax there.

    `destination` is the checkout's own address where none is given. Nothing of it comes from a form.
    """
    destination = destination or checkout.shipping_address
    shop = await store.shop(tx)
    lines, gone = await _lines(tx, checkout.cart_id, shop.currency)
    subtotal = Money(sum(line.line_total.amount for line in lines), shop.currency)
    weight = sum(line.weight_grams * line.quantity for line in lines)
    options = await _options(tx, destination, weight, subtotal) if destination is not None and lines else ()
    chosen = next((option for option in options if option.method_id == checkout.shipping_method_id), None)
    rates = await pricing.tax_rates(tx, destination) if destination is not None else pricing.NO_TAX
    totals = pricing.totals(
        [
            pricing.PricedLine(
                key=str(line.variant_id),
                unit_price=line.unit_price.amount,
                quantity=line.quantity,
                tax_class=line.tax_class,
            )
            for line in lines
        ],
        shipping=chosen.amount.amount if chosen else 0,
        discount=0,
        rates=rates,
        mode=pricing.TaxMode(
            prices_include_tax=shop.prices_include_tax,
            rounding=shop.tax_rounding,
            tax_on_shipping=shop.tax_on_shipping,
        ),
        currency=shop.currency,
    )
    return Quote(
        lines=lines,
        options=options,
        chosen=chosen,
        totals=totals,
        currency=shop.currency,
        prices_include_tax=shop.prices_include_tax,
        tax_known=destination is not None,
        gone=gone,
    )


def fingerprint(checkout: CheckoutView, present: Quote) -> str:
    """What an order is made from, as a hash: the same as when it was placed means that the order still fits."""
    return idempotency.fingerprint(
        {
            "lines": [(line.variant_id, line.quantity, line.unit_price) for line in present.lines],
            "total": present.total,
            "method": checkout.shipping_method_id,
            "shipping": checkout.shipping_address,
            "billing": checkout.bill_to,
            "email": checkout.email,
            "account": checkout.account_id,
        }
    )


async def _lines(tx: Transaction, cart_id: UUID, currency: str) -> tuple[tuple[QuoteLine, ...], tuple[Shortage, ...]]:
    view = await cart.view(tx, cart_id)
    ids = [line.variant_id for line in view.lines]
    variants = await catalog.variants(tx, ids)
    prices = await pricing.prices(tx, ids, currency)
    lines: list[QuoteLine] = []
    gone: list[Shortage] = []
    for line in view.lines:
        variant = variants.get(line.variant_id)
        price = prices.get(line.variant_id)
        if variant is None or price is None or not variant.is_sellable:
            gone.append(Shortage(line.variant_id, line.name, line.options, line.quantity, 0))
            continue
        lines.append(
            QuoteLine(
                variant_id=line.variant_id,
                product_id=variant.product_id,
                name=variant.product_name,
                options=variant.options,
                slug=variant.slug,
                sku=variant.sku,
                image=line.image,
                quantity=line.quantity,
                unit_price=price.amount,
                line_total=price.amount * line.quantity,
                price_was=line.price_changed_from,
                tax_class=variant.tax_class,
                weight_grams=variant.weight_grams,
            )
        )
    return tuple(lines), tuple(gone)


async def _options(tx: Transaction, destination: Address, weight: int, subtotal: Money) -> tuple[DeliveryOption, ...]:
    try:
        offered = await shipping.options(
            tx,
            country=destination.country,
            state=destination.state,
            postal_code=destination.postal_code,
            weight_grams=weight,
            subtotal=subtotal,
        )
    except shipping.NoDelivery:
        return ()
    return tuple(
        DeliveryOption(
            method_id=option.method_id,
            name=option.name,
            description=option.description,
            amount=option.amount,
            earliest=option.earliest,
            latest=option.latest,
        )
        for option in offered
    )
