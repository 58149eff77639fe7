"""Accounts for tests, and what became of them."""

from uuid import UUID

from domains import accounts
from domains.kit import Actor, Address, Database, events

GUEST = Actor.guest("visitor")
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g"
OTHER_HASH = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$b3RoZXJoYXNo"
HOME = Address(name="Ada Byron", line1="12 Pine St", city="Portland", postal_code="97201", country="US", state="OR")
WORK = Address(name="Ada Byron", line1="9 Dock Rd", city="Portland", postal_code="97209", country="US", state="OR")
ADA, NEW = "ada@example.com", "ada@new.example"


async def a_customer(db: Database, email: str = ADA) -> UUID:
    async with db.transaction(GUEST) as tx:
        account_id = await accounts.register(tx, email=email, password_hash=HASH, first_name="Ada", last_name="Byron")
    assert account_id is not None
    return account_id


async def event_types(db: Database, account_id: UUID) -> list[str]:
    async with db.transaction(GUEST) as tx:
        return [event.type for event in await events.history(tx, "user", account_id)]


async def email_of(db: Database, account_id: UUID) -> str:
    async with db.transaction(GUEST) as tx:
        return (await accounts.account(tx, account_id)).email
