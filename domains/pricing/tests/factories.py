"""A shop to price and tax in."""

from domains import store
from domains.kit import Actor, Database

STAFF = Actor.system("tests")


async def open_shop(db: Database, **different: object) -> None:
    """The shop Meander, in dollars and in New York's time, delivering to five countries."""
    details = {
        "name": "Meander",
        "legal_name": "Meander Goods LLC",
        "address": ("1 Main Street", "Portland, OR 97201"),
        "country": "US",
        "currency": "USD",
        "time_zone": "America/New_York",
        "prices_include_tax": False,
        "sender_email": "shop@example.com",
        "alerts_email": "owner@example.com",
        "countries": ("US", "CA", "DE", "GB", "PL"),
        **different,
    }
    async with db.transaction(STAFF) as tx:
        await store.set_up(tx, store.ShopDetails(**details))  # type: ignore[arg-type]
