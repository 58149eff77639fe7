"""An address on a form: which fields its country asks for, and what was typed into them."""

from collections.abc import Mapping, Sequence

import msgspec

from domains.kit import Address, addresses

IN_PAGE_ORDER = ("country", "name", "line1", "company", "line2", "phone", "postal_code", "city", "state")
"""The fields as they stand on the page."""


class AddressFields(msgspec.Struct, frozen=True, kw_only=True):
    """One address as the form shows it."""

    prefix: str = ""
    """Of the field names: `` or `billing_`."""
    purpose: str = ""
    """Of the autocomplete tokens: `shipping`, `billing` or nothing."""
    typed: Mapping[str, str]
    form: addresses.AddressForm
    countries: Sequence[tuple[str, str]]
    country_url: str
    """What is asked for the fields of another country."""


def address_fields(
    typed: Mapping[str, str],
    countries: Sequence[tuple[str, str]],
    *,
    home: str,
    country_url: str,
    prefix: str = "",
    purpose: str = "",
) -> AddressFields:
    """The fields of the typed country, of `home` or of the first of `countries`, whichever can be chosen."""
    known = [code for code, _name in countries]
    wished = [code for code in (typed.get("country", ""), home, *known) if code in known]
    country = wished[0] if wished else home
    return AddressFields(
        prefix=prefix,
        purpose=purpose,
        typed={**typed, "country": country},
        form=addresses.form_for(country),
        countries=countries,
        country_url=country_url,
    )


def typed_of(address: Address) -> dict[str, str]:
    """The address as if it had been typed."""
    return {field: getattr(address, field) for field in Address.__struct_fields__}


def in_page_order(errors: Mapping[str, str]) -> dict[str, str]:
    """The summary lists what is wrong from the top of the page down."""
    return dict(sorted(errors.items(), key=lambda each: _rank(each[0])))


def _rank(field: str) -> tuple[bool, int]:
    name = field.removeprefix("billing_")
    return (name != field, IN_PAGE_ORDER.index(name) if name in IN_PAGE_ORDER else -1)
