"""What machines ask: is the process alive, and can it serve."""

from litestar import Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.runtime.beats import living
from app.web.access import PUBLIC
from domains import store
from domains.kit import Actor, Database


@get("/health/live", name="health.live", access=PUBLIC, sync_to_thread=False)
def live() -> dict[str, str]:
    return {"status": "ok"}


@get("/health/ready", name="health.ready", access=PUBLIC)
async def ready(db: NamedDependency[Database], state: State) -> Response[dict[str, str]]:
    """200 when the database, Redis and the shop's settings answer; 503 with the name of what does not."""
    checks = {"database": "ok", "redis": "ok", "shop": "ok"}
    try:
        async with db.transaction(Actor.system("health")) as tx:
            if not await store.is_set_up(tx):
                checks["shop"] = "not set up"
    except Exception:  # whatever it is, it means that this process cannot serve
        checks["database"] = "down"
        checks["shop"] = "unknown"
    redis: Redis = state.redis
    try:
        await redis.ping()
    except Exception:  # see above
        checks["redis"] = "down"
    good = all(value == "ok" for value in checks.values())
    return Response(checks, status_code=200 if good else 503)


@get("/health/worker", name="health.worker", access=PUBLIC)
async def worker(state: State) -> Response[dict[str, int | str]]:
    """200 while at least one worker has said lately that it lives; mails, deliveries and holds depend on it."""
    try:
        alive = await living(state.redis)
    except (RedisError, OSError):
        return Response({"workers": "unknown"}, status_code=503)
    return Response({"workers": alive}, status_code=200 if alive else 503)


ROUTES = [live, ready, worker]
