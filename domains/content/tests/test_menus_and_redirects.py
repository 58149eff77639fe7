"""Menus that staff make, and old addresses that lead on: within the shop, never in circles."""

import asyncio
from collections.abc import Awaitable
from uuid import UUID

import pytest

from domains import audit, content, store
from domains.audit import Filter
from domains.content import HomeChangedMeanwhile, LinkKind, MenuItem, MenuName, PageDraft
from domains.kit import Actor, Database, Invalid, Transaction, new_id
from domains.kit.testing import until_somebody_waits
from domains.store.tests.factories import details

OWNER = Actor.staff(new_id(), "owner")
SALE = MenuItem("Sale", LinkKind.PATH, "/search?reduced=1")


@pytest.fixture
async def shop(db: Database) -> Database:
    async with db.transaction(Actor.system("setup")) as tx:
        await store.set_up(tx, details())
    return db


async def newest(tx: Transaction, action: str) -> UUID:
    return (await audit.entries(tx, Filter(action=action)))[0].id


async def test_a_menu_is_made_taken_back_and_fills_itself_again(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await content.set_menu(tx, MenuName.SERVICE, [SALE], title="Help")
        assert (await content.own_menus(tx))[MenuName.SERVICE].items == (SALE,)
        await audit.undo(tx, await newest(tx, "menu.changed"))
        assert await content.own_menus(tx) == {}
        await content.set_menu(tx, MenuName.SERVICE, [SALE])
        await content.let_menu_fill_itself(tx, MenuName.SERVICE)
        assert await content.own_menus(tx) == {}
        await audit.undo(tx, await newest(tx, "menu.changed"))
        assert (await content.own_menus(tx))[MenuName.SERVICE].items == (SALE,)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/%5Cevil", "x", ""])
async def test_a_menu_leads_nowhere_but_into_the_shop(shop: Database, target: str) -> None:
    async with shop.transaction(OWNER) as tx:
        with pytest.raises(Invalid) as refused:
            await content.set_menu(tx, MenuName.HEADER, [SALE, MenuItem("Away", LinkKind.PATH, target)])

    assert set(refused.value.fields) == {"target2"}


async def test_who_saves_a_menu_that_a_colleague_has_changed_since_is_told(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await content.set_menu(tx, MenuName.LEGAL, [SALE], seen="")
        with pytest.raises(HomeChangedMeanwhile):
            await content.set_menu(tx, MenuName.LEGAL, [SALE, SALE], seen="")


async def test_a_renamed_page_is_found_at_every_address_that_it_had(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await content.save_page(tx, PageDraft("sizes", "Sizes", "S, M, L"))
        await content.change_page(tx, "sizes", slug="size-guide")
        await content.change_page(tx, "size-guide", slug="size-chart")

        assert await content.leads_to(tx, "/pages/sizes") == "/pages/size-chart"
        assert await content.leads_to(tx, "/pages/size-guide/") == "/pages/size-chart"
        await content.change_page(tx, "size-chart", slug="sizes")
        assert await content.leads_to(tx, "/pages/sizes") is None
        assert await content.leads_to(tx, "/pages/size-chart") == "/pages/sizes"
        await content.change_page(tx, "sizes", is_published=False)
        assert await content.leads_to(tx, "/pages/size-chart") is None


async def test_a_page_that_nobody_saw_leaves_no_address_behind(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await content.start_page(tx, PageDraft("wip", "Work", "…"))
        await content.change_page(tx, "wip", slug="done", is_published=True)

        assert await content.leads_to(tx, "/pages/wip") is None


async def test_an_old_address_leads_on_until_it_is_removed_and_again_when_that_is_taken_back(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        redirect_id = await content.add_redirect(tx, path="/blogs/news/", target="/pages/about?from=blog")
        assert await content.leads_to(tx, "/blogs/news") == "/pages/about?from=blog"
        await content.remove_redirect(tx, redirect_id)
        assert await content.leads_to(tx, "/blogs/news") is None
        await audit.undo(tx, await newest(tx, "redirect.removed"))
        assert await content.leads_to(tx, "/blogs/news") == "/pages/about?from=blog"


@pytest.mark.parametrize(
    ("path", "target", "field"),
    [
        ("/old", "https://evil.example", "target"),
        ("/old", "//evil.example", "target"),
        ("/old", "/%2F%2Fevil.example", "target"),
        ("/old", "/\tevil", "target"),
        ("https://evil.example/old", "/search", "path"),
        ("/", "/search", "path"),
        ("/staff/old", "/search", "path"),
        ("/old?page=2", "/search", "path"),
        ("/old", "/old", "target"),
        ("/old", "/old/?x=1", "target"),
        ("/pages/there", "/search", "path"),
    ],
)
async def test_what_is_no_redirect_within_the_shop_is_refused(
    shop: Database, path: str, target: str, field: str
) -> None:
    async with shop.transaction(OWNER) as tx:
        await content.save_page(tx, PageDraft("there", "There", "Here."))
        with pytest.raises(Invalid) as refused:
            await content.add_redirect(tx, path=path, target=target)

    assert set(refused.value.fields) == {field}


async def test_redirects_never_lead_in_a_circle(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await content.add_redirect(tx, path="/a", target="/b")
        await content.add_redirect(tx, path="/b", target="/c")
        with pytest.raises(Invalid) as refused:
            await content.add_redirect(tx, path="/c", target="/a?x=1")

    assert set(refused.value.fields) == {"target"}


async def test_an_address_that_leads_somewhere_is_not_led_elsewhere_by_the_way(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await content.add_redirect(tx, path="/a", target="/b")
        with pytest.raises(Invalid):
            await content.add_redirect(tx, path="/a", target="/c")
        assert await content.leads_to(tx, "/a") == "/b"


async def test_two_who_add_the_halves_of_a_circle_at_once_make_none(live_db: Database) -> None:
    async def second() -> None:
        async with live_db.transaction(OWNER) as tx:
            await content.add_redirect(tx, path="/b", target="/a")

    async with asyncio.TaskGroup() as group, live_db.transaction(OWNER) as tx:
        await content.add_redirect(tx, path="/a", target="/b")
        late = group.create_task(refused_of(second()))
        await until_somebody_waits(live_db)

    assert set(late.result()) == {"target"}


async def refused_of(act: Awaitable[None]) -> dict[str, str]:
    try:
        await act
    except Invalid as refused:
        return refused.fields
    return {}
