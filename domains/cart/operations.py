"""What can be done with a cart."""

from uuid import UUID

from domains import catalog, inventory, pricing, store
from domains.cart.errors import CartFull, CartNotFound, LineNotFound, NotForSale, TooFewLeft
from domains.cart.queries import current, find
from domains.kit import Invalid, Money, Transaction, new_id, new_token
from domains.kit.crypto import token_hash
from domains.kit.i18n import gettext as _

GUEST_DAYS = 30
MOST_LINES = 100


async def start(tx: Transaction, account_id: UUID | None = None) -> tuple[UUID, str | None]:
    """A new cart and the token for a guest's cookie; a customer has one open cart, which is found again.

    Only the token's hash is kept. A customer's cart has none: what is his opens with his account and not with a cookie
    that he leaves behind on a shared computer.
    """
    currency = (await store.shop(tx)).currency
    if account_id is not None:
        made = await tx.sql(
            "INSERT INTO cart.carts (id, account_id, currency) VALUES (:id, :account_id, :currency)"
            " ON CONFLICT (account_id) WHERE status = 'open' DO UPDATE SET updated_at = kit.now() RETURNING id",
            {"id": new_id(), "account_id": account_id, "currency": currency},
        )
        cart_id: UUID = made.scalar_one()
        return cart_id, None
    token = new_token()
    cart_id = new_id()
    await tx.sql(
        "INSERT INTO cart.carts (id, token_hash, currency, expires_at)"
        " VALUES (:id, :hash, :currency, kit.now() + make_interval(days => :days))",
        {"id": cart_id, "hash": token_hash(token), "currency": currency, "days": GUEST_DAYS},
    )
    return cart_id, token


async def open_for(tx: Transaction, *, account_id: UUID | None, token: str) -> tuple[UUID, str | None]:
    """The cart of who asks, begun if he has none; with the token for his cookie where a guest's was begun just now."""
    found = await current(tx, account_id=account_id, token=token)
    return (found, None) if found is not None else await start(tx, account_id)


# The sum and its limit are one statement, so that clicks at the same moment all count and none goes too far.
_ADD = """
INSERT INTO cart.cart_lines AS l (cart_id, variant_id, quantity, unit_price_seen)
VALUES (:cart_id, :variant_id, :quantity, :price)
ON CONFLICT (cart_id, variant_id) DO UPDATE
SET quantity = l.quantity + excluded.quantity, unit_price_seen = excluded.unit_price_seen, updated_at = kit.now()
WHERE l.quantity + excluded.quantity <= :most
RETURNING l.quantity
"""


async def add_line(tx: Transaction, cart_id: UUID, variant_id: UUID, quantity: int) -> int:
    """Put `quantity` more of a variant into the cart; returns how many of it are in there now.

    Nothing is set aside: that begins with the checkout. Raises `Invalid`, `NotForSale`, `CartFull`, `CartNotFound`,
    and `TooFewLeft` when the line would ask for more than there are.
    """
    if not 1 <= quantity <= inventory.MOST_PER_LINE:
        raise Invalid({"quantity": _("Enter a quantity from 1 to 999.")})
    currency = await _touch(tx, cart_id)
    price, stock = await _offer(tx, cart_id, variant_id, currency)
    in_cart = await _in_cart(tx, cart_id)
    had = in_cart.get(variant_id, 0)
    if had == 0 and len(in_cart) >= MOST_LINES:
        raise CartFull
    added: int | None = None
    if quantity <= stock.most:
        rows = await tx.sql(
            _ADD,
            {
                "cart_id": cart_id,
                "variant_id": variant_id,
                "quantity": quantity,
                "price": price.amount,
                "most": stock.most,
            },
        )
        added = rows.scalar_one_or_none()
    if added is None:
        raise TooFewLeft(variant_id, wanted=had + quantity, possible=stock.most, in_cart=had)
    return added


async def at_least(tx: Transaction, cart_id: UUID, variant_id: UUID, quantity: int) -> int:
    """Let the cart hold `quantity` of a variant, or as many as there are; returns how many it holds now.

    What is in there counts, and more of it stays: asking twice changes nothing. Emits nothing; raises `NotForSale`,
    `CartFull`, `CartNotFound`.
    """
    currency = await _touch(tx, cart_id)
    price, stock = await _offer(tx, cart_id, variant_id, currency)
    in_cart = await _in_cart(tx, cart_id)
    had = in_cart.get(variant_id, 0)
    wanted = min(quantity, stock.most)
    if wanted <= had:
        return had
    if had == 0 and len(in_cart) >= MOST_LINES:
        raise CartFull
    await tx.sql(
        "INSERT INTO cart.cart_lines (cart_id, variant_id, quantity, unit_price_seen)"
        " VALUES (:cart_id, :variant_id, :quantity, :price) ON CONFLICT (cart_id, variant_id) DO UPDATE"
        " SET quantity = excluded.quantity, unit_price_seen = excluded.unit_price_seen, updated_at = kit.now()",
        {"cart_id": cart_id, "variant_id": variant_id, "quantity": wanted, "price": price.amount},
    )
    return wanted


async def set_quantity(tx: Transaction, cart_id: UUID, variant_id: UUID, quantity: int) -> None:
    """Make a line that long; 0 takes it out. Raises `Invalid`, `LineNotFound`, `NotForSale`, `CartNotFound`, and
    `TooFewLeft` with the possible quantity, the line staying as it was."""
    if not 0 <= quantity <= inventory.MOST_PER_LINE:
        raise Invalid({"quantity": _("Enter a quantity from 0 to 999.")})
    if quantity == 0:
        await remove_line(tx, cart_id, variant_id)
        return
    currency = await _touch(tx, cart_id)
    if variant_id not in await _in_cart(tx, cart_id):
        raise LineNotFound
    price, stock = await _offer(tx, cart_id, variant_id, currency)
    if quantity > stock.most:
        raise TooFewLeft(variant_id, wanted=quantity, possible=stock.most)
    await tx.sql(
        "UPDATE cart.cart_lines SET quantity = :quantity, unit_price_seen = :price, updated_at = kit.now()"
        " WHERE cart_id = :cart_id AND variant_id = :variant_id",
        {"cart_id": cart_id, "variant_id": variant_id, "quantity": quantity, "price": price.amount},
    )


async def remove_line(tx: Transaction, cart_id: UUID, variant_id: UUID) -> None:
    """Take a line out; one that is not there any more is no mistake. Raises `CartNotFound`."""
    await _touch(tx, cart_id)
    await tx.sql(
        "DELETE FROM cart.cart_lines WHERE cart_id = :cart_id AND variant_id = :variant_id",
        {"cart_id": cart_id, "variant_id": variant_id},
    )


async def accept_prices(tx: Transaction, cart_id: UUID) -> None:
    """The shopper saw today's prices and goes on: they are no longer told as changed. Raises `CartNotFound`."""
    currency = await _touch(tx, cart_id)
    for variant_id, price in (await pricing.prices(tx, await _in_cart(tx, cart_id), currency)).items():
        await tx.sql(
            "UPDATE cart.cart_lines SET unit_price_seen = :price WHERE cart_id = :cart_id AND variant_id = :variant_id",
            {"cart_id": cart_id, "variant_id": variant_id, "price": price.amount.amount},
        )


async def adopt(tx: Transaction, *, token: str, account_id: UUID) -> UUID | None:
    """At log-in: what lies in the guest cart of this cookie becomes the account's; returns the account's cart."""
    guest_cart_id = await find(tx, token)
    return await merge(tx, guest_cart_id, account_id) if guest_cart_id is not None else None


async def merge(tx: Transaction, guest_cart_id: UUID, account_id: UUID) -> UUID:
    """Make a guest cart the account's, with what lay in the account's own cart; same things are summed, up to 999.

    The guest's cart lives on, because its checkout may be under way; the other one ends as `merged` and what it held
    comes free. Whether there is enough of everything is told by the cart's page. Raises `CartNotFound`.
    """
    # One log-in of an account at a time: two would both find its cart, or both find none.
    await tx.sql(
        "SELECT pg_advisory_xact_lock(hashtextextended('cart.merge ' || CAST(:account AS text), 0))",
        {"account": str(account_id)},
    )
    rows = (
        await tx.sql(
            "SELECT id, account_id FROM cart.carts WHERE status = 'open'"
            " AND (account_id = :account_id OR (id = :guest AND account_id IS NULL)) ORDER BY id FOR UPDATE",
            {"account_id": account_id, "guest": guest_cart_id},
        )
    ).all()
    if guest_cart_id not in {row.id for row in rows}:
        raise CartNotFound
    older = next((row.id for row in rows if row.account_id == account_id), None)
    if older is not None:
        await tx.sql(
            "INSERT INTO cart.cart_lines AS l (cart_id, variant_id, quantity, unit_price_seen, added_at)"
            " SELECT :guest, variant_id, quantity, unit_price_seen, added_at FROM cart.cart_lines"
            " WHERE cart_id = :older ORDER BY variant_id"
            " ON CONFLICT (cart_id, variant_id) DO UPDATE"
            " SET quantity = least(l.quantity + excluded.quantity, :most), updated_at = kit.now()",
            {"guest": guest_cart_id, "older": older, "most": inventory.MOST_PER_LINE},
        )
        await tx.sql("DELETE FROM cart.cart_lines WHERE cart_id = :older", {"older": older})
        await tx.sql(
            "UPDATE cart.carts SET status = 'merged', updated_at = kit.now() WHERE id = :older", {"older": older}
        )
        await inventory.release(tx, holder=older, cause=f"merged into {guest_cart_id}")
    await tx.sql(
        "UPDATE cart.carts SET account_id = :account_id, expires_at = NULL, updated_at = kit.now() WHERE id = :id",
        {"account_id": account_id, "id": guest_cart_id},
    )
    return guest_cart_id


async def convert(tx: Transaction, cart_id: UUID) -> None:
    """The cart became an order and cannot be changed any more; a repetition does nothing."""
    await tx.sql(
        "UPDATE cart.carts SET status = 'converted', updated_at = kit.now() WHERE id = :id AND status = 'open'",
        {"id": cart_id},
    )


async def drop(tx: Transaction, cart_id: UUID) -> None:
    """End an open cart and forget what was in it; a repetition does nothing. What it holds its checkout gives back."""
    await tx.sql(
        "UPDATE cart.carts SET status = 'expired', updated_at = kit.now() WHERE id = :id AND status = 'open'",
        {"id": cart_id},
    )
    await tx.sql("DELETE FROM cart.cart_lines WHERE cart_id = :id", {"id": cart_id})


async def expire_due(tx: Transaction, limit: int = 500) -> int:
    """End the guest carts whose time is over by the shop's clock and forget what was in them; returns how many."""
    due = await tx.sql(
        "UPDATE cart.carts SET status = 'expired', updated_at = kit.now() WHERE id IN"
        " (SELECT id FROM cart.carts WHERE status = 'open' AND expires_at <= kit.now()"
        "  ORDER BY expires_at LIMIT :limit FOR UPDATE SKIP LOCKED) RETURNING id",
        {"limit": limit},
    )
    ids = list(due.scalars())
    await tx.sql("DELETE FROM cart.cart_lines WHERE cart_id = ANY(CAST(:ids AS uuid[]))", {"ids": ids})
    return len(ids)


async def _touch(tx: Transaction, cart_id: UUID) -> str:
    """Lock the open cart until the commit and give a guest's its full time again; returns its currency."""
    rows = await tx.sql(
        "UPDATE cart.carts SET updated_at = kit.now(),"
        " expires_at = CASE WHEN account_id IS NULL THEN kit.now() + make_interval(days => :days) END"
        " WHERE id = :id AND status = 'open' AND (expires_at IS NULL OR expires_at > kit.now()) RETURNING currency",
        {"id": cart_id, "days": GUEST_DAYS},
    )
    currency: str | None = rows.scalar_one_or_none()
    if currency is None:
        raise CartNotFound
    return currency


async def _offer(
    tx: Transaction, cart_id: UUID, variant_id: UUID, currency: str
) -> tuple[Money, inventory.Availability]:
    variant = (await catalog.variants(tx, [variant_id])).get(variant_id)
    price = (await pricing.prices(tx, [variant_id], currency)).get(variant_id)
    if variant is None or price is None or not variant.is_sellable:
        raise NotForSale
    return price.amount, (await inventory.availability(tx, [variant_id], holder=cart_id))[variant_id]


async def _in_cart(tx: Transaction, cart_id: UUID) -> dict[UUID, int]:
    rows = await tx.sql("SELECT variant_id, quantity FROM cart.cart_lines WHERE cart_id = :id", {"id": cart_id})
    return {row.variant_id: row.quantity for row in rows}
