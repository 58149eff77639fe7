"""Keyset paging: every row once, in order, whatever comes and goes meanwhile."""

import random
from collections.abc import AsyncIterator

import pytest

from domains.kit import Actor, Database, Transaction
from domains.kit.listing import Asked, Count, OrderBy, Place, Slice, Source, Where, counted, slice_of

TESTER = Actor.system("tests")
SOURCE = Source(select="t.id, t.price", tables="things t", key="t.id", key_type="int",
                orders={"price": OrderBy("t.price", "bigint"), "id": OrderBy("t.id", "int")})  # fmt: skip


@pytest.fixture
async def tx(db: Database) -> AsyncIterator[Transaction]:
    async with db.transaction(TESTER) as tx:
        await tx.sql("CREATE TEMPORARY TABLE things (id int PRIMARY KEY, price bigint NOT NULL) ON COMMIT DROP")
        yield tx


async def _put(tx: Transaction, *rows: tuple[int, int]) -> None:
    for number, price in rows:
        await tx.sql("INSERT INTO things VALUES (:id, :price)", {"id": number, "price": price})


def _ids(found: Slice[object]) -> list[int]:
    return [row.id for row in found.rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("seed", range(6))
async def test_every_row_is_seen_once_and_in_order_while_others_come_and_go(
    tx: Transaction, seed: int, descending: bool
) -> None:
    chance = random.Random(seed)
    lasting = [(number, chance.randrange(8)) for number in range(0, 60, 2)]
    await _put(tx, *lasting)
    asked = Asked(sort="price", descending=descending, limit=chance.randrange(1, 9))

    seen: list[tuple[int, int]] = []
    passing = iter(range(1, 1000, 2))
    place = None
    while True:
        found = await slice_of(
            tx, SOURCE, Where(), Asked(sort="price", descending=descending, limit=asked.limit, after=place)
        )
        seen += [(row.id, row.price) for row in found.rows]
        if found.next is None:
            break
        place = found.next
        await _put(tx, *((next(passing), chance.randrange(8)) for _row in range(3)))
        await tx.sql("DELETE FROM things WHERE id % 2 = 1 AND random() < 0.4")

    assert [pair for pair in seen if pair[0] % 2 == 0] == sorted(
        lasting, key=lambda pair: (pair[1], pair[0]), reverse=descending
    )
    assert len(seen) == len(set(seen))
    assert seen == sorted(seen, key=lambda pair: (pair[1], pair[0]), reverse=descending)


async def test_the_way_back_shows_the_same_pages(tx: Transaction) -> None:
    await _put(tx, *((number, number % 5) for number in range(23)))
    there = [await slice_of(tx, SOURCE, Where(), Asked(sort="price", limit=5))]
    while there[-1].next is not None:
        there.append(await slice_of(tx, SOURCE, Where(), Asked(sort="price", limit=5, after=there[-1].next)))

    back = [there[-1]]
    while back[-1].previous is not None:
        back.append(await slice_of(tx, SOURCE, Where(), Asked(sort="price", limit=5, before=back[-1].previous)))

    assert [_ids(page) for page in there] == [_ids(page) for page in reversed(back)]
    assert there[0].previous is None
    assert there[-1].next is None


async def test_going_back_to_the_beginning_shows_a_whole_page(tx: Transaction) -> None:
    await _put(tx, *((number, 0) for number in range(20)))
    second = await slice_of(tx, SOURCE, Where(), Asked(sort="id", limit=5, after=Place("2", "2")))

    first = await slice_of(tx, SOURCE, Where(), Asked(sort="id", limit=5, before=second.previous))

    assert _ids(first) == [0, 1, 2, 3, 4]
    assert first.previous is None


async def test_a_place_travels_as_one_word_and_nothing_else_is_a_place() -> None:
    place = Place("2026-11-20 09:30:00.123456+00", "id")

    assert Place.parse(str(place)) == place
    assert [Place.parse(word) for word in ("", "x", "%%%", "W10", "é")] == [None] * 5


async def test_few_rows_are_counted_and_many_estimated(tx: Transaction) -> None:
    await tx.sql("INSERT INTO things SELECT n, n % 10 FROM generate_series(1, 12000) AS n")
    await tx.sql("ANALYZE things")

    few = await counted(tx, SOURCE, Where().between("t.price", Asked(spans={}).span("none")).add("t.price = :p", p=3))
    many = await counted(tx, SOURCE, Where().add("t.price >= :p", p=0))

    assert few == Count(1200)
    assert not many.is_exact
    assert 10_000 < many.number < 14_000
