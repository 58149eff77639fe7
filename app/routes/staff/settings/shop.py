"""Who the shop is, what it asks and promises, and to whom its mails go: three forms over the one row of the shop."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from app.web.access import staff
from app.web.countries import every_country
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import upload_of
from app.web.visitors import Visitor
from domains import catalog, store
from domains.catalog import PictureRefused, Storage
from domains.kit import Database, Invalid, Money
from domains.kit.i18n import gettext as _


class ShopForm(msgspec.Struct, forbid_unknown_fields=True):
    name: str = ""
    tagline: str = ""
    legal_name: str = ""
    address: str = ""
    country: str = ""
    tax_number: str = ""
    time_zone: str = ""


class SellingForm(msgspec.Struct, forbid_unknown_fields=True):
    currency: str = ""
    countries: tuple[str, ...] = ()
    prices_include_tax: str = "no"
    tax_rounding: str = "line"
    tax_on_shipping: bool = False
    lowest_price_shown: str = ""
    return_days: int = 0
    holiday_from: str = ""
    holiday_until: str = ""
    refund_limit: str = ""
    bank_details: str = ""
    transfer_days: int = 0
    download_days: int = 0
    download_limit: int = 0


class AddressesForm(msgspec.Struct, forbid_unknown_fields=True):
    sender_email: str = ""
    reply_email: str = ""
    alerts_email: str = ""
    stock_alert_emails: str = ""


@get("/staff/settings/shop", name="staff.settings.shop", access=staff("settings.do"))
async def show_shop(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _shop_page(request, db, visitor)


async def _shop_page(
    request: AnyRequest, db: Database, visitor: Visitor, *, logo_errors: dict[str, str] | None = None
) -> Page:
    shop = await _present(db, visitor)
    form = ShopForm(
        name=shop.name,
        tagline=shop.tagline,
        legal_name=shop.legal_name,
        address="\n".join(shop.address),
        country=shop.country,
        tax_number=shop.tax_number,
        time_zone=shop.time_zone,
    )
    return _page(request, "shop", form, logo_errors=logo_errors)


@post("/staff/settings/shop", name="staff.settings.shop.save", access=staff("settings.do"))
async def save_shop(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, ShopForm)
    fields = {**msgspec.structs.asdict(form), "address": _lines(form.address)}
    return await _save(request, db, visitor, "shop", form, fields)


@post(
    "/staff/settings/shop/logo",
    name="staff.settings.shop.logo",
    access=staff("settings.do"),
    request_max_body_size=catalog.MOST_BYTES + 64 * 1024,
)
async def take_logo(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """Its sizes are made at once: headers show it from the next page on, and are not told of sizes made later."""
    sent = {name: list(values) for name, values in (await request.form()).dict().items()}
    storage: Storage = request.app.state.storage
    try:
        upload = upload_of(sent, "logo")
        upload.file.seek(0)
        content = upload.file.read(catalog.MOST_BYTES + 1)
        picture = await catalog.store_picture(db, storage, visitor.actor, content)
    except PictureRefused as refused:
        return await _shop_page(request, db, visitor, logo_errors={"logo": refused.fields["picture"]})
    except Invalid as refused:
        return await _shop_page(request, db, visitor, logo_errors=refused.fields)
    await catalog.make_renditions(db, storage, picture)
    return await _save_logo(request, db, visitor, picture, _("The logo is there, on the next page that anybody opens."))


@post("/staff/settings/shop/logo/removal", name="staff.settings.shop.logo.remove", access=staff("settings.do"))
async def remove_logo(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _save_logo(request, db, visitor, None, _("The name stands there again. The audit log brings it back."))


@get("/staff/settings/selling", name="staff.settings.selling", access=staff("settings.do"))
async def show_selling(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    shop = await _present(db, visitor)
    form = SellingForm(
        currency=shop.currency,
        countries=shop.countries,
        prices_include_tax="yes" if shop.prices_include_tax else "no",
        tax_rounding=shop.tax_rounding,
        tax_on_shipping=shop.tax_on_shipping,
        lowest_price_shown={None: "", True: "yes", False: "no"}[shop.lowest_price_shown],
        return_days=shop.return_days,
        holiday_from=shop.holiday_from.isoformat() if shop.holiday_from else "",
        holiday_until=shop.holiday_until.isoformat() if shop.holiday_until else "",
        refund_limit=f"{Money(shop.refund_limit, shop.currency).decimal:f}",
        bank_details=shop.bank_details,
        transfer_days=shop.transfer_days,
        download_days=shop.download_days,
        download_limit=shop.download_limit,
    )
    return _page(request, "selling", form)


@post("/staff/settings/selling", name="staff.settings.selling.save", access=staff("settings.do", fresh=True))
async def save_selling(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, SellingForm)
    fields: dict[str, Any] = msgspec.structs.asdict(form)
    errors: dict[str, str] = {}
    fields |= {
        "prices_include_tax": form.prices_include_tax == "yes",
        "lowest_price_shown": {"yes": True, "no": False}.get(form.lowest_price_shown),
        "tax_rounding": "order" if form.tax_rounding == "order" else "line",
        "currency": form.currency.upper(),
    }
    for field in ("holiday_from", "holiday_until"):
        try:
            fields[field] = date.fromisoformat(fields[field]) if fields[field] else None
        except ValueError:
            errors[field] = _("Enter a day such as 2026-12-24.")
    try:
        fields["refund_limit"] = Money.parse(form.refund_limit.replace(",", "."), fields["currency"]).amount
    except (ValueError, Invalid):
        errors["refund_limit"] = _("Enter an amount such as 500.00.")
    if errors:
        return _page(request, "selling", form, errors)
    return await _save(request, db, visitor, "selling", form, fields)


@get("/staff/settings/addresses", name="staff.settings.addresses", access=staff("settings.do"))
async def show_addresses(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    shop = await _present(db, visitor)
    form = AddressesForm(
        sender_email=shop.sender_email,
        reply_email=shop.reply_email,
        alerts_email=shop.alerts_email,
        stock_alert_emails="\n".join(shop.stock_alert_emails),
    )
    return _page(request, "addresses", form)


@post("/staff/settings/addresses", name="staff.settings.addresses.save", access=staff("settings.do", fresh=True))
async def save_addresses(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, AddressesForm)
    fields = {**msgspec.structs.asdict(form), "stock_alert_emails": _lines(form.stock_alert_emails.replace(",", "\n"))}
    return await _save(request, db, visitor, "addresses", form, fields)


async def _present(db: Database, visitor: Visitor) -> store.Shop:
    async with db.transaction(visitor.actor) as tx:
        return await store.shop(tx)


async def _save(
    request: AnyRequest, db: Database, visitor: Visitor, which: str, form: Any, fields: dict[str, Any]
) -> Page:
    try:
        async with db.transaction(visitor.actor) as tx:
            await store.change(tx, **fields)
    except Invalid as refused:
        return _page(request, which, form, refused.fields)
    answer = redirect(request, url_for(request, f"staff.settings.{which}"))
    say(request, answer, _("Saved. What changed stands in the audit log and can be undone from there."))
    return answer


async def _save_logo(request: AnyRequest, db: Database, visitor: Visitor, logo_id: UUID | None, words: str) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await store.change(tx, logo_id=logo_id)
    answer = redirect(request, url_for(request, "staff.settings.shop"))
    say(request, answer, words)
    return answer


def _page(
    request: AnyRequest,
    which: str,
    form: Any,
    errors: dict[str, str] | None = None,
    logo_errors: dict[str, str] | None = None,
) -> Page:
    return page(
        request,
        f"staff/settings/{which}.html",
        status=422 if errors or logo_errors else 200,
        form=form,
        errors=errors or {},
        logo_errors=logo_errors or {},
        countries=_chosen_first(form),
        zones=[(zone, zone) for zone in sorted(available_timezones()) if "/" in zone and not zone.startswith("Etc/")],
    )


def _chosen_first(form: Any) -> list[tuple[str, str]]:
    """All countries; those that are delivered to stand at the top of the long list."""
    chosen = set(form.countries) if isinstance(form, SellingForm) else set()
    return sorted(every_country("en_US"), key=lambda country: country[0] not in chosen)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


ROUTES = [show_shop, save_shop, take_logo, remove_logo, show_selling, save_selling, show_addresses, save_addresses]
