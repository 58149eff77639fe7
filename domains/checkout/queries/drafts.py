"""Orders that staff write, found by number, by link or by the checkout they are made of."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal_column, select
from sqlalchemy.orm import aliased

from domains.checkout.errors import DraftUnknown
from domains.checkout.models import Checkout, Draft
from domains.checkout.rows import view_of
from domains.checkout.states import DRAFT_STATE, DraftState
from domains.checkout.views import DraftView
from domains.kit import Transaction
from domains.kit.crypto import token_hash

_D, _C = aliased(Draft, name="d"), aliased(Checkout, name="c")
_LONGEST_NUMBER = 9


async def draft(tx: Transaction, draft_id: UUID) -> DraftView:
    """Raises `DraftUnknown`."""
    return _there(await _one(tx, _D.id == draft_id))


async def draft_by_code(tx: Transaction, code: str) -> DraftView:
    """The draft that people call `code` ("D1001"). Raises `DraftUnknown`."""
    number = code.upper().removeprefix("D")
    if not (number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER):
        raise DraftUnknown
    return _there(await _one(tx, _D.number == int(number)))


async def draft_by_link(tx: Transaction, secret: str) -> DraftView | None:
    """The draft that this link once opened, whether it still does or not."""
    return await _one(tx, _D.link_hash == token_hash(secret)) if secret else None


async def draft_of(tx: Transaction, checkout_id: UUID) -> DraftView | None:
    """The draft that this checkout was written as; None for a shopper's own."""
    return await _one(tx, _D.checkout_id == checkout_id)


def _there(found: DraftView | None) -> DraftView:
    if found is None:
        raise DraftUnknown
    return found


async def _one(tx: Transaction, which: ColumnElement[bool]) -> DraftView | None:
    state: ColumnElement[Any] = literal_column(DRAFT_STATE)
    found = await tx.session.execute(
        select(_D, _C, state).join(_C, _C.id == _D.checkout_id).where(which).execution_options(populate_existing=True)
    )
    row = found.one_or_none()
    if row is None:
        return None
    written, entered, standing = row
    return DraftView(
        id=written.id,
        number=written.number,
        state=DraftState(standing),
        checkout=await view_of(tx, entered),
        account_id=written.account_id,
        link=written.link,
        link_until=written.link_until,
        sent_at=written.sent_at,
        created_at=written.created_at,
    )
