"""Parts of the shop that staff switch off and on again, without a release: one literal table.

A switch is on until somebody turns it off. Who changes one is on record and can take it back; the next request of every
process knows, since the change is an event of the shop.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from domains import audit
from domains.kit import NotFound, Transaction, record
from domains.kit.i18n import gettext as _
from domains.store.events import ShopChanged
from domains.store.queries import shop


class Switch(StrEnum):
    """`SHOP` off is maintenance: nobody but staff sees the shop. `CHECKOUT` off pauses buying and keeps carts."""

    SHOP = "shop"
    CHECKOUT = "checkout"
    REGISTRATION = "registration"
    REVIEWS = "reviews"
    CONTACT = "contact"


LABELS = {
    Switch.SHOP: _("The shop is open"),
    Switch.CHECKOUT: _("Checkout"),
    Switch.REGISTRATION: _("New accounts"),
    Switch.REVIEWS: _("Writing reviews"),
    Switch.CONTACT: _("Contact form"),
}


class SwitchUnknown(NotFound):
    """Nothing of this name can be switched."""

    code = "switch_unknown"
    title = _("There is no such switch.")


async def switched_off(tx: Transaction) -> frozenset[Switch]:
    """What is off now."""
    rows = await tx.sql("SELECT name FROM store.switches WHERE NOT is_on")
    return frozenset(Switch(name) for name in rows.scalars() if name in Switch)


async def turn(tx: Transaction, name: str, *, is_on: bool) -> None:
    """Switch a part of the shop off or on. Emits `shop.changed`; staff can undo it. Raises `SwitchUnknown`."""
    if name not in Switch:
        raise SwitchUnknown
    switch = Switch(name)
    # one who turns it at the same moment waits here, so that the log tells both in their order
    await tx.sql("SELECT pg_advisory_xact_lock(hashtextextended('store.switches', 0))")
    was = (await _present(tx, switch, ("is_on",)))["is_on"]
    if was == is_on:
        return
    await tx.sql(
        "INSERT INTO store.switches (name, is_on) VALUES (:name, :is_on)"
        " ON CONFLICT (name) DO UPDATE SET is_on = excluded.is_on, changed_at = kit.now()",
        {"name": switch, "is_on": is_on},
    )
    await record(tx, ShopChanged(shop_id=(await shop(tx)).id, fields=(f"switch.{switch}",)))
    await audit.record(
        tx,
        action="switch.changed",
        subject=("switch", switch),
        label=LABELS[switch],
        changes={"is_on": (was, is_on)},
        undo="switch",
    )


async def _present(tx: Transaction, name: str, fields: Sequence[str]) -> dict[str, Any]:
    found = await tx.sql("SELECT is_on FROM store.switches WHERE name = :name FOR UPDATE", {"name": name})
    is_on = found.scalar_one_or_none()
    return dict.fromkeys(fields, True if is_on is None else is_on)


async def _put_back(tx: Transaction, name: str, fields: dict[str, Any]) -> None:
    await turn(tx, name, is_on=fields["is_on"])


audit.undoable("switch", _put_back, _present)
