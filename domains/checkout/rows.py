"""From the row to the view, and the one way to lock a checkout."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, text

from domains import cart
from domains.checkout.errors import CheckoutUnknown
from domains.checkout.models import Checkout
from domains.checkout.states import TRANSITIONS, CheckoutStatus
from domains.checkout.views import CheckoutView
from domains.kit import Address, Conflict, Money, Transaction
from domains.kit.i18n import gettext as _


class CheckoutClosed(Conflict):
    """The checkout is over, or in a state in which this cannot be done."""

    code = "checkout_closed"
    title = _("This checkout is already over.")
    hint = _("Open your cart to see what is in it now.")


async def locked(tx: Transaction, checkout_id: UUID) -> Checkout:
    """The row, locked until the transaction ends: the first lock of every change that touches order, money or stock.

    Raises `CheckoutUnknown`.
    """
    row = (
        await tx.session.execute(
            select(Checkout)
            .where(Checkout.id == checkout_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).scalar_one_or_none()
    if row is None:
        raise CheckoutUnknown
    return row


async def editable(tx: Transaction, checkout_id: UUID) -> Checkout:
    """The locked row of a checkout that is still being filled in. Raises `CheckoutClosed` for any other."""
    row = await locked(tx, checkout_id)
    if row.status != CheckoutStatus.OPEN:
        raise CheckoutClosed
    row.updated_at = text("kit.now()")  # type: ignore[assignment]
    return row


def move(row: Checkout, to: CheckoutStatus) -> None:
    """Take an arrow of the table of states. Raises `CheckoutClosed` where there is none."""
    if to not in TRANSITIONS[CheckoutStatus(row.status)]:
        raise CheckoutClosed
    row.status = to


async def view_of(tx: Transaction, row: Checkout, *, needs_shipping: bool | None = None) -> CheckoutView:
    """The checkout as it stands; whether anything must be sent is looked up where it is not known already."""
    return CheckoutView(
        id=row.id,
        cart_id=row.cart_id,
        account_id=row.account_id,
        status=CheckoutStatus(row.status),
        email=row.email,
        shipping_draft=row.shipping_draft or {},
        shipping_address=_address(row.shipping_address),
        billing_same=row.billing_same,
        billing_draft=row.billing_draft or {},
        billing_address=_address(row.billing_address),
        shipping_method_id=row.shipping_method_id,
        notes=row.notes or "",
        accepted_total=None
        if row.accepted_total is None or row.accepted_currency is None
        else Money(row.accepted_total, row.accepted_currency),
        order_id=row.order_id,
        placed_as=row.placed_as,
        needs_shipping=await cart.needs_shipping(tx, row.cart_id) if needs_shipping is None else needs_shipping,
    )


def _address(stored: Mapping[str, Any] | None) -> Address | None:
    return None if stored is None else msgspec.convert(stored, Address)
