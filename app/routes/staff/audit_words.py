"""The audit log in words: what an action is called, what stands before and after, and where a subject's page is."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from domains.desk import Subject
from domains.kit import Money
from domains.kit.i18n import gettext as _

SUBJECTS = {
    "account": _("Account"),
    "attribute": _("Attribute"),
    "category": _("Category"),
    "count": _("Stock count"),
    "customer": _("Customer"),
    "draft": _("Draft order"),
    "home": _("Home page"),
    "import": _("Import"),
    "list": _("List"),
    "mail": _("Mail"),
    "mail_text": _("Mail text"),
    "menu": _("Menu"),
    "message": _("Message"),
    "order": _("Order"),
    "page": _("Page"),
    "payment": _("Payment"),
    "price": _("Price"),
    "product": _("Product"),
    "purchase_order": _("Purchase order"),
    "redirect": _("Redirect"),
    "refund": _("Refund"),
    "return": _("Return"),
    "review": _("Review"),
    "shipment": _("Shipment"),
    "shop": _("Settings"),
    "staff": _("Staff"),
    "stock_policy": _("Stock policy"),
    "switch": _("Switch"),
    "tax_class": _("Tax class"),
    "tax_rate": _("Tax rate"),
    "transfer": _("Stock transfer"),
    "variant": _("Variant"),
    "warehouse": _("Warehouse"),
    "zone": _("Shipping zone"),
    "method": _("Shipping method"),
}
DONE = {
    "answered": _("answered"),
    "archived": _("archived"),
    "captured": _("captured"),
    "changed": _("changed"),
    "created": _("created"),
    "deleted": _("deleted"),
    "exported": _("exported"),
    "closed": _("closed"),
    "failed": _("failed"),
    "hidden": _("hidden"),
    "kept": _("kept"),
    "moved": _("moved"),
    "ordered": _("ordered, to be paid by bank transfer"),
    "planned": _("planned"),
    "processed": _("processed"),
    "published": _("published"),
    "reinstated": _("reinstated"),
    "reopened": _("opened again"),
    "retried": _("tried again"),
    "sent_again": _("sent again"),
    "set_aside": _("set aside"),
    "removed": _("removed"),
    "requested": _("requested"),
    "seen": _("seen"),
    "sent": _("sent to be paid"),
    "shared": _("given a link to pay by"),
    "suspended": _("suspended"),
    "undone": _("undone"),
    "unpublished": _("unpublished"),
    "voided": _("voided"),
    "withdrawn": _("without its link"),
}
# The page of a subject: its route, and the name of the parameter that finds it.
PAGES: Mapping[str, tuple[str, str]] = {
    "account": ("staff.people.show", "member"),
    "draft": ("staff.drafts.show", "code"),
    "order": ("staff.orders.show", "number"),
    "payment": ("staff.orders.show", "number"),
    "refund": ("staff.orders.show", "number"),
    "product": ("staff.products.show", "product_id"),
    "variant": ("staff.products.show", "product_id"),
    "category": ("staff.categories.show", "category_id"),
    "mail": ("staff.mails.show", "id"),
    "message": ("staff.messages.show", "id"),
    "review": ("staff.reviews.show", "id"),
    "mail_text": ("staff.settings.mails.show", "template"),
    "import": ("staff.imports.show", "import_id"),
    "purchase": ("staff.stock.purchases.show", "purchase"),
    "purchase_order": ("staff.stock.purchases.show", "purchase"),
    "transfer": ("staff.stock.transfers.show", "transfer"),
    "count": ("staff.stock.counts.show", "count"),
    "page": ("staff.pages.show", "page_id"),
    "home": ("staff.home_page", ""),
    "menu": ("staff.menus.show", "menu"),
    "redirect": ("staff.redirects", ""),
    "tax_rate": ("staff.settings.taxes.show", "rate"),
    "zone": ("staff.settings.zones.show", "zone"),
    "method": ("staff.settings.methods.show", "method"),
    "shop": ("staff.settings", ""),
    "switch": ("staff.settings.switches", ""),
}
# Sums without a currency of their own: the shop's.
IN_SHOP_MONEY = frozenset({"refund_limit"})


def action_words(action: str) -> str:
    """`product.changed` as people say it; one that has no words of its own is spelt out."""
    parts = action.split(".")
    words = [SUBJECTS.get(parts[0]) or _spelt(parts[0]).capitalize()]
    words += [DONE.get(part) or _spelt(part) for part in parts[1:]]
    return " ".join(words)


def subject_word(kind: str) -> str:
    return SUBJECTS.get(kind) or _spelt(kind).capitalize()


def field_words(field: str) -> str:
    """A field as a page calls it; a price brings its currency along."""
    told = _spelt(field.removesuffix("_id"))
    return told[:1].upper() + told[1:]


def value_words(value: Any) -> str:
    """A value before or after, as people read it; empty for none."""
    if value is None or value in ("", [], {}):
        return ""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case {"amount": int(amount), "currency": str(currency), **more}:
            # a band of a delivery price has ends in the same money
            ends = {
                key: {"amount": one, "currency": currency}
                if str(key).startswith("subtotal_") and one is not None
                else one
                for key, one in more.items()
            }
            return "\n".join(filter(None, (f"{Money(amount, currency).decimal:f} {currency}", value_words(ends))))
        case list() if all(isinstance(one, str | int | float) for one in value):
            return ", ".join(str(one) for one in value)
        case dict():
            told = {key: value_words(one) for key, one in value.items()}
            return "\n".join(f"{_spelt(key)}: {one}" for key, one in told.items() if one)
        case list():
            return "\n".join(" · ".join(filter(None, map(value_words, one if isinstance(one, list) else [one])))
                             for one in value)  # fmt: skip
        case str() | int() | float():
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


class Change(msgspec.Struct, frozen=True):
    """A field with what stood in it before and after; `is_hidden` where that is nobody's to keep."""

    field: str
    before: str = ""
    after: str = ""
    is_hidden: bool = False


def changes_in_words(changes: Mapping[str, tuple[Any, Any]], hidden: list[str], currency: str) -> list[Change]:
    """Every changed field, by name. Money is told in its currency, or the shop's, and not in its smallest unit."""
    told = []
    for field, (before, after) in changes.items():
        if field in IN_SHOP_MONEY:
            before, after = ({"amount": value, "currency": currency} for value in (before, after))
        if field.startswith("price "):
            before, after = (_priced(value, field.removeprefix("price ")) for value in (before, after))
        told.append(Change(field_words(field), value_words(before), value_words(after)))
    told += [Change(field_words(field), is_hidden=True) for field in hidden]
    return sorted(told, key=lambda change: change.field)


def _priced(value: Any, currency: str) -> Any:
    if not isinstance(value, dict):
        return value
    return {
        key: {"amount": part, "currency": currency} if key in {"amount", "compare_at"} and part is not None else part
        for key, part in value.items()
    }


def page_of(subject: Subject) -> tuple[str, dict[str, str]] | None:
    """The route of a subject's page and its parameters, where there is one. Staff and customers are both accounts."""
    if subject.kind not in PAGES:
        return None
    route, parameter = PAGES[subject.kind]
    return route, {parameter: subject.page} if parameter else {}


def _spelt(word: str) -> str:
    return word.replace("_", " ")
