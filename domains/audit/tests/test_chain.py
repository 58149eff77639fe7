"""The chain: every entry is sealed once, and nobody can change, take out or slip in one unseen."""

import asyncio
import hashlib

from domains import audit
from domains.desk import INVARIANTS, examine
from domains.desk.testing import assert_sound, violated
from domains.kit import Actor, Database, Transaction, new_id

STAFF = Actor.staff(new_id(), "owner")
SEALER = Actor.system("sealer")


async def write(db: Database, times: int) -> None:
    for number in range(times):
        async with db.transaction(STAFF) as tx:
            await audit.record(
                tx,
                action="product.changed",
                subject=("product", new_id()),
                label=f"Mug {number} “größer” \\ 1.50",
                changes={"price": (1.5, number), "name": (None, ["ä", {"b": 1, "a": True}])},
            )


async def seal(db: Database, most: int = 1000) -> int:
    async with db.transaction(SEALER) as tx:
        return await audit.seal(tx, most=most)


async def positions(db: Database) -> list[int]:
    async with db.transaction(SEALER) as tx:
        return list((await tx.sql("SELECT position FROM audit.seals ORDER BY position")).scalars())


async def test_the_sealer_chains_what_waits_each_entry_once(live_db: Database) -> None:
    await write(live_db, 5)

    assert [await seal(live_db, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert await positions(live_db) == [1, 2, 3, 4, 5]
    await assert_sound(live_db)


async def test_the_hash_is_sha_256_over_the_hash_before_it_and_the_entrys_text(live_db: Database) -> None:
    await write(live_db, 3)
    await seal(live_db)

    async with live_db.transaction(SEALER) as tx:
        rows = (
            await tx.sql(
                f"SELECT s.previous, s.hash, {audit.CANONICAL} AS said FROM audit.seals s"
                " JOIN audit.entries e ON e.id = s.entry_id ORDER BY s.position"
            )
        ).all()
    last = audit.FIRST
    for row in rows:
        assert row.previous == last
        last = hashlib.sha256((last + row.said).encode()).hexdigest()
        assert row.hash == last


async def test_sealers_that_work_at_once_make_one_chain(live_db: Database) -> None:
    await write(live_db, 30)

    while sum(await asyncio.gather(*(seal(live_db, most=3) for _ in range(6)))):
        pass

    assert await positions(live_db) == list(range(1, 31))
    await assert_sound(live_db)


async def test_an_entry_that_is_committed_late_is_sealed_after_younger_ones(live_db: Database) -> None:
    async with live_db.transaction(STAFF) as slow:
        early = await audit.record(slow, action="product.changed", subject=("product", "1"))
        await write(live_db, 2)
        assert await seal(live_db) == 2
    assert await seal(live_db) == 1

    async with live_db.transaction(SEALER) as tx:
        last = (await tx.sql("SELECT entry_id FROM audit.seals ORDER BY position DESC LIMIT 1")).scalar_one()
    assert last == early
    await assert_sound(live_db)


async def test_a_second_sealer_does_not_wait_for_the_first(live_db: Database) -> None:
    async with live_db.transaction(STAFF) as slow:
        await audit.record(slow, action="product.changed", subject=("product", "1"))
        await write(live_db, 1)
        async with live_db.transaction(SEALER) as first:
            assert await audit.seal(first, most=1) == 1
            await slow.session.commit()  # older than what the first has taken, and nobody has taken it
            async with asyncio.timeout(10):
                assert await seal(live_db, most=1) == 0

    assert await seal(live_db) == 1
    assert await positions(live_db) == [1, 2]
    await assert_sound(live_db)


async def test_what_is_rolled_back_leaves_neither_entry_nor_gap(live_db: Database) -> None:
    try:
        async with live_db.transaction(STAFF) as tx:
            await audit.record(tx, action="product.changed", subject=("product", "1"))
            raise RuntimeError
    except RuntimeError:
        pass
    await write(live_db, 1)

    await seal(live_db)

    assert await positions(live_db) == [1]


async def behind_its_back(tx: Transaction, table: str, statement: str) -> None:
    """What only a superuser can: switch the triggers off, do it, and switch them on again."""
    await tx.sql(f"ALTER TABLE audit.{table} DISABLE TRIGGER ALL")
    await tx.sql(statement)
    await tx.sql(f"ALTER TABLE audit.{table} ENABLE TRIGGER ALL")


async def test_what_a_superuser_edits_behind_the_triggers_is_found(live_db: Database) -> None:
    await write(live_db, 5)
    await seal(live_db)
    third = "(SELECT entry_id FROM audit.seals WHERE position = 3)"
    for table, statement in (
        ("entries", f"UPDATE audit.entries SET label = 'Cup' WHERE id = {third}"),
        ("entries", f"UPDATE audit.entries SET actor_id = gen_random_uuid() WHERE id = {third}"),
        ("entries", f"UPDATE audit.entries SET recorded_at = recorded_at - interval '1 day' WHERE id = {third}"),
        ("entries", f"""UPDATE audit.entries SET changes = '{{"price": [1, 2]}}' WHERE id = {third}"""),
        ("entries", f"DELETE FROM audit.entries WHERE id = {third}"),
        ("seals", "DELETE FROM audit.seals WHERE position = 3"),
        ("seals", "DELETE FROM audit.seals WHERE position = 1"),
        ("seals", "DELETE FROM audit.seals WHERE position = 5"),
        ("seals", "UPDATE audit.seals SET hash = repeat('a', 64) WHERE position = 5"),
        (
            "entries",
            "INSERT INTO audit.entries (id, actor_kind, trace_id, action, subject_kind, subject_id)"
            " VALUES (gen_random_uuid(), 'staff', '', 'product.changed', 'product', '1')",
        ),
    ):
        async with live_db.transaction(SEALER) as tx:
            await behind_its_back(tx, table, statement)
            found = await examine(tx, invariants=[one for one in INVARIANTS if one.id == "I30"])
            await tx.session.rollback()
        assert found[0].count >= 1, statement

    await assert_sound(live_db)


async def test_an_edit_is_found_by_the_doctor_once_it_is_committed(live_db: Database) -> None:
    await write(live_db, 3)
    await seal(live_db)
    async with live_db.transaction(SEALER) as tx:
        await behind_its_back(tx, "entries", "UPDATE audit.entries SET label = 'Cup'")

    assert await violated(live_db) == {"I30"}


async def test_an_entry_that_is_taken_out_with_its_seal_leaves_a_gap_that_is_found(live_db: Database) -> None:
    await write(live_db, 3)
    await seal(live_db)
    async with live_db.transaction(SEALER) as tx:
        await behind_its_back(
            tx,
            "entries",
            "DELETE FROM audit.entries WHERE id = (SELECT entry_id FROM audit.seals WHERE position = 2)",
        )
        await behind_its_back(tx, "seals", "DELETE FROM audit.seals WHERE position = 2")

    assert await violated(live_db) == {"I30"}
