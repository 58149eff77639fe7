"""Placing the order: the first of our beats around the payment."""

from uuid import UUID

import msgspec
from sqlalchemy import text

from domains import cart, downloads, inventory, orders, payments, store
from domains.checkout.errors import CardMissing, StepMissing, StockShort, TooManyDeclines, TotalChanged
from domains.checkout.models import Checkout
from domains.checkout.operations.drafting import buyer_of
from domains.checkout.operations.holding import hold_lines
from domains.checkout.queries.quoting import fingerprint, quote
from domains.checkout.rows import CheckoutClosed, locked, move, view_of
from domains.checkout.states import CheckoutStatus, Step
from domains.checkout.views import CheckoutView, Quote
from domains.kit import Money, Transaction, crash_point, idempotency, new_id
from domains.kit.i18n import gettext as _

DECLINES_PER_MAIL = 5
DECLINES_PER_VISITOR = 10
"""Within an hour. A visitor is a network, which a family or an office may share."""
_HOUR = 3600


class Try(msgspec.Struct, frozen=True, kw_only=True):
    """What the gateway is asked next; or, with `is_repeated`, what an earlier command with this key began."""

    order_id: UUID
    order_number: str
    payment_id: UUID | None
    attempt_id: UUID | None
    amount: Money
    account_id: UUID | None
    is_first: bool
    """The order was made for this try."""
    is_repeated: bool


class OrderOutdated(Exception):
    """The pending order no longer says what the checkout says, or its hold is over. Only checkout's flows see this."""

    def __init__(self, payment_id: UUID) -> None:
        self.payment_id = payment_id
        super().__init__(str(payment_id))


async def place(
    tx: Transaction, checkout_id: UUID, *, key: str, token: str, total: int, by_transfer: bool = False
) -> Try:
    """Make the order, its payment and a try to pay, or a further try for the order that is there. Once per `key`.

    Everything is looked at again under the checkout's lock: steps, prices, stock. `total` is what the page showed and
    is only ever compared. Holds are bound to the order, so that nothing of it can be sold twice.
    Emits what `orders.place` and `payments.open` emit; an order of zero is confirmed at once. `by_transfer`
    begins no try: the order waits for days, and the checkout is done.
    A try that waits for the shopper at his bank is superseded, one under way is not disturbed.
    Raises `StepMissing`, `CardMissing`, `TotalChanged`, `StockShort`, `TooManyDeclines`, `payments.PaymentUnderWay`,
    `CheckoutClosed`, of a draft `PayLinkOver`, inside checkout's flows also `OrderOutdated`. All of them leave nothing
    behind, the key neither.
    """
    row = await locked(tx, checkout_id)
    scope = f"checkout.pay:{checkout_id}"
    asked = {"token": token, "total": total} | ({"by": "transfer"} if by_transfer else {})
    known = await idempotency.claim(tx, scope, key, asked)
    if known is not None:
        return msgspec.structs.replace(msgspec.convert(known, Try, strict=False), is_repeated=True)
    if row.status == CheckoutStatus.PLACED and row.order_id is not None:
        begun = await _further_try(tx, row, row.order_id, token=token)
    elif row.status == CheckoutStatus.OPEN:
        begun = await _first_try(tx, row, token=token, total=total, by_transfer=by_transfer)
    else:
        raise CheckoutClosed
    await idempotency.complete(tx, scope, key, msgspec.to_builtins(begun))
    return begun


async def _first_try(tx: Transaction, row: Checkout, *, token: str, total: int, by_transfer: bool) -> Try:
    row.account_id = await buyer_of(tx, row)
    row.visitor = tx.actor.visitor or row.visitor
    view = await view_of(tx, row)
    present = await quote(tx, view)
    _require_ready(view, present, total=total)
    if present.total and not token and not by_transfer:
        raise CardMissing
    await _require_few_declines(tx, row)
    # The lines of the quote and no others: a second tab may have put something into the cart this very moment.
    await hold_lines(tx, row.cart_id, present.lines, visitor=row.visitor)
    order_id = new_id()
    amount = present.total
    payment_id = await payments.open(tx, order_id=order_id, user_id=row.account_id, amount=amount) if amount else None
    order = await orders.place(tx, _draft(view, present, order_id=order_id, payment_id=payment_id))
    await inventory.bind(tx, holder=row.cart_id, order_id=order_id)
    row.order_id = order_id
    row.placed_as = fingerprint(view, present)
    row.accepted_total, row.accepted_currency = amount.amount, amount.currency
    row.updated_at = text("kit.now()")  # type: ignore[assignment]
    move(row, CheckoutStatus.PLACED)
    await tx.session.flush()
    attempt_id = None
    if payment_id is None:
        await complete(tx, row, order_id, cause=f"placed:{order_id}")
    elif by_transfer:
        await _await_transfer(tx, row, order_id, payment_id)
    else:
        attempt_id = (await payments.start_attempt(tx, payment_id)).id
    return Try(
        order_id=order_id,
        order_number=order.number,
        payment_id=payment_id,
        attempt_id=attempt_id,
        amount=amount,
        account_id=row.account_id,
        is_first=True,
        is_repeated=False,
    )


async def _further_try(tx: Transaction, row: Checkout, order_id: UUID, *, token: str) -> Try:
    if not token:
        raise CardMissing
    order = await orders.lock(tx, order_id)
    if order.payment_id is None:
        raise CheckoutClosed
    attempt = await payments.start_attempt(tx, order.payment_id)
    await _require_few_declines(tx, row)
    view = await view_of(tx, row)
    held = await inventory.hold(tx, row.cart_id)
    if held is None or held.is_over or fingerprint(view, await quote(tx, view)) != row.placed_as:
        raise OrderOutdated(order.payment_id)
    return Try(
        order_id=order_id,
        order_number=order.number,
        payment_id=attempt.payment_id,
        attempt_id=attempt.id,
        amount=attempt.amount,
        account_id=order.user_id,
        is_first=False,
        is_repeated=False,
    )


async def complete(tx: Transaction, row: Checkout | None, order_id: UUID, *, cause: str) -> None:
    """The order is paid: confirm it, take the stock, close the cart it came from. The caller holds the locks."""
    await orders.confirm(tx, order_id, cause=cause)
    await inventory.consume(tx, order_id=order_id, cause=cause)
    await downloads.grant(tx, order_id)
    if row is not None and row.status != CheckoutStatus.COMPLETED:
        await _close(tx, row)
    crash_point("T5")


async def _await_transfer(tx: Transaction, row: Checkout, order_id: UUID, payment_id: UUID) -> None:
    """The order waits for a bank transfer for days: its stock is kept so long, and the shopper's cart is his again."""
    shop = await store.shop(tx)
    if not shop.bank_details:
        raise CardMissing
    await payments.await_transfer(tx, payment_id)
    await inventory.keep(tx, order_id=order_id, days=shop.transfer_days)
    await orders.await_transfer(tx, order_id)
    await _close(tx, row)


async def _close(tx: Transaction, row: Checkout) -> None:
    """The shopper has no more to do here; the order has its snapshots, and personal data stands in one place only."""
    await cart.convert(tx, row.cart_id)
    move(row, CheckoutStatus.COMPLETED)
    row.email = row.shipping_draft = row.shipping_address = None
    row.billing_draft = row.billing_address = row.notes = None
    row.completed_at = row.updated_at = text("kit.now()")  # type: ignore[assignment]
    await tx.session.flush()


def _require_ready(view: CheckoutView, present: Quote, *, total: int) -> None:
    if view.next_step is not Step.PAYMENT:
        raise StepMissing(view.next_step)
    if present.gone:
        raise StockShort(present.gone)
    if not present.lines:
        raise StepMissing(Step.CONTACT)
    if present.chosen is None and present.needs_shipping:
        raise StepMissing(Step.SHIPPING)
    # Without a delivery to choose, the total is known since the address, and the page of the payment is where it is
    # agreed to.
    agreed = view.accepted_total
    if agreed is None and not present.needs_shipping:
        agreed = Money(total, present.currency)
    if agreed != present.total or total != present.total.amount:
        seen = Money(total, present.currency)
        raise TotalChanged(seen if agreed is None or agreed == present.total else agreed, present.total)


async def _require_few_declines(tx: Transaction, row: Checkout) -> None:
    refused = (
        await tx.sql(
            "SELECT coalesce(sum(declines) FILTER (WHERE id = :id OR email_hash = :mail), 0) AS by_mail,"
            " coalesce(sum(declines) FILTER (WHERE visitor = :visitor AND visitor <> ''), 0) AS by_visitor"
            " FROM checkout.checkouts WHERE declines > 0 AND declined_at > kit.now() - interval '1 hour'"
            " AND (id = :id OR email_hash = :mail OR visitor = :visitor)",
            {"id": row.id, "mail": row.email_hash, "visitor": row.visitor},
        )
    ).one()
    if refused.by_mail >= DECLINES_PER_MAIL or refused.by_visitor >= DECLINES_PER_VISITOR:
        raise TooManyDeclines(_HOUR)


def _draft(view: CheckoutView, present: Quote, *, order_id: UUID, payment_id: UUID | None) -> orders.OrderDraft:
    chosen, totals = present.chosen, present.totals
    send_to, bill_to = view.shipping_address, view.bill_to
    if (chosen is None and present.needs_shipping) or send_to is None or bill_to is None:
        raise StepMissing(view.next_step)
    tax_of = {line.key: line.tax for line in totals.lines}
    return orders.OrderDraft(
        id=order_id,
        user_id=view.account_id,
        email=view.email,
        currency=present.currency,
        prices_include_tax=present.prices_include_tax,
        lines=tuple(
            orders.DraftLine(
                product_id=line.product_id,
                variant_id=line.variant_id,
                product_name=line.name,
                options=line.options,
                sku=line.sku,
                tax_class=line.tax_class,
                unit_price=line.unit_price.amount,
                quantity=line.quantity,
                tax=tax_of[str(line.variant_id)],
                is_digital=line.is_digital,
            )
            for line in present.lines
        ),
        tax_lines=tuple(
            orders.DraftTax(name=each.name, rate_ppm=each.rate_ppm, taxable=each.taxable, tax=each.tax)
            for each in totals.tax_breakdown
        ),
        subtotal=totals.subtotal,
        discount=totals.discount,
        shipping=totals.shipping,
        tax=totals.tax,
        total=totals.total,
        shipping_address=send_to,
        billing_address=bill_to,
        shipping_method_id=None if chosen is None else chosen.method_id,
        shipping_method=_("Download") if chosen is None else chosen.name,
        delivery_from=None if chosen is None else chosen.earliest,
        delivery_until=None if chosen is None else chosen.latest,
        payment_id=payment_id,
        notes=view.notes or None,
        checkout_id=view.id,
        cart_id=view.cart_id,
    )
