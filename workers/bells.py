"""Waking up: PostgreSQL notifies on every commit that matters, a clock rings for the rest, SAQ carries the jobs.

Redis is only the way a bell sounds. When it does not answer, the job is done right here; when a bell is lost, the next
turn of the schedule finds the work in PostgreSQL.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

import asyncpg
import structlog
from saq import Queue

from workers import tasks
from workers.context import WorkerContext
from workers.schedule import SCHEDULE, Entry

log = structlog.get_logger(__name__)

# Channel → what it rings; both are notified inside the transaction and heard after its commit.
CHANNELS = {"outbox": "outbox", "mails": "mails", "webhooks": "webhooks"}
RETRIES = 5
BROKEN_FOR = 5.0  # seconds to go without Redis once it did not answer


class Bells:
    """Rings jobs by name; `done_here` is what to do when the queue cannot be reached."""

    def __init__(self, queue: Queue, done_here: Callable[[str, str], Awaitable[None]]) -> None:
        self._queue = queue
        self._done_here = done_here
        self._broken_until = 0.0

    async def ring(self, job: str, name: str, *, seconds: int = 30, key: str | None = None) -> None:
        """Enqueue `job` for `name`; without Redis, do it in this process."""
        if time.monotonic() < self._broken_until:
            await self._done_here(job, name)
            return
        try:
            await self._queue.enqueue(
                job, name=name, key=key, timeout=seconds, retries=RETRIES, retry_delay=1, retry_backoff=60, ttl=600
            )
        except Exception as error:  # redis-py, a full or read-only server: all mean that the bell is broken
            log.warning("bell.broken", job_name=job, task=name, error=type(error).__name__)
            self._broken_until = time.monotonic() + BROKEN_FOR  # asking Redis again each time would hold up the work
            await self._done_here(job, name)


async def listen(context: WorkerContext, bells: Bells, stopping: asyncio.Event) -> None:
    """Hear PostgreSQL's notifications and relay the outbox at once; reconnects by itself."""
    wake: asyncio.Queue[str] = asyncio.Queue()
    address = context.db.url.replace("postgresql+asyncpg://", "postgresql://")
    while not stopping.is_set():
        connection = None
        try:
            connection = await asyncpg.connect(address, timeout=5, server_settings={"application_name": "stoa bells"})
            for channel in CHANNELS:
                await connection.add_listener(channel, lambda _c, _p, heard, _d: wake.put_nowait(heard))
            wake.put_nowait("outbox")
            while not stopping.is_set() and not connection.is_closed():
                with contextlib.suppress(TimeoutError):
                    await _answer(context, bells, {await asyncio.wait_for(wake.get(), 1.0), *_waiting(wake)})
        except Exception as error:  # whatever it was: wait a moment and listen again
            log.warning("bells.deaf", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), 1.0)
        finally:
            if connection is not None:
                with contextlib.suppress(Exception):
                    await connection.close(timeout=2)


def _waiting(wake: "asyncio.Queue[str]") -> list[str]:
    heard = []
    while not wake.empty():
        heard.append(wake.get_nowait())
    return heard


async def _answer(context: WorkerContext, bells: Bells, heard: set[str]) -> None:
    if "outbox" in heard:
        for subscriber in await tasks.relay_outbox(context):
            await bells.ring("deliver_to", subscriber)
    for name in sorted(heard - {"outbox"}):
        await bells.ring("run_task", name, seconds=60)


async def tick(bells: Bells, stopping: asyncio.Event) -> None:
    """Ring every entry of the schedule when its time has come, each slot of time once over all workers."""
    rung: dict[str, int] = {}
    while not stopping.is_set():
        for entry in SCHEDULE:
            slot = int(time.time() // entry.every)
            if rung.get(entry.name) != slot:
                rung[entry.name] = slot
                await bells.ring("run_task", entry.name, seconds=entry.timeout, key=_key(entry, slot))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), 0.25)


def _key(entry: Entry, slot: int) -> str:
    # A slot's key keeps two workers from ringing twice, and one that died from blocking the next slot.
    return f"tick:{entry.name}:{slot}"
