"""Orders that staff write, found by number, by link or by the checkout they are made of."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, literal_column, select
from sqlalchemy.orm import aliased

from domains.checkout.errors import DraftUnknown
from domains.checkout.models import Checkout, Draft
from domains.checkout.queries.quoting import quote
from domains.checkout.rows import view_of
from domains.checkout.states import DRAFT_STATE, DraftState
from domains.checkout.views import DraftView, Quote
from domains.kit import Transaction
from domains.kit.crypto import token_hash

_D, _C = aliased(Draft, name="d"), aliased(Checkout, name="c")
_LONGEST_NUMBER = 9
_ORDER_NUMBER = "(SELECT order_number FROM orders.orders WHERE id = c.order_id)"


async def draft(tx: Transaction, draft_id: UUID) -> DraftView:
    """Raises `DraftUnknown`."""
    return _there(await _one(tx, _D.id == draft_id))


async def draft_by_code(tx: Transaction, code: str) -> DraftView:
    """The draft that people call `code` ("D1001"). Raises `DraftUnknown`."""
    return _there(await _one(tx, _D.number == _number(code)))


async def draft_quoted(tx: Transaction, code: str) -> tuple[DraftView, Quote]:
    """As `draft_by_code`, with what it would cost now: for its page, in few queries. Raises `DraftUnknown`."""
    found = _there(await _one(tx, _D.number == _number(code), needs_shipping=True))
    present = await quote(tx, found.checkout)
    entered = msgspec.structs.replace(found.checkout, needs_shipping=present.needs_shipping)
    return msgspec.structs.replace(found, checkout=entered), present


async def draft_by_link(tx: Transaction, secret: str) -> DraftView | None:
    """The draft that this link once opened, whether it still does or not."""
    return await _one(tx, _D.link_hash == token_hash(secret)) if secret else None


async def draft_of(tx: Transaction, checkout_id: UUID) -> DraftView | None:
    """The draft that this checkout was written as; None for a shopper's own."""
    return await _one(tx, _D.checkout_id == checkout_id)


def _number(code: str) -> int:
    number = code.upper().removeprefix("D")
    if not (number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER):
        raise DraftUnknown
    return int(number)


def _there(found: DraftView | None) -> DraftView:
    if found is None:
        raise DraftUnknown
    return found


async def _one(tx: Transaction, which: ColumnElement[bool], *, needs_shipping: bool | None = None) -> DraftView | None:
    state: ColumnElement[Any] = literal_column(DRAFT_STATE)
    order_number: ColumnElement[Any] = literal_column(_ORDER_NUMBER)
    found = await tx.session.execute(
        select(_D, _C, state, order_number)
        .join(_C, _C.id == _D.checkout_id)
        .where(which)
        .execution_options(populate_existing=True)
    )
    row = found.one_or_none()
    if row is None:
        return None
    written, entered, standing, became = row
    return DraftView(
        id=written.id,
        number=written.number,
        state=DraftState(standing),
        checkout=await view_of(tx, entered, needs_shipping=needs_shipping),
        account_id=written.account_id,
        link=written.link,
        link_until=written.link_until,
        sent_at=written.sent_at,
        created_at=written.created_at,
        order_number=became or "",
    )
