"""The addresses on their page: what stands in the fields, and the book they can be filled from."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from app.routes.storefront.checkout.places import Place
from app.web.address_fields import AddressFields, address_fields, typed_of
from app.web.countries import country_choices, every_country
from app.web.htmx import AnyRequest
from app.web.page import url_for
from domains.kit import Address
from domains.kit.i18n import gettext as _


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """An address of the book beside the fields."""

    id: UUID
    who: str
    place: str
    label: str
    can_be_chosen: bool
    stands: bool
    """Whether it is the one in the fields."""


def shipping_fields(request: AnyRequest, place: Place, locale: str) -> AddressFields:
    return address_fields(
        _standing(place, place.progress.checkout.shipping_draft, place.countries),
        country_choices(place.countries, locale),
        home=place.home,
        country_url=url_for(request, "checkout.address.fields"),
        purpose="shipping",
    )


def billing_fields(request: AnyRequest, place: Place, locale: str) -> AddressFields:
    entered = place.progress.checkout
    standing = _standing(place, entered.billing_draft)
    country = standing.get("country") or entered.shipping_draft.get("country", "")
    return address_fields(
        {**standing, "country": country},
        every_country(locale),
        home=place.home,
        country_url=url_for(request, "checkout.address.fields"),
        prefix="billing_",
        purpose="billing",
    )


def _standing(place: Place, draft: Mapping[str, str], countries: tuple[str, ...] | None = None) -> Mapping[str, str]:
    """What was entered; of a member who has entered nothing yet, his first address that will do, or what he is called.

    Any country will do without `countries`.
    """
    if any(draft.values()) or place.account is None:
        return draft
    for entry in place.book:
        if countries is None or entry.address.country in countries:
            return typed_of(entry.address)
    return {"name": place.account.name, "phone": place.account.phone or ""}


def saved_addresses(place: Place, fields: AddressFields) -> list[Saved]:
    """The book, the default first; what is in a country that cannot be chosen is shown as such."""
    names = {"home": _("Home"), "work": _("Work"), "other": ""}
    countries = {code for code, _name in fields.countries}
    in_fields = _spelt(fields.typed)
    return [
        Saved(
            id=entry.id,
            who=", ".join(_told_first(entry.address)),
            place=_told_after(entry.address),
            label=names[entry.label],
            can_be_chosen=entry.address.country in countries,
            stands=_spelt(typed_of(entry.address)) == in_fields,
        )
        for entry in place.book
    ]


def _told_first(address: Address) -> tuple[str, str]:
    return (address.name, address.line1)


def _told_after(address: Address) -> str:
    return ", ".join(line for line in address.lines() if line not in _told_first(address))


def _spelt(typed: Mapping[str, str]) -> list[str]:
    """The same for the same person and place; a phone number is written in many ways, and bills ask for none."""
    told = [field for field in Address.__struct_fields__ if field != "phone"]
    return [" ".join(typed.get(field, "").split()).casefold() for field in told]
