"""The heartbeat of workers: each says every few seconds that it lives, and anybody may ask how many do."""

import time

from redis.asyncio import Redis

KEY = "stoa:worker:beat"
EVERY = 5.0  # seconds
LIFE = 30  # seconds a worker counts as alive after its last beat


async def beat(redis: Redis, name: str) -> None:
    """Say that the worker `name` lives."""
    await redis.hset(KEY, name, str(int(time.time())))
    await redis.expire(KEY, LIFE)


async def living(redis: Redis) -> int:
    """How many workers have said so lately; those that fell silent are forgotten."""
    beats = await redis.hgetall(KEY)
    since = time.time() - LIFE
    silent = [name for name, at in beats.items() if int(at) < since]
    if silent:
        await redis.hdel(KEY, *silent)
    return len(beats) - len(silent)
