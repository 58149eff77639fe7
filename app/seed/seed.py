"""The demo shop made through the same operations that its staff would use."""

import asyncio
from collections.abc import Mapping
from functools import partial
from uuid import UUID

from app.runtime.media import open_files, open_storage
from app.runtime.settings import Settings
from app.sandbox.stripe_server.history import plant, plant_refunds
from app.seed.delivery import CARRIERS, PORTLAND, ROTTERDAM, WEIGHTS, ZONES, Method
from app.seed.files import keep_guides, put_up_guides
from app.seed.front_desk import open_the_front_desk
from app.seed.goods import promise_what_is_out, stock_the_shelves
from app.seed.pages import plant_pages
from app.seed.past import Gateway, History, make_history
from app.seed.pictures import WIDTH, paint_all
from app.seed.shop import DETAILS, PASSWORD, SHOPPER, SHOPPER_ADDRESS, STAFF, STAFF_CODES
from app.seed.stock_desk import open_the_stock_desk
from app.seed.taxes import RATES
from domains import (
    accounts,
    audit,
    fulfilment,
    inventory,
    invoicing,
    notifications,
    pricing,
    reviews,
    search,
    shipping,
    store,
)
from domains.catalog import FileStore, Storage
from domains.kit import Actor, Conflict, Database, Transaction
from domains.kit.clock import environment
from domains.kit.crypto import Keyring, use_keyring
from domains.kit.deliveries import hear_now
from domains.kit.i18n import gettext as _

ORDERS = 300  # of the demo's past


class NotADemo(Conflict):
    """Invented goods and accounts with a known password belong in no real shop."""

    code = "not_a_demo"
    title = _("This database is neither a demo nor a test; nothing was put into it.")


async def seed(settings: Settings) -> None:
    """Fill the database and the media store of these settings with the demo shop."""
    use_keyring(Keyring.parse(settings.encryption_keys))
    db = Database.connect(settings.database_url, pool_size=2, name="seed")
    try:
        await fill(db, open_storage(settings), history=history_of(settings, ORDERS), files=open_files(settings))
    finally:
        await db.dispose()


def history_of(settings: Settings, count: int) -> History:
    """A past of so many orders, whose payments the sandbox of these settings knows."""
    folder = settings.data_dir / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    return History(count, Gateway(partial(plant, folder), partial(plant_refunds, folder)))


async def fill(
    db: Database,
    storage: Storage,
    *,
    width: int = WIDTH,
    history: History | None = None,
    files: FileStore | None = None,
) -> None:
    """Make the shop Meander in an empty database; a database that has a shop is left as it is.

    All rows come in one transaction, so a seeding that was killed has left none and can be done again; before it the
    pictures, `width` pixels wide, are stored under the hash of their content. With a `history` it has a past: orders,
    reviews, and mails that count as sent; with a place for `files`, also guides that are
    downloaded. Raises `NotADemo` for a real shop's database.
    """
    seeder = Actor.system("seed")
    async with db.transaction(seeder) as tx:
        if await environment(tx) == "production":
            raise NotADemo
        if await store.is_set_up(tx):
            return
    pictures, hashes = await asyncio.gather(paint_all(storage, width), _hashes())
    guides = await keep_guides(files) if files is not None else []
    async with db.transaction(seeder) as tx:
        await store.set_up(tx, DETAILS)
        await plant_pages(tx)
        warehouses = await _warehouses(tx)
        await _taxes(tx)
        await _delivery(tx, warehouses)
        await _people(tx, hashes)
        shelved = await stock_the_shelves(tx, pictures, warehouses)
        await promise_what_is_out(tx)
        await put_up_guides(tx, guides)
        if history is not None:
            await make_history(tx, history, shelved, warehouses[PORTLAND.code])
            await open_the_stock_desk(tx, warehouses)
            await open_the_front_desk(tx)
        await invoicing.issue_missing(tx, older_than_seconds=0, limit=100_000, as_of_then=True)
        await _tell_nobody(tx)
        await search.rebuild(tx)
        while await audit.seal(tx):
            pass


async def _tell_nobody(tx: Transaction) -> None:
    """The mails of the past, the requests for reviews among them, were sent in the past."""
    for subscriber in reviews.SUBSCRIBERS:
        await hear_now(tx, subscriber)
    while await reviews.ask_due(tx):
        pass
    for subscriber in notifications.SUBSCRIBERS:
        await hear_now(tx, subscriber)
    await notifications.count_as_sent(tx)


async def _hashes() -> dict[str, str]:
    """A hash of the demo's password for each account, every one with its own salt."""
    emails = [person.email for person in (SHOPPER, *STAFF)]
    hashes = await asyncio.gather(*(accounts.hash_password(PASSWORD) for _email in emails))
    return dict(zip(emails, hashes, strict=True))


async def _people(tx: Transaction, hashes: Mapping[str, str]) -> None:
    shopper = await accounts.register(
        tx,
        email=SHOPPER.email,
        password_hash=hashes[SHOPPER.email],
        first_name=SHOPPER.first_name,
        last_name=SHOPPER.last_name,
    )
    if shopper is None:
        raise LookupError(SHOPPER.email)
    await accounts.verify_email(tx, await accounts.issue_token(tx, shopper, "verify_email"))
    await accounts.save_address(tx, shopper, SHOPPER_ADDRESS, is_default=True)
    for person in STAFF:
        made = await accounts.create_staff(
            tx,
            email=person.email,
            role=person.role,
            first_name=person.first_name,
            last_name=person.last_name,
            password_hash=hashes[person.email],
        )
        await accounts.enrol_app(tx, made.id, STAFF_CODES)


async def _warehouses(tx: Transaction) -> dict[str, UUID]:
    return {
        warehouse.code: await inventory.add_warehouse(
            tx, code=warehouse.code, name=warehouse.name, country=warehouse.country, priority=warehouse.priority
        )
        for warehouse in (PORTLAND, ROTTERDAM)
    }


async def _taxes(tx: Transaction) -> None:
    for rate in RATES:
        for tax_class in rate.classes:
            await pricing.add_tax_rate(
                tx,
                name=rate.name,
                jurisdiction=rate.jurisdiction,
                country=rate.country,
                state=rate.state,
                postal_pattern=rate.postal_pattern,
                tax_class=tax_class,
                rate_ppm=rate.rate_ppm,
            )


async def _delivery(tx: Transaction, warehouses: Mapping[str, UUID]) -> None:
    for carrier in CARRIERS:
        await fulfilment.add_carrier(
            tx,
            name=carrier.name,
            code=carrier.code,
            tracking_page=carrier.tracking_page,
            adapter=carrier.adapter,
        )
    for zone in ZONES:
        zone_id = await shipping.add_zone(
            tx, name=zone.name, regions=[shipping.RegionDraft(place.country, place.state) for place in zone.places]
        )
        for place, method in enumerate(zone.methods):
            await shipping.add_method(
                tx,
                zone_id=zone_id,
                code=method.code,
                name=method.name,
                description=method.description,
                days_min=method.days_min,
                days_max=method.days_max,
                sort_order=place,
                pick_up_at=warehouses[method.pick_up_at] if method.pick_up_at else None,
                bands=_bands(method),
            )


def _bands(method: Method) -> list[shipping.BandDraft]:
    """A price for each step of weight, and one of nothing for orders that are large enough."""
    currency = DETAILS.currency
    bands = [
        shipping.BandDraft(currency=currency, amount=amount, weight_from=low, weight_to=high)
        for amount, (low, high) in zip(method.amounts, WEIGHTS, strict=True)
    ]
    if method.free_from is not None:
        bands.append(shipping.BandDraft(currency=currency, amount=0, subtotal_from=method.free_from))
    return bands
