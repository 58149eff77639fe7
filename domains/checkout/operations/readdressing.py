"""Another address for an order that was paid: what delivery and tax are there, and what goes back of what was paid."""

from uuid import UUID

import msgspec

from domains import catalog, fulfilment, invoicing, orders, payments, pricing, shipping, store
from domains.checkout.errors import CostsMoreThere, NoWayThere, PickingBegun, TotalChanged
from domains.checkout.operations.settling import lock
from domains.kit import Address, Money, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.orders import DraftTax, NewRoute, OrderStatus, OrderView, StandingCosts
from domains.shipping import ShippingOption


class Rerating(msgspec.Struct, frozen=True, kw_only=True):
    """What an order costs at another address. `options` are the ways to send it there, at what they would cost it."""

    address: Address
    options: tuple[ShippingOption, ...]
    chosen: ShippingOption
    before: StandingCosts
    shipping: Money
    tax: Money
    total: Money
    taxes: tuple[DraftTax, ...]

    @property
    def goes_back(self) -> Money:
        """What it costs less than before; negative where it costs more."""
        return self.before.total - self.total


async def rerate(tx: Transaction, order: OrderView, address: Address, *, method_id: UUID | None = None) -> Rerating:
    """What delivery and tax of a paid order are at `address`, sent by `method_id`, else as it is now if it can be.

    A way costs what it cost this order, more or less by what its price differs between the two places today: a change
    of the shop's prices since is nobody's fault. Where the tax rates are those of the old address the tax changes with
    the delivery alone. Raises `NoWayThere`.
    """
    before = await orders.standing_costs(tx, order.id)
    weights = await catalog.variants(tx, [line.variant_id for line in order.lines])
    weight = sum(
        weights[line.variant_id].weight_grams * line.quantity for line in order.lines if line.variant_id in weights
    )
    offered = await _offered(tx, address, weight, order.subtotal)
    here = await _offered(tx, order.shipping_address, weight, order.subtotal)
    by_name = {option.name: option for option in here}
    present = by_name.get(order.shipping_method)
    priced = tuple(
        msgspec.structs.replace(option, amount=_fair(option.amount, present, before.shipping)) for option in offered
    )
    chosen = next(
        (
            option
            for option in priced
            if option.method_id == method_id or (method_id is None and option.name == order.shipping_method)
        ),
        None if method_id is not None or not priced else priced[0],
    )
    if chosen is None:
        raise NoWayThere
    taxes = await _taxes(tx, order, before, address, chosen.amount.amount)
    tax = sum(each.tax for each in taxes)
    total = order.subtotal.amount - order.discount.amount + chosen.amount.amount
    total += 0 if order.prices_include_tax else tax
    currency = order.total.currency
    return Rerating(
        address=address,
        options=priced,
        chosen=chosen,
        before=before,
        shipping=chosen.amount,
        tax=Money(tax, currency),
        total=Money(total, currency),
        taxes=taxes,
    )


async def readdress(
    tx: Transaction, order_id: UUID, *, address: Address, method_id: UUID | None, total: int
) -> UUID | None:
    """Send a paid order to `address` instead, and put down what goes back of what was paid; answers that refund's id.

    `total` is what the page said it costs there, and is only compared. All of it happens under the locks of order and
    payment, which whoever picks or ships holds too. The invoice is corrected: by the credit note of the refund, or by a
    correction where only the tax is of other rates. Raises `orders.NotToBeReaddressed`, `PickingBegun`, `NoWayThere`,
    `TotalChanged`, `CostsMoreThere`, `payments.RefundTooHigh`.
    """
    head = await orders.lock(tx, order_id)
    if head.payment_id is not None:
        await lock(tx, head.payment_id)
    order = await orders.order(tx, order_id)
    if order.status is not OrderStatus.CONFIRMED or order.is_digital:
        raise orders.NotToBeReaddressed
    if await fulfilment.has_begun(tx, order_id):
        raise PickingBegun
    found = await rerate(tx, order, address, method_id=method_id)
    if address == order.shipping_address and found.chosen.name == order.shipping_method:
        return None  # sent twice, or nothing was changed
    if found.total.amount != total:
        raise TotalChanged(Money(total, found.total.currency), found.total)
    if found.goes_back.amount < 0:
        raise CostsMoreThere(-found.goes_back)
    refund_id = await _give_back(tx, order, found)
    await orders.readdress(
        tx,
        order_id,
        address=address,
        route=NewRoute(
            method_id=found.chosen.method_id,
            method=found.chosen.name,
            shipping=found.shipping.amount,
            delivery_from=found.chosen.earliest,
            delivery_until=found.chosen.latest,
        ),
        taxes=found.taxes,
        refund_id=refund_id,
    )
    return refund_id


async def _give_back(tx: Transaction, order: OrderView, found: Rerating) -> UUID | None:
    differences = _differences(found)
    if not found.goes_back:
        if any(each.tax for each in differences):
            await invoicing.correct(
                tx, order.id, taxes=differences, why=_("Another delivery address, with other rates of tax")
            )
        return None
    assert order.payment_id is not None  # what costs nothing cannot cost less
    refund = await payments.request_refund(
        tx,
        payment_id=order.payment_id,
        amount=found.goes_back,
        reason=_("delivery to another address"),
        key=f"readdressed:{new_id()}",
    )
    line = invoicing.CreditLine(_("Delivery to another address"), 1, found.goes_back.amount)
    await invoicing.explain(tx, refund.id, [line], taxes=differences)
    return refund.id


def _differences(found: Rerating) -> list[invoicing.DocumentTax]:
    """By rate, what was taxed before and is not now; negative where it is the other way round."""
    sums: dict[tuple[str, int], tuple[int, int]] = {}
    for sign, taxes in ((1, found.before.taxes), (-1, found.taxes)):
        for each in taxes:
            taxable, tax = sums.get((each.name, each.rate_ppm), (0, 0))
            sums[each.name, each.rate_ppm] = taxable + sign * each.taxable, tax + sign * each.tax
    return [
        invoicing.DocumentTax(name, rate_ppm, taxable, tax)
        for (name, rate_ppm), (taxable, tax) in sums.items()
        if taxable or tax
    ]


async def _offered(tx: Transaction, address: Address, weight: int, subtotal: Money) -> list[ShippingOption]:
    try:
        return await shipping.options(
            tx,
            country=address.country,
            state=address.state,
            postal_code=address.postal_code,
            weight_grams=weight,
            subtotal=subtotal,
        )
    except shipping.NoDelivery:
        return []


def _fair(price: Money, present: ShippingOption | None, paid: Money) -> Money:
    """What a way costs an order that paid `paid` for one that would cost `present` today."""
    if present is None or present.amount.currency != paid.currency:
        return price
    return Money(max(0, paid.amount + price.amount - present.amount.amount), paid.currency)


async def _taxes(
    tx: Transaction, order: OrderView, before: StandingCosts, address: Address, shipping_cost: int
) -> tuple[DraftTax, ...]:
    rates = await pricing.tax_rates(tx, address)
    if rates == await pricing.tax_rates(tx, order.shipping_address) and shipping_cost == before.shipping.amount:
        return before.taxes
    shop = await store.shop(tx)
    classes = await orders.tax_classes(tx, order.id)
    totals = pricing.totals(
        [
            pricing.PricedLine(
                key=str(line.id),
                unit_price=line.unit_price.amount,
                quantity=line.quantity,
                tax_class=classes[line.variant_id],
            )
            for line in order.lines
        ],
        shipping=shipping_cost,
        discount=order.discount.amount,
        rates=rates,
        mode=pricing.TaxMode(
            prices_include_tax=order.prices_include_tax,
            rounding=shop.tax_rounding,
            tax_on_shipping=shop.tax_on_shipping,
        ),
        currency=order.total.currency,
    )
    return tuple(
        DraftTax(name=each.name, rate_ppm=each.rate_ppm, taxable=each.taxable, tax=each.tax)
        for each in totals.tax_breakdown
    )
