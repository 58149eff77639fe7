from redis.asyncio import Redis
from sqlalchemy import text

from domains.kit.actors import Actor
from domains.kit.clock import environment
from domains.kit.database import Database


async def test_a_test_database_is_migrated_and_marked_as_test(db: Database) -> None:
    async with db.transaction(Actor.system("tests")) as tx:
        kind = await environment(tx)

    assert kind == "test"


async def test_what_a_test_commits_is_gone_in_the_next(db: Database) -> None:
    async with db.transaction(Actor.system("tests")) as tx:
        await tx.session.execute(text("CREATE TABLE public.left_behind ()"))

    async with db.transaction(Actor.system("tests")) as tx:
        made = (await tx.sql("SELECT to_regclass('public.left_behind')")).scalar_one()
    assert made == "left_behind"


async def test_the_next_test_sees_nothing_of_it(db: Database) -> None:
    async with db.transaction(Actor.system("tests")) as tx:
        left = (await tx.sql("SELECT to_regclass('public.left_behind')")).scalar_one()

    assert left is None


async def test_a_live_database_really_commits(live_db: Database) -> None:
    async with live_db.transaction(Actor.system("tests")) as tx:
        await tx.session.execute(text("CREATE TABLE public.kept ()"))

    other = Database.connect(live_db.url)
    async with other.transaction(Actor.system("tests")) as tx:
        seen = (await tx.sql("SELECT to_regclass('public.kept')")).scalar_one()
    await other.dispose()

    assert seen == "kept"


async def test_every_test_finds_an_empty_valkey(redis: Redis, redis_url: str) -> None:
    assert await redis.dbsize() == 0

    await redis.set("left", "behind")

    assert redis_url.startswith("redis://")


async def test_and_so_does_the_next(redis: Redis) -> None:
    assert await redis.dbsize() == 0
