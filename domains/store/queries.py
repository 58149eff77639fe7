"""What can be asked of the shop."""

from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select

from domains.kit import Transaction
from domains.store.errors import ShopNotSetUp
from domains.store.models import ShopRow
from domains.store.views import Shop


async def is_set_up(tx: Transaction) -> bool:
    """Whether `shop setup` has been done."""
    return (await tx.session.execute(select(ShopRow.id))).first() is not None


async def shop(tx: Transaction) -> Shop:
    """The shop's settings. Raises `ShopNotSetUp`."""
    row = (await tx.session.execute(select(ShopRow))).scalar_one_or_none()
    if row is None:
        raise ShopNotSetUp
    values = {field: getattr(row, field) for field in Shop.__struct_fields__}
    return msgspec.convert(values, Shop)


async def today(tx: Transaction) -> date:
    """The date in the shop's time zone: of order numbers, delivery promises and "today". Raises `ShopNotSetUp`."""
    return (await tx.now()).astimezone(ZoneInfo((await shop(tx)).time_zone)).date()
