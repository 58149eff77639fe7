"""What only staff ask of the catalogue."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from domains.catalog.errors import CategoryNotFound, ProductNotFound
from domains.catalog.queries.media import described, pictures_of
from domains.catalog.queries.views import Picture
from domains.kit import Transaction


class ProductState(msgspec.Struct, frozen=True):
    """Where a product is in its life, and which version of it that is."""

    version: int
    is_active: bool
    archived_at: datetime | None
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime


class CategoryRecord(msgspec.Struct, frozen=True):
    """A category as its row says, with what it asks of its products itself."""

    id: UUID
    parent_id: UUID | None
    name: str
    slug: str
    description: str | None
    is_active: bool
    picture: Picture | None
    attributes: tuple[tuple[str, bool], ...]
    """Code, and whether it is required."""
    products: int
    version: int


class CategoryLine(msgspec.Struct, frozen=True):
    """A category in a list of all, with the names above it; `level` 0 is the top."""

    id: UUID
    parent_id: UUID | None
    name: str
    path: tuple[str, ...]
    level: int
    is_active: bool
    products: int
    slug: str
    is_first: bool
    is_last: bool


async def product_state(tx: Transaction, product_id: UUID) -> ProductState:
    """Raises `ProductNotFound`."""
    row = (
        (
            await tx.sql(
                "SELECT coalesce(s.version, 0) AS version, p.is_active, p.archived_at, p.published_at, p.created_at,"
                " p.updated_at FROM catalog.products p"
                " LEFT JOIN kit.streams s ON s.stream = 'product' AND s.stream_id = p.id WHERE p.id = :id",
                {"id": product_id},
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise ProductNotFound
    return ProductState(**row)


async def category(tx: Transaction, category_id: UUID) -> CategoryRecord:
    """Raises `CategoryNotFound`."""
    row = (
        await tx.sql(
            "SELECT id, parent_id, name, slug, description, is_active, picture_id,"
            " array(SELECT attribute_code FROM catalog.category_attributes WHERE category_id = c.id"
            "       ORDER BY position, attribute_code) AS codes,"
            " array(SELECT is_required FROM catalog.category_attributes WHERE category_id = c.id"
            "       ORDER BY position, attribute_code) AS required,"
            " (SELECT count(*) FROM catalog.products WHERE category_id = c.id) AS products,"
            " coalesce((SELECT version FROM kit.streams WHERE stream = 'category' AND stream_id = c.id), 0) AS version"
            " FROM catalog.categories c WHERE id = :id",
            {"id": category_id},
        )
    ).one_or_none()
    if row is None:
        raise CategoryNotFound
    pictures = await pictures_of(tx, [row.picture_id])
    return CategoryRecord(
        row.id,
        row.parent_id,
        row.name,
        row.slug,
        row.description,
        row.is_active,
        described(pictures.get(row.picture_id), row.name),
        tuple(zip(row.codes, row.required, strict=True)),
        row.products,
        row.version,
    )


async def category_lines(tx: Transaction, *, counted: bool = False) -> list[CategoryLine]:
    """Every category, hidden ones too, each below the one it stands in; with how many products are at home there."""
    products = "CAST(coalesce(home.products, 0) AS int)" if counted else "0"
    counting = (
        " LEFT JOIN (SELECT category_id, count(*) AS products FROM catalog.products WHERE archived_at IS NULL"
        " GROUP BY category_id) home ON home.category_id = c.id"
    )
    rows = (
        await tx.sql(
            f"SELECT id, parent_id, name, slug, is_active, {products} AS products"
            f" FROM catalog.categories c{counting if counted else ''} ORDER BY sort_order, name, id"
        )
    ).all()
    below: dict[UUID | None, list[int]] = {}
    for number, row in enumerate(rows):
        below.setdefault(row.parent_id, []).append(number)
    found: list[CategoryLine] = []

    def go(parent: UUID | None, above: tuple[str, ...]) -> None:
        children = below.get(parent, [])
        for place, number in enumerate(children):
            row = rows[number]
            path = (*above, row.name)
            found.append(
                CategoryLine(
                    row.id,
                    row.parent_id,
                    row.name,
                    path,
                    len(above),
                    row.is_active,
                    row.products,
                    row.slug,
                    place == 0,
                    place == len(children) - 1,
                )
            )
            go(row.id, path)

    go(None, ())
    return found


async def brands(tx: Transaction, *, most: int = 500) -> list[str]:
    """The brands that products have."""
    rows = await tx.sql(
        "WITH RECURSIVE told AS ("
        " (SELECT brand FROM catalog.products WHERE brand IS NOT NULL ORDER BY brand LIMIT 1)"
        " UNION ALL SELECT (SELECT brand FROM catalog.products WHERE brand > told.brand ORDER BY brand LIMIT 1)"
        " FROM told WHERE told.brand IS NOT NULL)"
        " SELECT brand FROM told WHERE brand IS NOT NULL LIMIT :most",
        {"most": most},
    )
    return list(rows.scalars())


async def variant_ids_of(tx: Transaction, product_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The variants of products, sold or not, in their order."""
    rows = await tx.sql(
        "SELECT id, product_id FROM catalog.variants WHERE product_id = ANY(:products) ORDER BY position, sku",
        {"products": list(product_ids)},
    )
    found: dict[UUID, list[UUID]] = {product_id: [] for product_id in product_ids}
    for row in rows:
        found[row.product_id].append(row.id)
    return found


async def attribute_uses(tx: Transaction) -> dict[str, tuple[str, ...]]:
    """The names of the categories that ask for each attribute."""
    rows = await tx.sql(
        "SELECT ca.attribute_code AS code, array_agg(c.name ORDER BY c.name) AS names"
        " FROM catalog.category_attributes ca JOIN catalog.categories c ON c.id = ca.category_id GROUP BY 1"
    )
    return {row.code: tuple(row.names) for row in rows}
