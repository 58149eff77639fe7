"""The worker: facts become mails, nothing is lost without Redis or with a kill, and it ends when told."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from redis.asyncio import Redis
from saq.queue.redis import RedisQueue

from app.runtime.beats import living
from app.runtime.mail import MailRenderer
from app.runtime.regions import Region
from app.runtime.settings import Settings
from app.sandbox.testing import running_sandbox
from domains import accounts, notifications, store
from domains.kit import Actor
from domains.kit.deliveries import drain, subscribe
from domains.kit.tracing import traced
from workers.schedule import SCHEDULE
from workers.subscriptions import SUBSCRIBERS
from workers.worker import PatientQueue, work

ACTOR = Actor.system("tests")
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g"
SHOP = store.ShopDetails(
    name="Meander", legal_name="Meander Goods LLC", address=("12 Pine St", "Portland, OR 97201"), country="US",
    currency="USD", time_zone="America/Los_Angeles", prices_include_tax=False, sender_email="hello@meander.example",
    alerts_email="orders@meander.example", countries=("US", "DE"),
)  # fmt: skip


def environment(db, redis_url: str, sandbox, data_dir) -> dict[str, str]:
    return {
        "DATABASE_URL": db.url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": os.environ["SECRET_KEY"],
        "ENCRYPTION_KEYS": os.environ["ENCRYPTION_KEYS"],
        "DATA_DIR": str(data_dir),
        "SMTP_URL": sandbox.smtp_url,
        "STRIPE_SECRET_KEY": sandbox.secret_key,
        "STRIPE_WEBHOOK_SECRET": sandbox.webhook_secret,
        "STRIPE_API_BASE": sandbox.base_url,
        "LOG_LEVEL": "error",
    }


@asynccontextmanager
async def working(settings: Settings):
    stop = asyncio.Event()
    task = asyncio.create_task(work(settings, stopping=stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 30)


@pytest.fixture
async def shop(live_db, tmp_path):
    async with live_db.transaction(ACTOR) as tx:
        await store.set_up(tx, SHOP)
    async with running_sandbox(data_dir=tmp_path / "sandbox") as sandbox:
        yield live_db, sandbox


async def register(db, email: str = "ada@example.com"):
    async with db.transaction(Actor.guest()) as tx:
        return await accounts.register(tx, email=email, password_hash=HASH, first_name="Ada")


async def test_registering_sends_one_verification_mail_under_the_requests_trace(shop, redis_url, tmp_path):
    db, sandbox = shop
    async with working(Settings.read(environment(db, redis_url, sandbox, tmp_path))):
        with traced() as trace:
            account_id = await register(db)
        mails = await sandbox.mails(to="ada@example.com", at_least=1, within=40)
        await asyncio.sleep(1.5)

    assert len(await sandbox.mails(to="ada@example.com")) == 1
    assert mails[0]["subject"] == "Confirm your address for Meander"
    token = mails[0]["text"].partition("token=")[2].split()[0]
    assert token in mails[0]["html"]
    async with db.transaction(ACTOR) as tx:
        assert await accounts.verify_email(tx, token) == account_id
        (sent,) = await notifications.log_of(tx, user_id=account_id)
        row = (await tx.sql("SELECT trace_id, recipient, payload::text FROM notifications.notifications")).one()
    assert sent.status == "sent"
    assert row.trace_id == trace
    assert "ada" not in row.recipient
    assert token not in row.payload


async def tried_once(db, account_id: UUID) -> notifications.NotificationView:
    """The only mail to the account, as soon as the worker has tried to send it in vain."""
    async with asyncio.timeout(40):
        while True:
            async with db.transaction(ACTOR) as tx:
                mails = await notifications.log_of(tx, user_id=account_id)
            if mails and mails[0].retry_count:
                (mail,) = mails
                return mail
            await asyncio.sleep(0.1)


async def test_a_mail_server_that_is_down_delays_the_mail_and_it_comes_once(shop, redis_url, tmp_path):
    db, sandbox = shop
    await sandbox.break_mail(down=True)
    async with working(Settings.read(environment(db, redis_url, sandbox, tmp_path))):
        account_id = await register(db)
        waiting = await tried_once(db, account_id)
        assert waiting.status == "queued"

        await sandbox.mend()
        await sandbox.mails(to="ada@example.com", at_least=1, within=40)
        await asyncio.sleep(1.0)

    assert len(await sandbox.mails(to="ada@example.com")) == 1


async def test_without_redis_the_worker_does_its_jobs_itself(shop, tmp_path):
    db, sandbox = shop
    async with working(Settings.read(environment(db, "redis://127.0.0.1:1/0", sandbox, tmp_path))):
        await register(db)
        assert len(await sandbox.mails(to="ada@example.com", at_least=1, within=40)) == 1


async def test_without_redis_the_worker_asks_for_jobs_calmly(monkeypatch):
    asked = []

    async def refused(*_words):
        asked.append(1)
        raise ConnectionError

    monkeypatch.setattr(RedisQueue, "dequeue", refused)
    queue = PatientQueue.from_url("redis://127.0.0.1:1/0", name="test")

    with pytest.raises(ConnectionError):
        await asyncio.wait_for(queue.dequeue(timeout=1), 10)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(queue.dequeue(timeout=1), 0.5)

    assert len(asked) == 2


async def test_a_queue_that_is_flushed_loses_nothing(shop, redis, redis_url, tmp_path):
    db, sandbox = shop
    async with working(Settings.read(environment(db, redis_url, sandbox, tmp_path))):
        for number in range(10):
            await register(db, f"shopper{number}@example.com")
            await redis.flushall()
        mails = await sandbox.mails(at_least=10, within=40)

    assert len({mail["to"] if isinstance(mail["to"], str) else mail["to"][0] for mail in mails}) == 10


async def test_two_workers_send_every_mail_once(shop, redis_url, tmp_path):
    db, sandbox = shop
    settings = Settings.read(environment(db, redis_url, sandbox, tmp_path))
    async with working(settings), working(settings):
        for number in range(20):
            await register(db, f"shopper{number}@example.com")
        await sandbox.mails(at_least=20, within=40)
        await asyncio.sleep(1.0)

    assert len(await sandbox.mails()) == 20


class Hanging:
    """A mail server that takes no mail and does not say so."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def send(self, mail: notifications.Mail) -> None:
        self.asked.set()
        await asyncio.Event().wait()


async def test_a_mail_whose_sender_is_told_to_stop_goes_out_with_the_next_turn(shop):
    db, sandbox = shop
    async with db.transaction(ACTOR) as tx:
        await subscribe(tx, SUBSCRIBERS)
    await register(db)
    await drain(db, SUBSCRIBERS)
    renderer = MailRenderer(regional=Region)
    hanging = Hanging()
    sending = asyncio.create_task(notifications.send_due(db, hanging, renderer, base_url="https://meander.example"))
    await asyncio.wait_for(hanging.asked.wait(), 10)

    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    gateway = notifications.SmtpGateway(sandbox.smtp_url)
    sent = await notifications.send_due(db, gateway, renderer, base_url="https://meander.example")

    assert sent == 1
    assert len(await sandbox.mails(to="ada@example.com", at_least=1)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("point", ["deliver.claimed", "deliver.done", "mail.before"])
async def test_a_worker_killed_at_any_point_loses_and_doubles_nothing(shop, redis_url, tmp_path, point):
    db, sandbox = shop
    base = environment(db, redis_url, sandbox, tmp_path)
    await register(db)
    doomed = start_worker({**base, "CRASH_AT": point})
    assert doomed.wait(30) == 137
    async with db.transaction(ACTOR) as tx:  # the lease of the dead one is over sooner than in life
        await tx.sql("UPDATE notifications.notifications SET leased_until = now() WHERE leased_until IS NOT NULL")

    async with working(Settings.read(base)):
        await sandbox.mails(to="ada@example.com", at_least=1, within=40)
        await asyncio.sleep(1.0)

    assert len(await sandbox.mails(to="ada@example.com")) == 1


@pytest.mark.slow
async def test_a_worker_says_that_it_lives_and_ends_when_told(shop, redis_url, redis, tmp_path):
    db, sandbox = shop
    process = start_worker(environment(db, redis_url, sandbox, tmp_path))
    client = Redis.from_url(redis_url)
    for _ in range(100):
        if await living(client):
            break
        await asyncio.sleep(0.1)
    assert await living(client) == 1
    await client.aclose()

    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(process.wait, 30) == 0
    assert time.monotonic() - began < 25


def test_the_schedule_names_each_task_once_and_gives_it_time():
    names = [entry.name for entry in SCHEDULE]

    assert len(set(names)) == len(names)
    assert all(entry.timeout >= 30 for entry in SCHEDULE)


def start_worker(more: dict[str, str]) -> "subprocess.Popen[bytes]":
    code = "import os; from app.runtime.settings import Settings; from workers import worker; " \
           "worker.run(Settings.read(os.environ))"  # fmt: skip
    return subprocess.Popen([sys.executable, "-c", code], env={**os.environ, **more})
