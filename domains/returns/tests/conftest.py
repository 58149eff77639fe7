"""Every test of returns that commits leaves a sound shop behind."""

from collections.abc import AsyncIterator

import pytest

from app.sandbox.testing import Sandbox, running_sandbox
from domains.checkout.tests.factories import gateway_of
from domains.desk.testing import assert_sound
from domains.kit import Database
from domains.payments.gateway import StripeGateway


@pytest.fixture
async def live_db(live_db: Database) -> AsyncIterator[Database]:
    """As everywhere, and every test leaves a sound shop behind, but for mails, which nobody queues here."""
    yield live_db
    await assert_sound(live_db, quiet=False, but=("I26",))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
async def gateway(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    adapter = gateway_of(sandbox)
    yield adapter
    await adapter.aclose()
