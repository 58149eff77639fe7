"""An address of the book instead of one that is typed, and one that is typed into the book."""

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from app.routes.storefront.checkout.forms import Addresses, id_of
from app.web.address_fields import typed_of
from app.web.visitors import Visitor
from domains import accounts, checkout
from domains.kit import Transaction


async def meant(tx: Transaction, visitor: Visitor, form: Addresses, prefix: str = "") -> dict[str, str]:
    """The address that was chosen from the visitor's own book, or else what was typed.

    Raises `AddressUnknown`, alike for unknown ones and those of others.
    """
    picked = form.picked(prefix)
    if not picked or (prefix and form.billing_same):
        return form.typed(prefix)
    address_id = id_of(picked)
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


def at_the_choice(form: Addresses, problems: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a chosen address is told at the choice: its fields are not on the page."""
    shown: dict[str, str] = {}
    for field, message in problems.items():
        prefix = "billing_" if field.startswith("billing_") else ""
        shown.setdefault(f"{prefix}saved_address" if form.picked(prefix) else field, message)
    return shown
