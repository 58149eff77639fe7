"""A small shop to search in."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from domains import catalog, inventory, pricing, search, store
from domains.kit import Actor, Transaction

STAFF = Actor.system("tests")

DETAILS = store.ShopDetails(
    name="Meander",
    legal_name="Meander Goods LLC",
    address=("12 Arcade Street", "Portland, OR 97201"),
    country="US",
    currency="USD",
    time_zone="America/Los_Angeles",
    prices_include_tax=False,
    sender_email="shop@example.com",
    alerts_email="desk@example.com",
    countries=("US", "DE"),
)


async def open_shop(tx: Transaction) -> UUID:
    """The shop's settings and one warehouse; returns the warehouse."""
    await store.set_up(tx, DETAILS)
    return await inventory.add_warehouse(tx, code="MAIN", name="Main", country="US")


async def good(
    tx: Transaction,
    warehouse_id: UUID,
    name: str,
    *,
    category_id: UUID,
    price: int = 1000,
    compare_at: int | None = None,
    on_hand: int = 20,
    sku: str | None = None,
    description: str = "",
    brand: str | None = None,
    attributes: Mapping[str, object] | None = None,
    options: tuple[catalog.OptionDraft, ...] = (),
    variants: tuple[catalog.VariantDraft, ...] = (),
    is_active: bool = True,
) -> UUID:
    """A product with a price and stock for each of its variants."""
    product_id = await catalog.create_product(
        tx,
        catalog.ProductDraft(
            sku=sku or name.upper().replace(" ", "-")[:50],
            name=name,
            category_id=category_id,
            description=description,
            brand=brand,
            attributes=attributes or {},
            options=options,
            variants=variants,
            is_active=is_active,
        ),
    )
    view = await catalog.product(tx, product_id, include_inactive=True)
    for number, variant in enumerate(view.variants):
        await pricing.set_price(tx, variant.id, price + 100 * number, compare_at=compare_at)
        await inventory.receive(tx, variant_id=variant.id, warehouse_id=warehouse_id, quantity=on_hand)
    return product_id


async def names(tx: Transaction, q: str, **more: object) -> list[str]:
    """What a search shows, by name."""
    found = await search.listing(tx, q=q, currency="USD", **more)  # type: ignore[arg-type]
    return [card.name for card in found.cards]


def in_order(found: Iterable[str], *expected: str) -> bool:
    """Whether `expected` stand in `found` in this order, whatever stands between."""
    rest = iter(found)
    return all(name in rest for name in expected)
