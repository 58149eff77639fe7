"""Who brings the parcels: carriers that the merchant works with."""

import re

from domains import audit
from domains.fulfilment.queries.reading import carrier, carriers
from domains.kit import Conflict, Invalid, Transaction
from domains.kit.clock import environment
from domains.kit.i18n import gettext as _

_PAGE = re.compile(r"https?://[^\s{}]+\{number\}[^\s{}]*")


class OnlyForTrying(Conflict):
    """Invented parcels have no place in a real shop."""

    code = "only_for_trying"
    title = _("The simulated carrier is there for demo and test shops only.")


async def add_carrier(
    tx: Transaction, *, name: str, code: str = "", tracking_page: str = "", adapter: str = "manual"
) -> str:
    """Work with a carrier; its code is made of its name where none is given.

    `tracking_page` is the address of its page about a parcel, with `{number}` where the number goes. Raises `Invalid`,
    and `OnlyForTrying` for the simulated one in a real shop.
    """
    name, tracking_page = " ".join(name.split()), tracking_page.strip()
    code = code or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    errors = {}
    if not name or len(name) > 80 or not re.fullmatch(r"[a-z][a-z0-9-]*", code):
        errors["name"] = _("Enter the carrier's name, beginning with a letter.")
    if tracking_page and (len(tracking_page) > 300 or not _PAGE.fullmatch(tracking_page)):
        errors["tracking_page"] = _("Enter an address that begins with https:// and has {number} in it.")
    if errors:
        raise Invalid(errors)
    if adapter != "manual" and await environment(tx) == "production":
        raise OnlyForTrying
    made = await tx.sql(
        "INSERT INTO fulfilment.carriers (code, name, adapter, tracking_page) VALUES (:code, :name, :adapter, :page)"
        " ON CONFLICT (code) DO NOTHING RETURNING code",
        {"code": code, "name": name, "adapter": adapter, "page": tracking_page},
    )
    if made.first() is None:
        raise Invalid({"name": _("There is a carrier of this name already.")})
    await audit.record(tx, action="carrier.added", subject=("carrier", code), label=name, changes={"name": ("", name)})
    return code


async def change_carrier_row(
    tx: Transaction, code: str, *, name: str, tracking_page: str, is_active: bool, fails: bool = False
) -> None:
    """Another name or tracking page, offered or not. One at least is offered. Raises `Invalid`, `CarrierUnknown`."""
    before = await carrier(tx, code)
    name, tracking_page = " ".join(name.split()), tracking_page.strip()
    errors = {}
    if not name or len(name) > 80:
        errors["name"] = _("Enter the carrier's name, beginning with a letter.")
    if tracking_page and (len(tracking_page) > 300 or not _PAGE.fullmatch(tracking_page)):
        errors["tracking_page"] = _("Enter an address that begins with https:// and has {number} in it.")
    if not is_active and not any(each.code != code for each in await carriers(tx)):
        errors["is_active"] = _("Leave at least one carrier to choose from.")
    if errors:
        raise Invalid(errors)
    fails = fails and before.adapter == "simulated"
    await tx.sql(
        "UPDATE fulfilment.carriers SET name = :name, tracking_page = :page, is_active = :is_active, fails = :fails,"
        " updated_at = kit.now() WHERE code = :code",
        {"code": code, "name": name, "page": tracking_page, "is_active": is_active, "fails": fails},
    )
    await audit.record(
        tx,
        action="carrier.changed",
        subject=("carrier", code),
        label=name,
        changes={
            "name": (before.name, name),
            "tracking_page": (before.tracking_page, tracking_page),
            "is_active": (before.is_active, is_active),
            "fails": (before.fails, fails),
        },
    )
