"""Setting the cart's things aside while the shopper types."""

from collections.abc import Sequence
from uuid import UUID

from domains import cart, inventory
from domains.checkout.errors import CartEmpty, StockShort
from domains.checkout.queries.quoting import quote
from domains.checkout.rows import editable, locked, view_of
from domains.checkout.states import CheckoutStatus
from domains.checkout.views import QuoteLine, Shortage
from domains.kit import Transaction

MINUTES = 15


async def hold(tx: Transaction, checkout_id: UUID) -> None:
    """Set aside what is in the cart, every line or nothing, for 15 minutes; a hold that is still good is kept as it is.

    A hold that ran out is taken anew if the stock is there; one that is bound to an order stays with it. The holder is
    the cart, so that its page counts its own things as available. Raises `StockShort` with every shortage at once.
    """
    row = await locked(tx, checkout_id)
    if row.status != CheckoutStatus.OPEN:
        return
    present = await quote(tx, await view_of(tx, row))
    if present.gone:
        raise StockShort(present.gone)
    await hold_lines(tx, row.cart_id, present.lines, visitor=row.visitor)


async def hold_lines(tx: Transaction, cart_id: UUID, lines: Sequence[QuoteLine], *, visitor: str) -> None:
    """As `hold`, for these very lines and under a lock that the caller has."""
    if not lines:
        raise CartEmpty
    demands = [inventory.Demand(line.variant_id, line.quantity) for line in lines]
    try:
        await inventory.reserve(tx, lines=demands, holder=cart_id, visitor=visitor, minutes=MINUTES)
    except inventory.NotEnoughStock as short:
        raise StockShort(_named(short.shortages, lines)) from short


async def settle_for(tx: Transaction, checkout_id: UUID, *, variant_id: UUID | None, take: bool) -> bool:
    """Take of one line what is there, or leave it out; True if the cart is empty then.

    Raises `CheckoutClosed` once the order is placed.
    """
    row = await editable(tx, checkout_id)
    lines = {line.variant_id: line for line in (await cart.view(tx, row.cart_id)).lines}
    line = lines.pop(variant_id, None) if variant_id is not None else None
    if line is None:
        return not lines
    quantity = min(line.available, line.quantity) if take else 0
    if quantity > 0:
        await cart.set_quantity(tx, row.cart_id, line.variant_id, quantity)
        return False
    await cart.remove_line(tx, row.cart_id, line.variant_id)
    return not lines


async def report_shortage(tx: Transaction, checkout_id: UUID, shortages: Sequence[Shortage]) -> None:
    """Record what could not be had; in a transaction of its own, because the one that was refused is gone."""
    row = await locked(tx, checkout_id)
    short = [inventory.Shortage(each.variant_id, each.wanted, each.available) for each in shortages]
    await inventory.report_shortage(tx, holder=row.cart_id, shortages=short)


async def extend(tx: Transaction, checkout_id: UUID) -> None:
    """Hold the things for longer, once; a hold that ran out is taken anew."""
    row = await locked(tx, checkout_id)
    present = await inventory.hold(tx, row.cart_id)
    if present is None or present.is_over:
        await hold(tx, checkout_id)
    elif present.can_extend:
        await inventory.extend(tx, row.cart_id)


def _named(short: Sequence[inventory.Shortage], lines: Sequence[QuoteLine]) -> list[Shortage]:
    by_variant = {line.variant_id: line for line in lines}
    return [
        Shortage(
            variant_id=each.variant_id,
            name=by_variant[each.variant_id].name,
            options=by_variant[each.variant_id].options,
            wanted=each.wanted,
            available=each.available,
        )
        for each in short
    ]
