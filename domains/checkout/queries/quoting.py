"""What the order would cost if it were placed now; the only place that asks `pricing.totals` for a checkout."""

from domains import cart, pricing, shipping, store
from domains.checkout.views import CheckoutView, DeliveryOption, Quote, QuoteLine, Shortage
from domains.kit import Address, Money, Transaction, idempotency


async def quote(tx: Transaction, checkout: CheckoutView, *, destination: Address | None = None) -> Quote:
    """The cart at today's prices, with the ways to send it to `destination` and the tax there.

    `destination` is the checkout's own address where none is given. Nothing of it comes from a form.
    """
    destination = destination or checkout.shipping_address
    shop = await store.shop(tx)
    lines, gone = _lines(await cart.view(tx, checkout.cart_id))
    subtotal = Money(sum(line.line_total.amount for line in lines), shop.currency)
    weight = sum(line.weight_grams * line.quantity for line in lines)
    is_sent = any(not line.is_digital for line in lines)
    options = await _options(tx, shop, destination, weight, subtotal) if destination is not None and is_sent else ()
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
        takes_transfers=bool(shop.bank_details),
    )


def fingerprint(checkout: CheckoutView, present: Quote) -> str:
    """What an order is made from, as a hash: the same as when it was placed means that the order still fits."""
    return idempotency.fingerprint(
        {
            "lines": [(line.variant_id, line.quantity, line.unit_price) for line in present.lines],
            "total": present.total,
            "method": checkout.shipping_method_id if present.needs_shipping else None,
            "shipping": checkout.shipping_address,
            "billing": checkout.bill_to,
            "email": checkout.email,
            "account": checkout.account_id,
        }
    )


def _lines(view: cart.CartView) -> tuple[tuple[QuoteLine, ...], tuple[Shortage, ...]]:
    gone = tuple(
        Shortage(line.variant_id, line.name, line.options, line.quantity, 0)
        for line in view.lines
        if line.trouble == "gone"
    )
    lines = tuple(
        QuoteLine(
            variant_id=line.variant_id,
            product_id=line.product_id,
            name=line.name,
            options=line.options,
            slug=line.slug,
            sku=line.sku,
            image=line.image,
            quantity=line.quantity,
            unit_price=line.unit_price,
            line_total=line.line_total,
            price_was=line.price_changed_from,
            tax_class=line.tax_class,
            weight_grams=line.weight_grams,
            is_digital=line.is_digital,
            most=line.max_quantity,
        )
        for line in view.lines
        if line.trouble != "gone"
    )
    return lines, gone


async def _options(
    tx: Transaction, shop: store.Shop, destination: Address, weight: int, subtotal: Money
) -> tuple[DeliveryOption, ...]:
    try:
        offered = await shipping.options(
            tx,
            country=destination.country,
            state=destination.state,
            postal_code=destination.postal_code,
            weight_grams=weight,
            subtotal=subtotal,
            shop=shop,
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
            is_pick_up=option.is_pick_up,
        )
        for option in offered
    )
