"""The plan of the demo's past."""

from datetime import UTC, datetime, timedelta

from app.seed.catalogue import PRODUCTS
from app.seed.past.planning import DAYS, Fate, plan

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_what_is_sold_out_is_in_no_order_that_comes_to_nothing() -> None:
    born = {product.sku: NOW - timedelta(days=DAYS + 1) for product in PRODUCTS}

    given_back = [order for order in plan(2000, NOW, born) if order.fate in (Fate.UNPAID, Fate.CANCELLED)]

    assert len(given_back) > 50
    back = {bought.variant for order in given_back for bought in order.bought}
    assert [variant.sku for variant in back if variant.portland + variant.rotterdam == 0] == []
