"""How the order is sent, what it then costs, and a word to the shop."""

from uuid import UUID

from domains.checkout.errors import StepMissing, TotalChanged
from domains.checkout.queries.quoting import quote
from domains.checkout.rows import editable, locked, view_of
from domains.checkout.states import CheckoutStatus, Step
from domains.kit import Invalid, Money, Transaction
from domains.kit.i18n import gettext as _

LONGEST_NOTES = 500

type Problems = dict[str, str]


async def choose_shipping(tx: Transaction, checkout_id: UUID, *, method_id: UUID | None) -> Problems:
    """Choose one of the ways offered for this address and this weight; answers what is wrong, by field.

    The total is known from here on; it is what the shopper agrees to by going on. Raises `StepMissing` without an
    address, `CheckoutClosed` once the order is placed.
    """
    row = await editable(tx, checkout_id)
    view = await view_of(tx, row)
    if view.shipping_address is None:
        raise StepMissing(view.next_step)
    offered = await quote(tx, view)
    if not any(option.method_id == method_id for option in offered.options):
        return {"method": _("Choose how we should send your order.")}
    row.shipping_method_id = method_id
    total = (await quote(tx, await view_of(tx, row))).total
    row.accepted_total, row.accepted_currency = total.amount, total.currency
    return {}


async def accept_total(tx: Transaction, checkout_id: UUID, *, total: int) -> None:
    """Agree to the new `total`, in minor units as the page showed it.

    Raises `TotalChanged` when it has changed once more meanwhile, `StepMissing` before it is known.
    """
    row = await editable(tx, checkout_id)
    view = await view_of(tx, row)
    if view.next_step is not Step.PAYMENT:
        raise StepMissing(view.next_step)
    now = (await quote(tx, view)).total
    if now.amount != total:
        raise TotalChanged(view.accepted_total or Money(total, now.currency), now)
    row.accepted_total, row.accepted_currency = now.amount, now.currency


async def enter_notes(tx: Transaction, checkout_id: UUID, *, notes: str) -> None:
    """Keep a word to the shop while the order is not placed. Raises `Invalid` for one that is too long."""
    if len(notes) > LONGEST_NOTES:
        raise Invalid({"notes": _("Use at most {longest} characters.").format(longest=LONGEST_NOTES)})
    row = await locked(tx, checkout_id)
    if row.status == CheckoutStatus.OPEN:
        row.notes = notes or None
