"""The time face: one process that relays events, delivers them, sends mails and keeps the schedule.

Any number may run; they share the work through PostgreSQL and SAQ. SIGTERM ends it after the jobs under way.
"""

import asyncio
import contextlib
import os
import signal
import socket
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from saq import Job, Worker
from saq.queue.redis import RedisQueue
from saq.types import PartialTimersDict

from app.runtime import beats
from app.runtime.logging import configure_logging
from app.runtime.settings import Settings
from domains.kit import Actor
from domains.kit.deliveries import subscribe
from domains.kit.tracing import traced
from workers import tasks
from workers.bells import Bells, listen, tick
from workers.context import WorkerContext, open_context
from workers.schedule import BY_NAME
from workers.subscriptions import SUBSCRIBERS

log = structlog.get_logger(__name__)

QUEUE = "stoa"
CONCURRENCY = 8
# SAQ ends only when the longest of these naps is over.
TIMERS: PartialTimersDict = {"schedule": 1, "worker_info": 2, "sweep": 2, "abort": 1}


class PatientQueue(RedisQueue):
    """SAQ asks for the next job again at once when asking failed; without Redis that is all a processor would do."""

    async def dequeue(self, timeout: float = 0.0, poll_interval: float = 0.0) -> Job | None:  # noqa: ASYNC109 (SAQ's)
        try:
            return await super().dequeue(timeout, poll_interval)
        except (RedisError, OSError):
            await asyncio.sleep(1.0)
            raise


def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT."""
    configure_logging(settings.log_level, service="worker")
    asyncio.run(work(settings))


async def work(settings: Settings, *, stopping: asyncio.Event | None = None) -> None:
    """Work until `stopping` is set or the process is told to end."""
    stop = stopping or asyncio.Event()
    loop = asyncio.get_running_loop()
    if stopping is None:
        for signum in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(signum, stop.set)
    async with open_context(settings) as context:
        async with context.db.transaction(Actor.system("worker")) as tx:
            await subscribe(tx, SUBSCRIBERS)
        redis = Redis.from_url(settings.redis_url, socket_timeout=30, socket_connect_timeout=2)
        queue = PatientQueue.from_url(settings.redis_url, name=QUEUE)
        running = _Jobs(context)
        worker = Worker(
            queue,
            functions=[("run_task", running.run_task), ("deliver_to", running.deliver_to)],
            concurrency=CONCURRENCY,
            timers=TIMERS,
            dequeue_timeout=1,
            shutdown_grace_period_s=20,
        )
        worker.SIGNALS = []  # we end it; left alone it would take the signals from us
        bells = Bells(queue, running.do_here)
        jobs = [
            asyncio.create_task(_keep_working(worker, stop), name="saq"),
            asyncio.create_task(listen(context, bells, stop), name="bells"),
            asyncio.create_task(tick(bells, stop), name="clock"),
            asyncio.create_task(_beat(redis, stop), name="beat"),
        ]
        log.info("worker.started", subscribers=len(SUBSCRIBERS))
        await stop.wait()
        context.stopping.set()
        with contextlib.suppress(RedisError, OSError):  # without Redis there is nothing left to hand back
            await worker.stop()
        await asyncio.wait(jobs, timeout=25)
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
        with contextlib.suppress(RedisError, OSError):
            await queue.disconnect()
        await redis.aclose()
        log.info("worker.ended")


class _Jobs:
    """What SAQ calls; each takes only a name, because the truth is in PostgreSQL."""

    def __init__(self, context: WorkerContext) -> None:
        self._context = context

    async def run_task(self, _saq: Any, *, name: str) -> None:
        entry = BY_NAME.get(name)
        if entry is not None:
            with traced():
                await entry.task(self._context)

    async def deliver_to(self, _saq: Any, *, name: str) -> None:
        with traced():
            await tasks.deliver_to(self._context, name)

    async def do_here(self, job: str, name: str) -> None:
        """A job without Redis; what goes wrong is tried again by the next turn of the schedule."""
        try:
            await (self.run_task if job == "run_task" else self.deliver_to)(None, name=name)
        except Exception as error:  # logged and repeated by the schedule
            log.error("job.failed", task=name, exc_info=error)


async def _keep_working(worker: Worker[Any], stop: asyncio.Event) -> None:
    """Start SAQ's loop again when Redis was away."""
    while not stop.is_set():
        try:
            await worker.start()
        except Exception as error:  # Redis is away; the bells do the work here meanwhile
            log.warning("saq.stopped", error=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 1.0)


async def _beat(redis: Redis, stop: asyncio.Event) -> None:
    """Say every few seconds that this worker lives, for the readiness of workers."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    while not stop.is_set():
        with contextlib.suppress(RedisError, OSError):
            await beats.beat(redis, name)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), beats.EVERY)
