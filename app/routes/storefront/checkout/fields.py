"""The addresses on their page: chosen from the book, or typed."""

from collections.abc import Mapping

import msgspec

from app.routes.storefront.checkout.forms import TYPED_HERE
from app.routes.storefront.checkout.places import Place
from app.web.address_fields import AddressFields, address_fields, typed_of
from app.web.countries import country_choices, every_country
from app.web.htmx import AnyRequest
from app.web.page import url_for
from domains.kit import Address
from domains.kit.i18n import gettext as _


class Saved(msgspec.Struct, frozen=True):
    """The addresses of the book to choose from, with another one at the end, and which of them is chosen."""

    options: list[tuple[str, str, str, str]]
    value: str


def shipping_fields(request: AnyRequest, place: Place, locale: str) -> AddressFields:
    return address_fields(
        _known_already(place, place.progress.checkout.shipping_draft),
        country_choices(place.countries, locale),
        home=place.home,
        country_url=url_for(request, "checkout.country"),
        purpose="shipping",
    )


def billing_fields(request: AnyRequest, place: Place, locale: str) -> AddressFields:
    entered = place.progress.checkout
    country = entered.billing_draft.get("country") or entered.shipping_draft.get("country", "")
    return address_fields(
        {**_known_already(place, entered.billing_draft), "country": country},
        every_country(locale),
        home=place.home,
        country_url=url_for(request, "checkout.country"),
        prefix="billing_",
        purpose="billing",
    )


def _known_already(place: Place, draft: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed; of a member who has typed nothing yet, what his account knows of him."""
    if any(draft.values()) or place.account is None:
        return draft
    return {"name": place.account.name, "phone": place.account.phone or ""}


def saved_choice(place: Place, prefix: str, picked: str | None) -> Saved | None:
    """The choice of an address of the book; what was entered before is found again, else the default is chosen."""
    if not place.book:
        return None
    names = {"home": _("Home"), "work": _("Work"), "other": ""}
    options = [
        (str(entry.id), ", ".join(_told_first(entry.address)), _told_after(entry.address), names[entry.label])
        for entry in place.book
    ]
    return Saved([*options, (TYPED_HERE, _("Another address"), "", "")], picked or _entered(place, prefix))


def _told_first(address: Address) -> tuple[str, str]:
    return (address.name, address.line1)


def _told_after(address: Address) -> str:
    return ", ".join(line for line in address.lines() if line not in _told_first(address))


def _entered(place: Place, prefix: str) -> str:
    entered = place.progress.checkout
    draft, checked = (
        (entered.billing_draft, entered.billing_address)
        if prefix
        else (entered.shipping_draft, entered.shipping_address)
    )
    if not any(draft.values()):
        deliverable = [entry for entry in place.book if prefix or entry.address.country in place.countries]
        return str(deliverable[0].id) if deliverable else TYPED_HERE
    for entry in place.book:
        if draft == typed_of(entry.address) or (checked is not None and _is_same(entry.address, checked)):
            return str(entry.id)
    return TYPED_HERE


def _is_same(one: Address, other: Address) -> bool:
    """The same place and person; a phone number is written in many ways."""
    return msgspec.structs.replace(one, phone="") == msgspec.structs.replace(other, phone="")
