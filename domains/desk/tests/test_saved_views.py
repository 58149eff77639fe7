"""Views of a list that staff keep for themselves, and those they share."""

import pytest

from domains import desk
from domains.kit import Actor, Database, Forbidden, Invalid
from domains.orders.tests.factories import an_account

ORDERS, PRODUCTS = "orders", "products"


async def test_a_view_is_seen_by_who_keeps_it_and_a_shared_one_by_everybody(db: Database) -> None:
    async with db.transaction(Actor.system("tests")) as tx:
        ada, ben = await an_account(tx, "ada@shop.example"), await an_account(tx, "ben@shop.example")
        await desk.save_view(tx, ada, ORDERS, name="to  pack ", query="status=confirmed")
        await desk.save_view(tx, ada, ORDERS, name="Late", query="late=yes", is_shared=True)
        await desk.save_view(tx, ada, PRODUCTS, name="Sold out", query="stock=none")

        own, bens = await desk.views_of(tx, ada, ORDERS), await desk.views_of(tx, ben, ORDERS)

    assert [(view.name, view.query, view.is_own) for view in own] == [
        ("Late", "late=yes", True),
        ("to pack", "status=confirmed", True),
    ]
    assert [(view.name, view.is_shared, view.is_own) for view in bens] == [("Late", True, False)]


async def test_a_view_saved_again_under_its_name_takes_the_place_of_the_old_one(db: Database) -> None:
    async with db.transaction(Actor.system("tests")) as tx:
        ada, ben = await an_account(tx, "ada@shop.example"), await an_account(tx, "ben@shop.example")
        first = await desk.save_view(tx, ada, ORDERS, name="Mine", query="a=1", is_shared=True)
        await desk.save_view(tx, ben, ORDERS, name="Mine", query="b=1")

        again = await desk.save_view(tx, ada, ORDERS, name="Mine", query="a=2")

        assert again == first
        assert [(view.query, view.is_shared) for view in await desk.views_of(tx, ada, ORDERS)] == [("a=2", False)]
        assert [view.query for view in await desk.views_of(tx, ben, ORDERS)] == ["b=1"]


async def test_a_person_keeps_so_many_views_and_no_more(db: Database) -> None:
    async with db.transaction(Actor.system("tests")) as tx:
        ada = await an_account(tx, "ada@shop.example")
        for number in range(50):
            await desk.save_view(tx, ada, ORDERS, name=f"View {number}", query="")

        with pytest.raises(desk.TooManyViews):
            await desk.save_view(tx, ada, PRODUCTS, name="One more", query="")
        await desk.save_view(tx, ada, ORDERS, name="View 7", query="changed=yes")

        for name, query in (("  ", ""), ("x" * 61, ""), ("Much", "q" * 4001)):
            with pytest.raises(Invalid):
                await desk.save_view(tx, ada, ORDERS, name=name, query=query)


async def test_nobody_removes_anothers_own_view_and_only_who_runs_the_shop_a_shared_one(db: Database) -> None:
    async with db.transaction(Actor.system("tests")) as tx:
        ada, ben = await an_account(tx, "ada@shop.example"), await an_account(tx, "ben@shop.example")
        own = await desk.save_view(tx, ada, ORDERS, name="Own", query="")
        shared = await desk.save_view(tx, ada, ORDERS, name="Shared", query="", is_shared=True)

    async with db.transaction(Actor.staff(ben, "support")) as tx:
        with pytest.raises(desk.ViewUnknown):
            await desk.remove_view(tx, ben, own)
        with pytest.raises(Forbidden):
            await desk.remove_view(tx, ben, shared)
    async with db.transaction(Actor.staff(ben, "manager")) as tx:
        with pytest.raises(desk.ViewUnknown):
            await desk.remove_view(tx, ben, own)
        await desk.remove_view(tx, ben, shared)
    async with db.transaction(Actor.staff(ada, "support")) as tx:
        await desk.remove_view(tx, ada, own)

        assert await desk.views_of(tx, ada, ORDERS) == ()
