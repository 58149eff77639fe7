"""Orders that staff write for a customer, and the link by which he pays.

A draft is a cart and a checkout like any other, which nobody's cookie opens: what pays it, holds its stock and makes
the order is what does so for every shopper. Each of these takes the lock of the checkout first, so that what staff
change and what the customer pays never pass each other by.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text

from domains import accounts, audit, cart, inventory, orders
from domains.checkout.errors import DraftIncomplete, PayLinkOver, TotalChanged
from domains.checkout.events import PayLinkSent
from domains.checkout.models import Checkout, Draft
from domains.checkout.operations.addressing import Problems, enter_addresses
from domains.checkout.operations.delivery import choose_shipping, enter_notes
from domains.checkout.queries.drafts import draft
from domains.checkout.queries.quoting import quote
from domains.checkout.rows import editable, move, view_of
from domains.checkout.states import CheckoutStatus, DraftState, Step
from domains.checkout.views import CheckoutView, DraftView, Quote
from domains.kit import ActorKind, Address, Money, Transaction, new_id, new_token, record
from domains.kit.crypto import email_hash, token_hash
from domains.kit.i18n import gettext as _

LINK_DAYS = 14
"""How long a link opens its draft; less than a cart lives that nobody touches."""

_MISSING = {
    Step.CONTACT: _("Enter the customer's mail address."),
    Step.ADDRESS: _("Enter where it goes."),
    Step.SHIPPING: _("Choose how it is sent."),
}


async def begin_draft(tx: Transaction, *, email: str) -> UUID:
    """A draft for whoever has this mail address: for his account if he has one, and with the first address of its book
    that the shop delivers to. Raises `Invalid` for what is no address of a mail."""
    address = accounts.check_email(email)
    account_id = await _customer(tx, address)
    cart_id, _unused = await cart.start(tx)
    checkout_id, draft_id = new_id(), new_id()
    tx.session.add(
        Checkout(
            id=checkout_id,
            cart_id=cart_id,
            account_id=account_id,
            token_hash=token_hash(new_token()),
            email=address,
            email_hash=email_hash(address),
        )
    )
    await tx.session.flush()
    by = tx.actor.id if tx.actor.kind is ActorKind.STAFF else None
    tx.session.add(Draft(id=draft_id, checkout_id=checkout_id, account_id=account_id, created_by=by))
    await tx.session.flush()
    for entry in await accounts.addresses(tx, account_id) if account_id is not None else ():
        typed = {field: getattr(entry.address, field) for field in Address.__struct_fields__}
        if not await enter_addresses(tx, checkout_id, shipping_typed=typed, billing_same=True, billing_typed={}):
            break
    await _record(tx, draft_id, "created")
    return draft_id


async def draft_again(tx: Transaction, order: orders.OrderView, typed: Mapping[str, str]) -> tuple[UUID, list[str]]:
    """A draft of what an order was of, to another address, at the prices of now; with the SKUs of what of it cannot be
    had, which is left out. The order stays as it is."""
    email = order.email
    if email is None and order.user_id is not None:
        email = (await accounts.account(tx, order.user_id)).email
    draft_id = await begin_draft(tx, email=email or "")
    left_out: list[str] = []
    for line in order.lines:
        try:
            await add_to_draft(tx, draft_id, line.variant_id, line.quantity)
        except (cart.NotForSale, cart.TooFewLeft):
            left_out.append(line.sku)
    await address_draft(tx, draft_id, typed)
    return draft_id, left_out


async def add_to_draft(tx: Transaction, draft_id: UUID, variant_id: UUID, quantity: int) -> None:
    """Put so many more of a variant into it. Raises what `cart.add_line` raises, and `CheckoutClosed`."""
    row = await _open(tx, draft_id)
    before = await _lines(tx, row)
    await cart.add_line(tx, row.cart_id, variant_id, quantity)
    await _changed(tx, row, draft_id, lines=(before, await _lines(tx, row)))


async def set_draft_lines(tx: Transaction, draft_id: UUID, quantities: Mapping[UUID, int]) -> None:
    """Make the lines so long; 0 takes one out. One that is no longer in it is left alone.

    Raises what `cart.set_quantity` raises, and `CheckoutClosed`.
    """
    row = await _open(tx, draft_id)
    before = await _lines(tx, row)
    present = {line.variant_id: line.quantity for line in (await cart.view(tx, row.cart_id)).lines}
    for variant_id, quantity in sorted(quantities.items()):
        if present.get(variant_id, quantity) != quantity:
            await cart.set_quantity(tx, row.cart_id, variant_id, quantity)
    await _changed(tx, row, draft_id, lines=(before, await _lines(tx, row)))


async def address_draft(tx: Transaction, draft_id: UUID, typed: Mapping[str, str]) -> Problems:
    """Say where it goes, or for files who pays; answers what is wrong, as `enter_addresses`."""
    row = await _open(tx, draft_id)
    before = (row.shipping_address, row.billing_address)
    problems = await enter_addresses(tx, row.id, shipping_typed=typed, billing_same=True, billing_typed={})
    await _changed(tx, row, draft_id, is_sensitive=("address",) if before[0] != row.shipping_address else ())
    return problems


async def deliver_draft(tx: Transaction, draft_id: UUID, *, method_id: UUID | None, notes: str) -> Problems:
    """Choose how it is sent (None leaves that as it is) and keep a note on the order; answers what is wrong.

    Raises `StepMissing` without an address, `Invalid` for a note that is too long.
    """
    row = await _open(tx, draft_id)
    before = (row.shipping_method_id, row.notes)
    told = row.accepted_total, row.accepted_currency
    problems = await choose_shipping(tx, row.id, method_id=method_id) if method_id is not None else {}
    row.accepted_total, row.accepted_currency = told  # what the customer was told; `_changed` keeps it up to then
    await enter_notes(tx, row.id, notes=notes.strip())
    await _changed(
        tx,
        row,
        draft_id,
        method=(before[0], row.shipping_method_id),
        is_sensitive=("note",) if (before[1] or "") != (row.notes or "") else (),
    )
    return problems


async def offer_draft(tx: Transaction, draft_id: UUID, *, total: int, by_mail: bool) -> None:
    """Let the customer pay `total` by a link, which is the same each time and opens for 14 days from now.

    `total` is what the page showed. It and the prices of this moment are what the customer is told, so that he hears of
    each later change before he pays. Emits `draft.pay_link_sent` `by_mail`.
    Raises `DraftIncomplete`, `TotalChanged`, `CheckoutClosed`.
    """
    row = await _open(tx, draft_id)
    await _agree(tx, row, total=total)
    await issue_link(tx, draft_id, by_mail=by_mail)
    await _record(tx, draft_id, "sent" if by_mail else "shared", changes={"total": (None, _agreed(row))})


async def agree_draft(tx: Transaction, draft_id: UUID, *, total: int) -> None:
    """Staff order it as it stands, to be paid by bank transfer: the total is theirs to agree to.

    Raises `DraftIncomplete`, `TotalChanged`, `CheckoutClosed`.
    """
    row = await _open(tx, draft_id)
    await _agree(tx, row, total=total)
    await _record(tx, draft_id, "ordered", changes={"total": (None, _agreed(row))})


async def issue_link(tx: Transaction, draft_id: UUID, *, by_mail: bool) -> None:
    """Give it its link, or the one it has more time. The caller has made sure that it can be paid."""
    row = await _row(tx, draft_id)
    if row.link is None:
        row.link = new_token()
        row.link_hash = token_hash(row.link)
    row.link_until = text(f"kit.now() + interval '{LINK_DAYS} days'")  # type: ignore[assignment]
    if by_mail:
        row.sent_at = text("kit.now()")  # type: ignore[assignment]
    await tx.session.flush()
    if by_mail:
        await record(tx, PayLinkSent(draft_id=draft_id))


async def withdraw_link(tx: Transaction, draft_id: UUID) -> None:
    """The link no longer opens anything, and the next one is another. Raises `CheckoutClosed`."""
    await _open(tx, draft_id)
    row = await _row(tx, draft_id)
    if row.link is None:
        return
    row.link = row.link_hash = row.link_until = None
    await tx.session.flush()
    await _record(tx, draft_id, "withdrawn")


async def drop_draft(tx: Transaction, draft_id: UUID) -> None:
    """Give it up and forget what was entered; what it held is free. Raises `CheckoutClosed` for one that is ordered."""
    row = await _open(tx, draft_id)
    await withdraw_link(tx, draft_id)
    await inventory.release(tx, holder=row.cart_id, cause=f"draft dropped:{draft_id}")
    await cart.drop(tx, row.cart_id)
    move(row, CheckoutStatus.ABANDONED)
    row.email = row.email_hash = row.shipping_draft = row.shipping_address = None
    row.billing_draft = row.billing_address = row.notes = None
    await tx.session.flush()
    await _record(tx, draft_id, "deleted")


async def buyer_of(tx: Transaction, row: Checkout) -> UUID | None:
    """Whose the order will be: of a draft the customer's it was written for, else his who acts.

    A draft is paid by its link while that opens it, or ordered by staff: raises `PayLinkOver`. The caller has the lock.
    """
    written = await tx.sql(
        "SELECT d.account_id, coalesce(d.link_until > kit.now(), false) AS is_open, a.account_status"
        " FROM checkout.drafts d LEFT JOIN accounts.accounts a ON a.id = d.account_id WHERE d.checkout_id = :id",
        {"id": row.id},
    )
    found = written.one_or_none()
    if found is None:
        return tx.actor.id if tx.actor.kind in (ActorKind.CUSTOMER, ActorKind.STAFF) else None
    if not found.is_open and tx.actor.kind is not ActorKind.STAFF:
        raise PayLinkOver
    account_id: UUID | None = found.account_id
    return account_id if found.account_status != "deactivated" else None


async def _customer(tx: Transaction, address: str) -> UUID | None:
    account_id = await accounts.find_account(tx, address)
    if account_id is None or (await accounts.account(tx, account_id)).role != "customer":
        return None
    return account_id


async def _open(tx: Transaction, draft_id: UUID) -> Checkout:
    """Its checkout, locked, while it can be changed. Raises `CheckoutClosed`, `DraftUnknown`."""
    return await editable(tx, (await draft(tx, draft_id)).checkout.id)


async def _row(tx: Transaction, draft_id: UUID) -> Draft:
    return await tx.session.get_one(Draft, draft_id, populate_existing=True)


async def _agree(tx: Transaction, row: Checkout, *, total: int) -> None:
    view = await view_of(tx, row)
    present = await quote(tx, view)
    _require_whole(view, present)
    if present.total.amount != total:
        raise TotalChanged(Money(total, present.currency), present.total)
    await cart.accept_prices(tx, row.cart_id)
    row.accepted_total, row.accepted_currency = present.total.amount, present.total.currency
    await tx.session.flush()


def _require_whole(view: CheckoutView, present: Quote) -> None:
    if present.gone:
        raise DraftIncomplete(_("Take out what is no longer sold: {name}.").format(name=present.gone[0].name))
    if not present.lines:
        raise DraftIncomplete(_("Add what the customer wants."))
    if view.next_step is not Step.PAYMENT:
        raise DraftIncomplete(_MISSING[view.next_step])
    if present.chosen is None and present.needs_shipping:
        raise DraftIncomplete(_MISSING[Step.SHIPPING])


def _agreed(row: Checkout) -> Money | None:
    if row.accepted_total is None or row.accepted_currency is None:
        return None
    return Money(row.accepted_total, row.accepted_currency)


async def _lines(tx: Transaction, row: Checkout) -> list[str]:
    return [f"{line.quantity} × {line.sku}" for line in (await cart.view(tx, row.cart_id)).lines]


async def _changed(
    tx: Transaction,
    row: Checkout,
    draft_id: UUID,
    *,
    is_sensitive: tuple[str, ...] = (),
    **changes: tuple[object, object],
) -> None:
    """Put the change on record. Up to the first link the total is that of the present; from then on what the customer
    was told, so that he is told of the change."""
    found = await draft(tx, draft_id)
    if found.state is DraftState.WRITING:
        view = await view_of(tx, row)
        total = (await quote(tx, view)).total if view.next_step is Step.PAYMENT else None
        row.accepted_total, row.accepted_currency = (total.amount, total.currency) if total else (None, None)
    await tx.session.flush()
    await _record(tx, draft_id, "changed", found, changes=changes, sensitive=is_sensitive)


async def _record(
    tx: Transaction,
    draft_id: UUID,
    what: str,
    found: DraftView | None = None,
    *,
    changes: Mapping[str, tuple[object, object]] = {},
    sensitive: tuple[str, ...] = (),
) -> None:
    found = found or await draft(tx, draft_id)
    if what == "changed" and not sensitive and all(before == after for before, after in changes.values()):
        return
    await audit.record(
        tx, action=f"draft.{what}", subject=("draft", found.code), label=found.code, changes=changes,
        sensitive=sensitive,
    )  # fmt: skip
