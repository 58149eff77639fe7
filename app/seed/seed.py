"""The demo shop made through the same operations that its staff would use."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from app.runtime.media import open_storage
from app.runtime.settings import Settings
from app.seed.delivery import PORTLAND, ROTTERDAM, WEIGHTS, ZONES
from app.seed.goods import promise_what_is_out, stock_the_shelves
from app.seed.pictures import paint_all
from app.seed.shop import DETAILS, PASSWORD, SHOPPER, SHOPPER_ADDRESS, STAFF, Person
from app.seed.taxes import RATES
from domains import accounts, inventory, pricing, shipping, store
from domains.catalog import Storage
from domains.kit import Actor, Conflict, Database, Transaction
from domains.kit.clock import environment
from domains.kit.crypto import Keyring, use_keyring
from domains.kit.i18n import gettext as _


class NotADemo(Conflict):
    """Invented goods and accounts with a known password belong in no real shop."""

    code = "not_a_demo"
    title = _("This database is neither a demo nor a test; nothing was put into it.")


async def seed(settings: Settings) -> None:
    """Fill the database and the media store of these settings with the demo shop."""
    use_keyring(Keyring.parse(settings.encryption_keys))
    db = Database.connect(settings.database_url, pool_size=2, name="seed")
    try:
        await fill(db, open_storage(settings))
    finally:
        await db.dispose()


async def fill(db: Database, storage: Storage) -> None:
    """Make the shop Meander in an empty database; a database that has a shop is left as it is.

    All rows come in one transaction, so a seeding that was killed has left none and can be done again; the objects of
    the pictures are stored before it, under the hash of their content. Raises `NotADemo` for a real shop's database.
    """
    seeder = Actor.system("seed")
    async with db.transaction(seeder) as tx:
        if await environment(tx) == "production":
            raise NotADemo
        if await store.is_set_up(tx):
            return
    pictures, hashes = await asyncio.gather(paint_all(storage), _hashes())
    async with db.transaction(seeder) as tx:
        await store.set_up(tx, DETAILS)
        warehouses = await _warehouses(tx)
        await _taxes(tx)
        await _delivery(tx)
        await _people(tx, hashes)
        await stock_the_shelves(tx, pictures, warehouses)
        await promise_what_is_out(tx)


async def _hashes() -> dict[str, str]:
    """A hash of the demo's password for each account, every one with its own salt."""
    emails = [person.email for person in (SHOPPER, *STAFF)]
    hashes = await asyncio.gather(*(accounts.hash_password(PASSWORD) for _email in emails))
    return dict(zip(emails, hashes, strict=True))
