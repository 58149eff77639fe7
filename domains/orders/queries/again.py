"""An order held against the shop of today: what can be had of it again, and what has changed."""

from collections.abc import Mapping
from uuid import UUID

from domains import cart, catalog, inventory, pricing
from domains.catalog import VariantView
from domains.kit import Transaction
from domains.orders.views import Again, AgainLine, AgainTrouble, OrderLineView, OrderView


async def again(tx: Transaction, order: OrderView, cart_id: UUID | None) -> Again:
    """Every line of the order beside today's price and stock, and how much of it lies in this cart.

    Nothing is left out: a line that cannot be had says why. What the cart holds itself counts as there.
    """
    view = await cart.view(tx, cart_id)
    ids = [line.variant_id for line in order.lines]
    variants = await catalog.variants(tx, ids)
    prices = await pricing.prices(tx, ids, view.currency)
    stock = await inventory.availability(tx, ids, holder=cart_id)
    others = await _shown(tx, order, variants)
    in_cart = {line.variant_id: line.quantity for line in view.lines}
    is_full = len(view.lines) >= cart.MOST_LINES
    lines = []
    for line in order.lines:
        variant, price = variants.get(line.variant_id), prices.get(line.variant_id)
        is_sold = variant is not None and variant.is_sellable and price is not None
        possible = stock[line.variant_id].most if is_sold else 0
        trouble: AgainTrouble = ""
        if not is_sold:
            trouble = "variant_gone" if line.product_id in others else "gone"
        elif possible == 0:
            trouble = "out"
        elif is_full and line.variant_id not in in_cart:
            trouble = "full"
        elif possible < line.quantity:
            trouble = "fewer"
        lines.append(
            AgainLine(
                variant_id=line.variant_id,
                name=line.product_name,
                options=line.options,
                sku=line.sku,
                slug=_slug(line, variant, others),
                image=variant.image if variant is not None else None,
                ordered=line.quantity,
                in_cart=in_cart.get(line.variant_id, 0),
                possible=possible,
                price_then=line.unit_price,
                price_now=price.amount if is_sold and price is not None else None,
                trouble=trouble,
            )
        )
    return Again(tuple(lines), view.count)


async def _shown(tx: Transaction, order: OrderView, variants: Mapping[UUID, VariantView]) -> dict[UUID, str]:
    """The slugs of the products that are still sold, for lines whose own variant is not."""
    lost = {
        line.product_id
        for line in order.lines
        if (variant := variants.get(line.variant_id)) is None or not variant.is_sellable
    }
    offered = await catalog.variants_of(tx, lost)
    return {
        product_id: next(one.slug for one in found if one.is_sellable)
        for product_id, found in offered.items()
        if any(one.is_sellable for one in found)
    }


def _slug(line: OrderLineView, variant: VariantView | None, others: Mapping[UUID, str]) -> str:
    if variant is not None and variant.is_sellable:
        return variant.slug
    return others.get(line.product_id, "")
