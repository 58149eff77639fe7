"""The last download is taken once, however many press at the same moment."""

import asyncio
from uuid import UUID

import pytest

from domains import catalog, downloads, store
from domains.downloads import DownloadOver
from domains.inventory.tests.factories import make_variants
from domains.kit import Database, new_id
from domains.orders import OrderStatus
from domains.orders.tests.factories import TESTER, a_line, brought_to
from domains.pricing.tests.factories import open_shop


@pytest.fixture
async def granted(live_db: Database) -> UUID:
    """The order of somebody who bought two and may fetch each once."""
    await open_shop(live_db)
    (variant_id,) = await make_variants(live_db)
    async with live_db.transaction(TESTER) as tx:
        await store.change(tx, download_limit=1)
        file_id = await catalog.add_file(
            tx, key="a.sold", name="a.pdf", content_type="application/pdf", size=3, sha256="0" * 64
        )
        await catalog.make_digital(tx, variant_id, file_id)
        line = a_line(variant_id=variant_id, product_id=new_id(), is_digital=True)
        head = await brought_to(tx, OrderStatus.CONFIRMED, lines=(line,))
        await downloads.grant(tx, head.id)
    return head.id


async def test_the_last_download_is_taken_once(live_db: Database, granted: UUID) -> None:
    async with live_db.transaction(TESTER) as tx:
        (grant,) = await downloads.of_order(tx, granted)

    async def take() -> str:
        try:
            async with live_db.transaction(TESTER) as tx:
                await downloads.take(tx, grant.id)
        except DownloadOver:
            return "over"
        return "taken"

    outcomes = await asyncio.gather(*(take() for _try in range(4)))

    assert outcomes.count("taken") == 2  # two pieces, once each


async def test_granting_again_grants_nothing_new_and_a_cancelled_order_has_none(
    live_db: Database, granted: UUID
) -> None:
    async with live_db.transaction(TESTER) as tx:
        assert await downloads.grant(tx, granted) == 0
        (grant,) = await downloads.of_order(tx, granted)
        token = await downloads.make_link(tx, grant.id)

        assert await downloads.revoke(tx, granted) == 1

        assert (await downloads.by_token(tx, token)).is_over
        assert await downloads.of_order(tx, granted) == []
        assert await downloads.grant(tx, granted) == 0  # the fact that is told again opens nothing
        assert await downloads.of_order(tx, granted) == []
