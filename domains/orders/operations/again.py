"""To order again what was ordered before."""

from uuid import UUID

from domains import cart
from domains.kit import Transaction
from domains.orders.queries import again
from domains.orders.views import Again, OrderView


async def put_again(tx: Transaction, order: OrderView, cart_id: UUID) -> Again:
    """Put what can still be had of an order into the cart, at today's prices; says what became of every line.

    The cart is brought to at least what was ordered, as far as there is stock, and never made shorter: pressed twice,
    or twice at once, it holds the same. What cannot be had stays out, and the answer says why. Raises `CartNotFound`.
    """
    before = await again(tx, order, cart_id)
    for line in before.lines:
        if line.wanted > line.in_cart:
            try:
                await cart.at_least(tx, cart_id, line.variant_id, line.wanted)
            except (cart.CartFull, cart.NotForSale):
                continue  # gone or full since it was looked at: the answer tells it
    return await again(tx, order, cart_id)
