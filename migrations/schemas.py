"""The schemas of the shop, one per domain; everything else in a database is not ours."""

SCHEMAS = frozenset(
    [
        "kit",
        "audit",
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
        "fulfilment",
        "invoicing",
        "downloads",
        "returns",
        "checkout",
        "reviews",
        "transfer",
        "search",
        "notifications",
        "desk",
    ]
)
