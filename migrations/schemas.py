"""The schemas of the shop, one per domain; everything else in a database is not ours."""

SCHEMAS = frozenset(
    [
        "kit",
        "store",
        "accounts",
        "catalog",
        "content",
        "inventory",
        "pricing",
        "shipping",
        "cart",
        "wishlists",
        "payments",
        "orders",
        "checkout",
        "reviews",
        "transfer",
        "search",
        "notifications",
    ]
)
