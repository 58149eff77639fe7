"""The tree of categories."""

from collections import defaultdict
from uuid import UUID

from domains.catalog.errors import CategoryNotFound
from domains.catalog.queries.media import described, pictures_of
from domains.catalog.queries.views import AttributeView, CategoryNode, CategoryView, Crumb
from domains.kit import Transaction


async def tree(tx: Transaction, *, include_inactive: bool = False) -> tuple[CategoryNode, ...]:
    """All categories from the top down, each level in its order; what stands below a hidden one is hidden too."""
    rows = (
        await tx.sql(
            "SELECT id, parent_id, name, slug, description, picture_id, is_active FROM catalog.categories"
            " WHERE is_active OR :all ORDER BY sort_order, name, id",
            {"all": include_inactive},
        )
    ).all()
    images = await pictures_of(tx, [row.picture_id for row in rows])
    below = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)

    def nodes(parent: UUID | None) -> tuple[CategoryNode, ...]:
        return tuple(
            CategoryNode(
                row.id,
                row.name,
                row.slug,
                row.description,
                described(images.get(row.picture_id), row.name),
                row.is_active,
                nodes(row.id),
            )
            for row in below[parent]
        )

    return nodes(None)


async def category_by_slug(tx: Transaction, slug: str) -> CategoryView:
    """The category of a page's address; raises `CategoryNotFound` for an unknown or hidden one."""

    def find(nodes: tuple[CategoryNode, ...], trail: tuple[Crumb, ...]) -> CategoryView | None:
        for node in nodes:
            here = (*trail, Crumb(node.name, node.slug))
            if node.slug == slug:
                return CategoryView(node.id, node.name, node.slug, node.description, node.picture, here, node.children)
            deeper = find(node.children, here)
            if deeper is not None:
                return deeper
        return None

    found = find(await tree(tx), ())
    if found is None:
        raise CategoryNotFound
    return found


_ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, parent_id, name, slug, is_active, 0 AS height FROM catalog.categories WHERE id = :id
    UNION ALL
    SELECT c.id, c.parent_id, c.name, c.slug, c.is_active, above.height + 1
    FROM catalog.categories c JOIN above ON c.id = above.parent_id
)
"""


async def trail(tx: Transaction, category_id: UUID) -> tuple[Crumb, ...]:
    """The way from the top to a category, itself last; from the first hidden one on it is cut."""
    rows = (
        await tx.sql(_ABOVE + "SELECT name, slug, is_active FROM above ORDER BY height DESC", {"id": category_id})
    ).all()
    shown: list[Crumb] = []
    for row in rows:
        if not row.is_active:
            break
        shown.append(Crumb(row.name, row.slug))
    return tuple(shown)


async def attributes_of(tx: Transaction, category_id: UUID) -> list[AttributeView]:
    """The attributes that products at home in a category have: its own and those of the categories above it."""
    rows = await tx.sql(
        _ABOVE
        + """
        SELECT a.code, a.name, a.kind, a.unit, a.choices, bool_or(ca.is_required) AS is_required
        FROM above JOIN catalog.category_attributes ca ON ca.category_id = above.id
        JOIN catalog.attributes a ON a.code = ca.attribute_code
        GROUP BY a.code ORDER BY max(above.height) DESC, min(ca.position), a.name
        """,
        {"id": category_id},
    )
    return [AttributeView(row.code, row.name, row.kind, row.unit, tuple(row.choices), row.is_required) for row in rows]


async def attribute_definitions(tx: Transaction) -> dict[str, AttributeView]:
    """Every attribute there is, by its code, in the order in which categories ask for them."""
    rows = await tx.sql(
        "SELECT a.code, a.name, a.kind, a.unit, a.choices FROM catalog.attributes a"
        " LEFT JOIN catalog.category_attributes ca ON ca.attribute_code = a.code"
        " GROUP BY a.code ORDER BY min(ca.position), a.code"
    )
    return {row.code: AttributeView(row.code, row.name, row.kind, row.unit, tuple(row.choices), False) for row in rows}
