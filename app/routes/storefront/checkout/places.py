"""Where a shopper is in the checkout, and all that his page is made of."""

import msgspec

from app.web.visitors import Visitor
from domains import accounts, checkout, store
from domains.accounts import AddressView
from domains.checkout import CheckoutView, Progress, Step
from domains.kit import Transaction


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where the shopper is: the step, and all that its page is made of. No step: something has to be decided first."""

    step: Step | None
    progress: Progress
    countries: tuple[str, ...]
    account: accounts.AccountView | None
    book: list[AddressView]
    home: str
    """The shop's country, which is asked for first."""
    offers_transfer: bool = False
    """Whether the shop takes bank transfers for an order that is not placed yet."""
    bill_fields: tuple[str, ...] = ()
    """Where nothing is sent: all that is asked for the bill, in the country that is chosen."""


async def place_of(tx: Transaction, visitor: Visitor, found: CheckoutView, step: Step | None) -> Place:
    shop = await store.shop(tx)
    typed = found.shipping_draft.get("country", "")
    payer = typed if typed in shop.countries else shop.country
    book = await accounts.addresses(tx, visitor.account_id) if visitor.account_id is not None else []
    return Place(
        step=step,
        progress=await checkout.progress(tx, found),
        countries=await checkout.deliverable_countries(tx) if found.needs_shipping else shop.countries,
        account=visitor.account,
        book=book,
        home=shop.country,
        offers_transfer=bool(shop.bank_details) and found.status is checkout.CheckoutStatus.OPEN,
        bill_fields=() if found.needs_shipping else await checkout.bill_fields(tx, payer),
    )
