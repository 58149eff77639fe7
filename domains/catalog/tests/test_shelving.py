"""The tree as staff arrange it: whatever they do, it stays a tree, in order, and not too deep."""

import asyncio
from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domains import catalog
from domains.catalog.tests.factories import STAFF, mug
from domains.kit import Database, Transaction

_MOVES = st.lists(
    st.tuples(st.integers(0, 11), st.one_of(st.none(), st.integers(0, 11)), st.integers(0, 4)), max_size=15
)


class _Undone(Exception):
    pass


async def assert_is_a_tree(tx: Transaction, ids: list[UUID]) -> None:
    """Everything is reached from the top once, nothing lies deeper than it may, and places are not taken twice."""
    lines = await catalog.category_lines(tx)
    assert sorted(line.id for line in lines) == sorted(ids)
    assert max(line.level for line in lines) < catalog.MOST_LEVELS


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=_MOVES)
async def test_no_row_of_moves_makes_anything_but_a_tree(
    db: Database, moves: list[tuple[int, int | None, int]]
) -> None:
    with suppress(_Undone):
        async with db.transaction(STAFF) as tx:
            ids: list[UUID] = []
            for number in range(12):
                parent = ids[-1] if ids and number < 7 else None
                ids.append(await catalog.create_category(tx, name=f"C{number}", parent_id=parent))
            for which, under, place in moves:
                with suppress(catalog.CategoryBelowItself, catalog.TooDeep):
                    async with tx.session.begin_nested():
                        await catalog.put_category(
                            tx, ids[which], parent_id=None if under is None else ids[under], place=place
                        )
            await assert_is_a_tree(tx, ids)
            raise _Undone


async def test_a_category_takes_its_place_among_those_beside_it(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        ids = [await catalog.create_category(tx, name=name) for name in ("A", "B", "C")]

        await catalog.put_category(tx, ids[2], parent_id=None, place=0)

        assert [line.name for line in await catalog.category_lines(tx)] == ["C", "A", "B"]


async def test_two_who_move_each_other_s_categories_at_once_make_no_circle(live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        one, other = [await catalog.create_category(tx, name=name) for name in ("A", "B")]

    async def put(below: UUID, above: UUID) -> str:
        try:
            async with live_db.transaction(STAFF) as tx:
                await catalog.put_category(tx, below, parent_id=above)
        except catalog.CategoryBelowItself:
            return "refused"
        return "moved"

    outcomes = await asyncio.gather(put(one, other), put(other, one))

    assert sorted(outcomes) == ["moved", "refused"]


async def test_eight_levels_and_no_more(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        parent = None
        for level in range(catalog.MOST_LEVELS):
            parent = await catalog.create_category(tx, name=f"L{level}", parent_id=parent)
        loose = await catalog.create_category(tx, name="Loose")

        with pytest.raises(catalog.TooDeep):
            await catalog.put_category(tx, loose, parent_id=parent)
        with pytest.raises(catalog.TooDeep):
            await catalog.check_room_below(tx, parent)


async def test_of_two_who_save_the_same_version_one_wins(live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        product_id = await mug(tx)
        version = (await catalog.product_state(tx, product_id)).version

    async def save(name: str) -> str:
        try:
            async with live_db.transaction(STAFF) as tx:
                await catalog.expect_version(tx, product_id, version)
                await catalog.change_product(tx, product_id, catalog.ProductChanges(name=name))
        except catalog.ChangedMeanwhile:
            return ""
        return name

    outcomes = await asyncio.gather(*(save(f"Mug {number}") for number in range(6)))

    winners = [name for name in outcomes if name]
    assert len(winners) == 1
    async with live_db.transaction(STAFF) as tx:
        assert (await catalog.product(tx, product_id)).name == winners[0]


async def test_an_archived_product_is_taken_back_hidden_and_published_again(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await mug(tx)

        await catalog.archive(tx, product_id)
        away = await catalog.product_state(tx, product_id)
        await catalog.take_back(tx, product_id)
        back = await catalog.product_state(tx, product_id)
        await catalog.archive(tx, product_id)
        await catalog.publish(tx, product_id)
        shown = await catalog.product_state(tx, product_id)

    assert (away.is_active, away.archived_at is None) == (False, False)
    assert (back.is_active, back.archived_at) == (False, None)
    assert (shown.is_active, shown.archived_at) == (True, None)


async def test_a_digital_variant_weighs_nothing_and_is_not_sold_without_its_file(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await mug(tx)
        (variant_id,) = (await catalog.variant_ids_of(tx, [product_id]))[product_id]
        file_id = await catalog.add_file(
            tx, key="a.sold", name="mug.pdf", content_type="application/pdf", size=3, sha256="0" * 64
        )

        await catalog.make_digital(tx, variant_id, None)
        empty = (await catalog.variants(tx, [variant_id]))[variant_id]
        await catalog.unpublish(tx, product_id)
        with pytest.raises(catalog.CannotPublish):
            await catalog.publish(tx, product_id)
        await catalog.make_digital(tx, variant_id, file_id)
        await catalog.publish(tx, product_id)
        whole = (await catalog.variants(tx, [variant_id]))[variant_id]
        await catalog.make_physical(tx, variant_id)
        thing = (await catalog.variants(tx, [variant_id]))[variant_id]

    assert (empty.is_sellable, empty.weight_grams, whole.is_sellable, whole.weight_grams) == (False, 0, True, 0)
    assert (thing.is_digital, thing.weight_grams) == (False, 300)
