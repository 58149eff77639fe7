"""The home page: a draft beside what is shown, sections that are checked, and the way back."""

import msgspec
import pytest

from domains import audit, content, store
from domains.audit import ChangedSince, Filter
from domains.content import Banner, ChosenProducts, HomeChangedMeanwhile, Newest, Promise, Promises, Words
from domains.kit import Actor, Database, Invalid, Transaction, new_id
from domains.store.tests.factories import details

OWNER = Actor.staff(new_id(), "owner")
BANNER = Banner(id="new", heading="Spring", text="Green again.", link="/categories/plants", link_label="Look")


@pytest.fixture
async def shop(db: Database) -> Database:
    async with db.transaction(Actor.system("setup")) as tx:
        await store.set_up(tx, details())
    return db


def headings(sections: content.Sections) -> list[str]:
    return [one.heading for one in sections]


async def ids(tx: Transaction) -> list[str]:
    return [one.id for one in (await content.home_page(tx)).present]


async def test_a_new_shop_has_a_home_page_that_follows_its_settings_until_staff_make_their_own(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        usual = await content.home(tx)
        await store.change(tx, tagline="Out there")
        await content.plant_defaults(tx)
        followed = await content.home(tx)
        assert (await content.home_page(tx)).is_usual

    promises = [one for one in followed if isinstance(one, Promises)]
    assert headings(followed)[0] == "Out there"
    assert len(usual) == len(followed) == 6
    assert "/pages/delivery" not in str(usual)
    assert "/pages/delivery" in promises[0].promises[0].html


async def test_shoppers_see_a_draft_once_it_is_published_and_not_before(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        before = await content.home(tx)
        added = await content.add_section(tx, BANNER)
        await content.move_section(tx, added, "up")
        await content.remove_section(tx, "story")

        assert await content.home(tx) == before
        assert (await content.home_page(tx)).draft is not None
        await content.publish_home(tx)

        shown = await content.home(tx)
        assert "story" not in [one.id for one in shown]
        assert shown[-2].heading == "Spring"
        assert (await content.home_page(tx)).draft is None


async def test_a_draft_that_is_as_what_is_shown_is_none(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        added = await content.add_section(tx, BANNER)
        await content.remove_section(tx, added)

        assert (await content.home_page(tx)).draft is None


async def test_sections_move_one_place_and_stay_at_the_ends(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        first, second, *others = await ids(tx)
        await content.move_section(tx, first, "up")
        assert await ids(tx) == [first, second, *others]
        await content.move_section(tx, first, "down")
        assert await ids(tx) == [second, first, *others]
        await content.move_section(tx, others[-1], "down")
        assert (await ids(tx))[-1] == others[-1]


@pytest.mark.parametrize(
    ("section", "field"),
    [
        (Banner(id="x", heading=""), "heading"),
        (Banner(id="x", heading="A", link="https://evil.example", link_label="Go"), "link"),
        (Banner(id="x", heading="A", link="//evil.example", link_label="Go"), "link"),
        (Banner(id="x", heading="A", link="/%2Fevil.example", link_label="Go"), "link"),
        (Banner(id="x", heading="A", link="javascript:alert(1)", link_label="Go"), "link"),
        (Banner(id="x", heading="A", link="/search"), "link_label"),
        (Banner(id="x", heading="A", link_label="Go"), "link"),
        (Banner(id="x", heading="A", picture_id=new_id()), "alt"),
        (Banner(id="x", heading="A", text="a" * 601), "text"),
        (Newest(id="x", heading="A", count=25), "count"),
        (Newest(id="x", heading="A", count=0), "count"),
        (ChosenProducts(id="x", heading="A", product_ids=()), "products"),
        (Words(id="x", heading="A", body=" "), "body"),
        (Promises(id="x"), "title1"),
        (Promises(id="x", promises=(Promise("lock", "A"), Promise("skull", "B"))), "icon2"),
        (Promises(id="x", promises=(Promise("lock", ""),)), "title1"),
    ],
)
async def test_a_section_with_a_mistake_is_refused_and_named(
    shop: Database, section: content.AnySection, field: str
) -> None:
    async with shop.transaction(OWNER) as tx:
        with pytest.raises(Invalid) as refused:
            await content.add_section(tx, section)

        assert set(refused.value.fields) == {field}
        assert (await content.home_page(tx)).draft is None


async def test_a_home_page_has_at_most_twenty_sections(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        for _number in range(14):
            await content.add_section(tx, BANNER)
        with pytest.raises(Invalid):
            await content.add_section(tx, BANNER)


async def test_who_saves_or_publishes_what_a_colleague_has_changed_since_is_told(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        added = await content.add_section(tx, BANNER)
        page = await content.home_page(tx)
        looked_at, whole = content.mark_of(page.section(added)), page.mark
        theirs = msgspec.structs.replace(BANNER, id=added, heading="Autumn")
        await content.change_section(tx, theirs, seen=looked_at)

        with pytest.raises(HomeChangedMeanwhile):
            await content.change_section(tx, msgspec.structs.replace(theirs, heading="Winter"), seen=looked_at)
        with pytest.raises(HomeChangedMeanwhile):
            await content.publish_home(tx, seen=whole)

        assert (await content.home_page(tx)).section(added).heading == "Autumn"


async def test_what_was_published_is_taken_back_also_beside_a_new_draft(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        usual = await content.home(tx)
        await content.add_section(tx, BANNER)
        await content.publish_home(tx)
        await content.remove_section(tx, "story")
        [entry] = await audit.entries(tx, Filter(action="home.published"))

        undone = await audit.undo(tx, entry.id)
        assert await content.home(tx) == usual
        assert (await content.home_page(tx)).draft is not None
        await audit.undo(tx, undone)
        assert headings(await content.home(tx))[-1] == "Spring"


async def test_what_was_published_before_something_else_stays(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        for heading in ("Spring", "Summer"):
            await content.add_section(tx, msgspec.structs.replace(BANNER, heading=heading))
            await content.publish_home(tx)
        first = (await audit.entries(tx, Filter(action="home.published")))[-1]

        with pytest.raises(ChangedSince):
            await audit.undo(tx, first.id)
        assert headings(await content.home(tx))[-1] == "Summer"


async def test_a_removed_section_comes_back_by_the_log(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        before = await ids(tx)
        await content.remove_section(tx, "promises")
        await audit.undo(tx, (await audit.entries(tx, Filter(action="home.draft_changed")))[0].id)

        assert await ids(tx) == before


async def test_words_are_shown_with_the_shops_own_values_and_can_do_nothing(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        words = Words(id="w", heading="Us", body="[[shop]] <script>alert(1)</script> [x](javascript:alert)")
        present = await store.shop(tx)
    shown = content.words_of((words,), present)

    assert present.name in shown["w"]
    assert "<script" not in shown["w"]
    assert "href" not in shown["w"]
