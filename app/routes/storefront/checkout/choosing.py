"""An address of the book that is filled into the fields, and one of the fields that is put into the book."""

from contextlib import suppress
from uuid import UUID

from app.routes.storefront.checkout.forms import AddressesOrSaved, id_of
from app.web.address_fields import typed_of
from app.web.visitors import Visitor
from domains import accounts, checkout
from domains.kit import Transaction


async def filled(tx: Transaction, visitor: Visitor, form: AddressesOrSaved, prefix: str = "") -> dict[str, str]:
    """What stands in the fields now: the address of the visitor's own book that was pressed, or else what was typed.

    Raises `AddressUnknown`, alike for unknown ones and those of others.
    """
    pressed = form.pressed(prefix)
    if not pressed:
        return form.typed(prefix)
    address_id = id_of(pressed)
    if visitor.account_id is None or address_id is None:
        raise accounts.AddressUnknown
    return typed_of((await accounts.address(tx, visitor.account_id, address_id)).address)


async def keep_address(tx: Transaction, visitor: Visitor, checkout_id: UUID) -> None:
    """Put the address that was typed, and found right, into the visitor's book. A full book stops no purchase."""
    address = (await checkout.checkout(tx, checkout_id)).shipping_address
    if visitor.account_id is None or address is None:
        return
    label = "other" if await accounts.addresses(tx, visitor.account_id) else "home"
    with suppress(accounts.AddressBookFull):
        await accounts.save_address(tx, visitor.account_id, address, label=label)
