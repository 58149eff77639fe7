"""Where the order goes, and who is billed."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
import phonenumbers

from domains import cart, pricing, shipping, store
from domains.checkout.models import Checkout
from domains.checkout.queries.quoting import quote
from domains.checkout.rows import editable, view_of
from domains.kit import Address, Invalid, Transaction, addresses
from domains.kit.i18n import gettext as _

FIELDS = tuple(Address.__struct_fields__)
_LONGEST_TYPED = 250  # what is kept of a field that is too long anyway

type Problems = dict[str, str]


async def enter_addresses(
    tx: Transaction,
    checkout_id: UUID,
    *,
    shipping_typed: Mapping[str, str],
    billing_same: bool,
    billing_typed: Mapping[str, str],
) -> Problems:
    """Keep both addresses as typed, and as checked once they are right.

    Answers what is wrong by field, billing fields prefixed with `billing_`; right fields stay though others are wrong.
    An address is right when its country's rules say so and the shop delivers there. A new destination may have other
    taxes and ways to send: the total has to be agreed to anew, and a method that does not go there is taken out.
    Raises `CheckoutClosed` once the order is placed.
    """
    row = await editable(tx, checkout_id)
    row.shipping_draft = _kept(shipping_typed)
    row.billing_same = billing_same
    if not billing_same:
        row.billing_draft = _kept(billing_typed)
    if not await cart.needs_shipping(tx, row.cart_id):
        return await _enter_place_of_bill(tx, row, shipping_typed)
    destination, problems = _checked(shipping_typed, await deliverable_countries(tx))
    if destination is not None:
        problems |= await _undeliverable(tx, row, destination)
    before = (row.shipping_address, row.billing_address)
    row.shipping_address = None if destination is None or problems else msgspec.to_builtins(destination)
    if billing_same:
        row.billing_address = None
    else:
        payer, wrong = _checked(billing_typed, None)
        problems |= {f"billing_{field}": message for field, message in wrong.items()}
        row.billing_address = None if payer is None else msgspec.to_builtins(payer)
    if row.shipping_address != before[0]:
        await _drop_method_that_does_not_fit(tx, row)
    return problems


async def bill_fields(tx: Transaction, country: str) -> tuple[str, ...]:
    """What is asked of somebody to whom nothing is sent: his country, and the place where the tax depends on it."""
    if not await pricing.taxed_by_place(tx, country):
        return ("country", "name")
    asked = addresses.form_for(country).fields
    return ("country", "name", *(field for field in ("postal_code", "state") if field in asked))


async def _enter_place_of_bill(tx: Transaction, row: Checkout, typed: Mapping[str, str]) -> Problems:
    """Of a bill for files no street is asked: who pays, and where, as far as the tax needs it."""
    row.billing_same, row.billing_draft, row.billing_address = True, None, None
    shop = await store.shop(tx)
    wanted = await bill_fields(tx, typed.get("country", "") if typed.get("country") in shop.countries else shop.country)
    # The other fields are filled with what passes, so that only the wanted ones can be wrong.
    given = {field: typed.get(field, "") if field in wanted else "-" for field in ("name", "line1", "city")}
    given |= {field: typed.get(field, "") if field in wanted else "" for field in ("postal_code", "state", "country")}
    problems: Problems = {}
    clean = Address(**given)
    try:
        clean = addresses.check(clean, countries=shop.countries)
    except Invalid as wrong:
        problems = {field: message for field, message in wrong.fields.items() if field in wanted}
    place = Address(
        name=clean.name.strip(),
        line1="",
        city="",
        postal_code=clean.postal_code if "postal_code" in wanted else "",
        state=clean.state if "state" in wanted else "",
        country=clean.country,
    )
    row.shipping_address = None if problems else msgspec.to_builtins(place)
    row.accepted_total = row.accepted_currency = None
    if not problems:
        total = (await quote(tx, await view_of(tx, row))).total
        row.accepted_total, row.accepted_currency = total.amount, total.currency
    return problems


async def keep_typed(
    tx: Transaction,
    checkout_id: UUID,
    *,
    shipping_typed: Mapping[str, str],
    billing_same: bool,
    billing_typed: Mapping[str, str],
) -> None:
    """Keep what stands in the fields, so that they can be drawn anew: nothing is checked yet."""
    row = await editable(tx, checkout_id)
    row.shipping_draft = _kept(shipping_typed)
    row.billing_same = billing_same
    row.billing_draft = _kept(billing_typed)


async def deliverable_countries(tx: Transaction) -> tuple[str, ...]:
    """Where the shop wants to deliver to and has a zone for."""
    zoned = set(await shipping.deliverable_countries(tx))
    return tuple(country for country in (await store.shop(tx)).countries if country in zoned)


def _kept(typed: Mapping[str, str]) -> dict[str, str]:
    return {field: typed.get(field, "")[:_LONGEST_TYPED] for field in FIELDS}


def _checked(typed: Mapping[str, str], countries: tuple[str, ...] | None) -> tuple[Address | None, Problems]:
    given = Address(**{field: typed.get(field, "").strip() for field in FIELDS})
    problems: Problems = {}
    clean: Address | None = None
    try:
        clean = addresses.check(given, countries=countries)
    except Invalid as wrong:
        problems = dict(wrong.fields)
    if given.phone and not _is_phone(given.phone, given.country):
        problems["phone"] = _("Enter a phone number with its area code, or leave this empty.")
    return (None, problems) if problems else (clean, {})


def _is_phone(text: str, country: str) -> bool:
    try:
        return len(text) <= 30 and phonenumbers.is_possible_number(phonenumbers.parse(text, country or None))
    except phonenumbers.NumberParseException:
        return False


async def _undeliverable(tx: Transaction, row: Checkout, destination: Address) -> Problems:
    present = await quote(tx, await view_of(tx, row), destination=destination)
    if present.options or not present.lines:  # staff may say where it goes before they say what
        return {}
    return {"country": _("We cannot send what is in your cart to this address. Choose another one.")}


async def _drop_method_that_does_not_fit(tx: Transaction, row: Checkout) -> None:
    row.accepted_total = row.accepted_currency = None
    if row.shipping_method_id is None or row.shipping_address is None:
        return
    present = await quote(tx, await view_of(tx, row))
    if present.chosen is None:
        row.shipping_method_id = None
