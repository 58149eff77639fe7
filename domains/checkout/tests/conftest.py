"""A sandbox that speaks like Stripe, and the shop's adapter to it."""

from collections.abc import AsyncIterator

import pytest

from app.sandbox.testing import Sandbox, running_sandbox
from domains.checkout.tests.factories import gateway_of
from domains.desk.testing import assert_sound
from domains.kit import Database
from domains.payments.gateway import StripeGateway


@pytest.fixture
def left_to_a_person() -> set[str]:
    """The invariants that a test knowingly leaves broken, because only a person can mend it; the test fills it."""
    return set()


@pytest.fixture
async def live_db(live_db: Database, left_to_a_person: set[str]) -> AsyncIterator[Database]:
    """As everywhere, and every test leaves a sound shop behind."""
    yield live_db
    await assert_sound(live_db, quiet=False, but=left_to_a_person)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
async def gateway(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    adapter = gateway_of(sandbox)
    yield adapter
    await adapter.aclose()
