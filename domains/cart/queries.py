"""What can be asked of carts."""

from typing import Any
from uuid import UUID

from domains import catalog, inventory, pricing, store
from domains.cart.errors import CartNotFound
from domains.cart.views import CartView, LineView, Trouble
from domains.kit import Money, Transaction
from domains.kit.crypto import token_hash


async def find(tx: Transaction, token: str) -> UUID | None:
    """The open guest cart of a cookie's token; None for one that expired, was ordered, or belongs to an account now."""
    if not token:
        return None
    rows = await tx.sql(
        "SELECT id FROM cart.carts WHERE token_hash = :hash AND status = 'open' AND account_id IS NULL"
        " AND expires_at > kit.now()",
        {"hash": token_hash(token)},
    )
    return rows.scalar_one_or_none()


async def identify(tx: Transaction, token: str) -> UUID | None:
    """The cart that this token once opened, whatever became of it: for the way back from the gateway."""
    rows = await tx.sql("SELECT id FROM cart.carts WHERE token_hash = :hash", {"hash": token_hash(token)})
    return rows.scalar_one_or_none()


async def for_account(tx: Transaction, account_id: UUID) -> UUID | None:
    """The account's open cart, the same on all its devices."""
    rows = await tx.sql(
        "SELECT id FROM cart.carts WHERE account_id = :account_id AND status = 'open'", {"account_id": account_id}
    )
    return rows.scalar_one_or_none()


async def current(tx: Transaction, *, account_id: UUID | None, token: str) -> UUID | None:
    """The cart of who asks: the account's when he is logged in, else the cookie's."""
    return await for_account(tx, account_id) if account_id is not None else await find(tx, token)


async def count(tx: Transaction, cart_id: UUID) -> int:
    """How many pieces are in a cart: the number of the badge."""
    rows = await tx.sql(
        "SELECT CAST(coalesce(sum(quantity), 0) AS int) FROM cart.cart_lines WHERE cart_id = :id", {"id": cart_id}
    )
    number: int = rows.scalar_one()
    return number


async def needs_shipping(tx: Transaction, cart_id: UUID) -> bool:
    """Whether there is anything in a cart that must be sent; an empty one might have."""
    rows = await tx.sql("SELECT variant_id FROM cart.cart_lines WHERE cart_id = :id", {"id": cart_id})
    ids = list(rows.scalars())
    return not ids or len(await catalog.digital(tx, ids)) < len(ids)


async def view(tx: Transaction, cart_id: UUID | None) -> CartView:
    """A cart with the prices and stock of this moment; None is the empty cart of who has none.

    What the cart itself holds for its checkout counts as available to it. Raises `CartNotFound`.
    """
    if cart_id is None:
        currency = (await store.shop(tx)).currency
        return CartView(None, (), 0, Money.zero(currency), currency)
    found = (
        await tx.sql(
            "SELECT c.currency, l.variant_id, l.quantity, l.unit_price_seen FROM cart.carts c"
            " LEFT JOIN cart.cart_lines l ON l.cart_id = c.id WHERE c.id = :id ORDER BY l.added_at, l.variant_id",
            {"id": cart_id},
        )
    ).all()
    if not found:
        raise CartNotFound
    currency = found[0].currency
    rows = [row for row in found if row.variant_id is not None]
    ids = [row.variant_id for row in rows]
    variants = await catalog.variants(tx, ids)
    prices = await pricing.prices(tx, ids, currency)
    stock = await inventory.availability(tx, ids, holder=cart_id)
    lines = tuple(
        _line(row, variants[row.variant_id], prices.get(row.variant_id), stock[row.variant_id], currency)
        for row in rows
    )
    subtotal = Money(sum(line.line_total.amount for line in lines if line.trouble not in ("gone", "out")), currency)
    return CartView(cart_id, lines, sum(line.quantity for line in lines), subtotal, currency)


def _line(
    row: Any,
    variant: catalog.VariantView,
    price: pricing.Price | None,
    stock: inventory.Availability,
    currency: str,
) -> LineView:
    seen = Money(row.unit_price_seen, currency)
    now = price.amount if price else seen
    is_sold = price is not None and variant.is_sellable
    trouble: Trouble = ""
    if not is_sold:
        trouble = "gone"
    elif stock.most == 0:
        trouble = "out"
    elif row.quantity > stock.most:
        trouble = "too_many"
    return LineView(
        variant_id=row.variant_id,
        product_id=variant.product_id,
        name=variant.product_name,
        options=variant.options,
        slug=variant.slug,
        sku=variant.sku,
        image=variant.image,
        quantity=row.quantity,
        unit_price=now,
        line_total=now * row.quantity,
        compare_at=price.compare_at if price else None,
        price_changed_from=seen if now != seen else None,
        available=stock.available,
        state=stock.state,
        max_quantity=stock.most if is_sold else 0,
        trouble=trouble,
        tax_class=variant.tax_class,
        weight_grams=variant.weight_grams,
        is_digital=variant.is_digital,
        owed=max(0, row.quantity - max(stock.available, 0)) if stock.backorder_allowed and is_sold else 0,
        back_on=stock.backorder_date,
    )
