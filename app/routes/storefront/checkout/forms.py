"""What the forms of checkout may send; anything else is refused."""

from typing import Literal
from uuid import UUID

import msgspec

from domains import checkout


class Contact(msgspec.Struct, forbid_unknown_fields=True):
    email: str


class Addresses(msgspec.Struct, forbid_unknown_fields=True):
    country: str = ""
    save: bool = False
    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    phone: str = ""
    billing_same: bool = False
    billing_country: str = ""
    billing_name: str = ""
    billing_company: str = ""
    billing_line1: str = ""
    billing_line2: str = ""
    billing_city: str = ""
    billing_state: str = ""
    billing_postal_code: str = ""
    billing_phone: str = ""

    def typed(self, prefix: str = "") -> dict[str, str]:
        return {field: getattr(self, prefix + field) for field in checkout.ADDRESS_FIELDS}


class AddressesOrSaved(Addresses, forbid_unknown_fields=True):
    """The fields, and the button of the book that was pressed beside them."""

    saved_address: str = ""
    billing_saved_address: str = ""

    def pressed(self, prefix: str = "") -> str:
        """The id of the address whose button it was, if it was one."""
        wanted: str = getattr(self, f"{prefix}saved_address")
        return wanted


class Delivery(msgspec.Struct, forbid_unknown_fields=True):
    method: str


class Payment(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    total: int
    confirmation_token: str = ""
    notes: str = ""


class NewTotal(msgspec.Struct, forbid_unknown_fields=True):
    total: int


class Choice(msgspec.Struct, forbid_unknown_fields=True):
    variant: str
    choice: Literal["take", "remove"]


class MoreTime(msgspec.Struct, forbid_unknown_fields=True):
    key: str = ""


def id_of(text: str) -> UUID | None:
    """The id in a form's field; None for what is none, which is answered like one that is not offered."""
    try:
        return UUID(text)
    except ValueError:
        return None
