"""Limits count tries in one step, and say how long to wait."""

import asyncio

import pytest

from app.web.limits import Limiter
from domains.kit import TooMany, Unavailable


async def test_the_sixth_try_is_refused_with_the_time_to_wait(redis_url):
    limiter = Limiter(redis_url)
    for _ in range(5):
        await limiter.hit("login", "ada", amount=5, seconds=900)

    with pytest.raises(TooMany) as refused:
        await limiter.hit("login", "ada", amount=5, seconds=900)
    assert 1 <= refused.value.retry_after <= 901
    assert "minutes" in refused.value.hint
    await limiter.hit("login", "bob", amount=5, seconds=900)


async def test_a_try_in_the_first_millisecond_is_not_told_to_come_back_at_once(redis_url):
    limiter = Limiter(redis_url)

    for number in range(200):  # some of them are asked and refused within one millisecond
        await limiter.hit("first", str(number), amount=1, seconds=900)
        with pytest.raises(TooMany) as refused:
            await limiter.hit("first", str(number), amount=1, seconds=900)
        assert refused.value.retry_after > 800


async def test_fifty_tries_at_once_over_two_processes_pass_no_more_than_the_limit(redis_url):
    limiters = [Limiter(redis_url), Limiter(redis_url)]

    async def one(number: int) -> bool:
        try:
            await limiters[number % 2].hit("burst", "all", amount=20, seconds=60)
        except TooMany:
            return False
        return True

    passed = await asyncio.gather(*(one(number) for number in range(50)))

    assert passed.count(True) == 20


async def test_forgiven_tries_do_not_count(redis_url):
    limiter = Limiter(redis_url)
    for _ in range(5):
        await limiter.hit("login", "ada", amount=5, seconds=900)

    await limiter.forgive("login", "ada", amount=5, seconds=900)

    await limiter.hit("login", "ada", amount=5, seconds=900)


async def test_without_redis_logging_in_stops_and_browsing_goes_on():
    limiter = Limiter("redis://127.0.0.1:1/0")

    with pytest.raises(Unavailable):
        await limiter.hit("login", "ada", amount=5, seconds=900)
    await limiter.hit("search", "ada", amount=5, seconds=900, open_without_redis=True)
