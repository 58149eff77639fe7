"""What can be done with the shop's settings."""

import re
from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

import msgspec
from babel.core import get_global
from sqlalchemy import select

from domains import audit
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.addresses import form_for
from domains.kit.i18n import gettext as _
from domains.kit.money import LARGEST_AMOUNT
from domains.store.errors import ShopAlreadySetUp, ShopNotSetUp
from domains.store.events import ShopChanged, ShopOpened
from domains.store.models import ShopRow
from domains.store.queries import is_set_up
from domains.store.views import Shop, ShopDetails

_SHORTEST_WINDOW, _LONGEST_WINDOW = 14, 3650  # days; 14 is the EU's right of withdrawal
_MAIL = re.compile(r"[^@\s<>\r\n]+@[^@\s<>\r\n]+\.[^@\s<>\r\n]+")


async def set_up(tx: Transaction, details: ShopDetails) -> Shop:
    """Open the shop. Emits `shop.opened`. Raises `Invalid` with every wrong field, `ShopAlreadySetUp`."""
    _check(details)
    if await is_set_up(tx):
        raise ShopAlreadySetUp
    row = ShopRow(id=new_id(), **msgspec.structs.asdict(details))
    tx.session.add(row)
    await tx.session.flush()
    await record(tx, ShopOpened(shop_id=row.id, country=details.country, currency=details.currency))
    return Shop(**msgspec.structs.asdict(details), id=row.id)


async def change(tx: Transaction, **fields: Any) -> Shop:
    """Change settings by name; staff's changes can be undone. Emits `shop.changed`. Raises `Invalid`, `ShopNotSetUp`;
    currency and zone may change, old orders keep theirs."""
    row = (await tx.session.execute(select(ShopRow).with_for_update())).scalar_one_or_none()
    if row is None:
        raise ShopNotSetUp
    present = {field: getattr(row, field) for field in ShopDetails.__struct_fields__}
    details = msgspec.convert({**present, **fields}, ShopDetails)
    _check(details)
    for field in fields:
        setattr(row, field, getattr(details, field))
    row.updated_at = await tx.now()
    await tx.session.flush()
    await record(tx, ShopChanged(shop_id=row.id, fields=tuple(sorted(fields))))
    await audit.record(
        tx,
        action="shop.changed",
        subject=("shop", row.id),
        label=row.name,
        changes={field: (present[field], getattr(details, field)) for field in fields},
        undo="shop",
    )
    return Shop(**msgspec.structs.asdict(details), id=row.id)


async def _settings(tx: Transaction, _shop: str, fields: Sequence[str]) -> dict[str, Any]:
    row = (await tx.session.execute(select(ShopRow).with_for_update())).scalar_one()
    return {field: getattr(row, field) for field in fields}


async def _put_back(tx: Transaction, _shop: str, fields: dict[str, Any]) -> None:
    await change(tx, **fields)


audit.undoable("shop", _put_back, _settings)


def _check(details: ShopDetails) -> None:
    errors: dict[str, str] = {}
    for field, longest in (("name", 100), ("legal_name", 200)):
        value = getattr(details, field)
        if not value.strip() or len(value) > longest:
            errors[field] = _("Enter 1 to {longest} characters.").format(longest=longest)
    if not any(line.strip() for line in details.address):
        errors["address"] = _("Enter the postal address; the law asks for it on the imprint and the invoices.")
    if len(details.tagline) > 200:
        errors["tagline"] = _("Use at most {longest} characters.").format(longest=200)
    if len(details.tax_number) > 60:
        errors["tax_number"] = _("Use at most {longest} characters.").format(longest=60)
    if not 1 <= details.transfer_days <= 60:
        errors["transfer_days"] = _("Enter 1 to {most} days.").format(most=60)
    if len(details.bank_details) > 1000:
        errors["bank_details"] = _("Use at most {longest} characters.").format(longest=1000)
    for field in ("sender_email", "alerts_email", "reply_email"):
        if not _MAIL.fullmatch(getattr(details, field)) and (field != "reply_email" or details.reply_email):
            errors[field] = _("Enter an e-mail address such as shop@example.com.")
    if len(details.stock_alert_emails) > 20 or any(
        not _MAIL.fullmatch(address) or "," in address for address in details.stock_alert_emails
    ):
        errors["stock_alert_emails"] = _("Enter up to 20 e-mail addresses such as shop@example.com.")
    if details.currency not in get_global("all_currencies"):
        errors["currency"] = _("Enter a currency's three letters, such as USD.")
    if details.time_zone not in available_timezones():
        errors["time_zone"] = _("Enter a time zone such as Europe/Berlin.")
    for code in (details.country, *details.countries):
        try:
            form_for(code)
        except Invalid:
            errors["country" if code == details.country else "countries"] = _(
                "{code} is not a country code; enter two letters such as US."
            ).format(code=code)
    if not 1 <= details.download_days <= 3650:
        errors["download_days"] = _("Enter 1 to {most} days.").format(most=3650)
    if not 1 <= details.download_limit <= 1000:
        errors["download_limit"] = _("Enter 1 to {most} downloads.").format(most=1000)
    if not details.countries:
        errors["countries"] = _("Name at least one country that you deliver to.")
    errors |= _wrong_about_returns(details)
    if errors:
        raise Invalid(errors)


def _wrong_about_returns(details: ShopDetails) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not _SHORTEST_WINDOW <= details.return_days <= _LONGEST_WINDOW:
        errors["return_days"] = _("Enter {least} to {most} days; the law asks for {least} at least.").format(
            least=_SHORTEST_WINDOW, most=_LONGEST_WINDOW
        )
    if not 0 <= details.refund_limit <= LARGEST_AMOUNT:
        errors["refund_limit"] = _("Enter an amount of 0 or more.")
    if (details.holiday_from is None) != (details.holiday_until is None):
        errors["holiday_until" if details.holiday_until is None else "holiday_from"] = _("Enter both days, or neither.")
    elif details.holiday_from and details.holiday_until and details.holiday_from > details.holiday_until:
        errors["holiday_until"] = _("Enter a day after the first one.")
    return errors
