"""What can be done with downloads."""

from collections.abc import Collection
from uuid import UUID

from domains import audit, catalog, orders, store
from domains.downloads.errors import DownloadOver, GrantNotFound
from domains.downloads.events import DownloadsGranted
from domains.downloads.queries import GrantView, load
from domains.kit import Transaction, new_id, new_token, record
from domains.kit.crypto import token_hash
from domains.orders import OrderStatus

DIGITAL_SHIPMENT = "DOWNLOAD"

_GRANT = """
INSERT INTO downloads.grants (id, order_id, variant_id, file_id, expires_at, most)
SELECT :id, :order_id, :variant_id, :file_id, kit.now() + make_interval(days => :days), :most
ON CONFLICT (order_id, variant_id) WHERE revoked_at IS NULL DO NOTHING RETURNING id
"""


async def grant(tx: Transaction, order_id: UUID) -> int:
    """Let the buyer of a paid order fetch its files; answers how many grants are new. Running it again adds none.

    A piece bought twice is one grant with twice the downloads. Emits `downloads.granted` if any is new.
    """
    order = await orders.order(tx, order_id)
    lines = [line for line in order.lines if line.is_digital]
    if not lines:
        return 0
    shop = await store.shop(tx)
    files = await catalog.digital(tx, [line.variant_id for line in lines])
    earlier = await tx.sql("SELECT variant_id FROM downloads.grants WHERE order_id = :order", {"order": order_id})
    known = set(earlier.scalars())  # also what was taken back: a fact that is told again must not open it again
    made = 0
    for line in lines:
        file_id = files.get(line.variant_id)
        if file_id is None:  # taken off the shelf between placing and paying: staff renew it once there is a file
            continue
        if line.variant_id in known:
            continue
        written = await tx.sql(
            _GRANT,
            {
                "id": new_id(),
                "order_id": order_id,
                "variant_id": line.variant_id,
                "file_id": file_id,
                "days": shop.download_days,
                "most": shop.download_limit * line.quantity,
            },
        )
        made += len(written.all())
    if made:
        await record(tx, DownloadsGranted(order_id=order_id, user_id=order.user_id))
    return made


async def hand_over(tx: Transaction, order_id: UUID) -> bool:
    """An order of files alone has arrived when it is paid: nothing is packed or sent. Answers whether it was one.

    Emits `order.shipped` and `order.delivered`.
    """
    order = await orders.order(tx, order_id)
    if not order.is_digital or order.status is not OrderStatus.CONFIRMED:
        return False
    await orders.ship(tx, order_id, tracking_number=DIGITAL_SHIPMENT)
    await orders.deliver(tx, order_id)
    return True


async def make_link(tx: Transaction, grant_id: UUID) -> str:
    """A new token for a link to the download, for a mail; those of earlier mails go on working."""
    token = new_token()
    await tx.sql(
        "INSERT INTO downloads.links (token_hash, grant_id) VALUES (:hash, :grant)",
        {"hash": token_hash(token), "grant": grant_id},
    )
    return token


async def take(tx: Transaction, grant_id: UUID) -> GrantView:
    """Count one download. The caller has made sure that the grant is the asker's.

    Count and check are one statement, so the last download is taken once. Raises `DownloadOver`, `GrantNotFound`.
    """
    taken = await tx.sql(
        "UPDATE downloads.grants SET taken = taken + 1, last_taken_at = kit.now()"
        " WHERE id = :id AND revoked_at IS NULL AND expires_at > kit.now() AND taken < most RETURNING id",
        {"id": grant_id},
    )
    is_taken = taken.first() is not None
    found = await load(tx, "g.id = :id", {"id": grant_id})
    if not found:
        raise GrantNotFound
    if not is_taken:
        raise DownloadOver
    return found[0]


async def renew(tx: Transaction, order_id: UUID, variant_id: UUID) -> UUID:
    """Give the buyer a fresh grant, of the file as it is sold now (else as he bought it); the old one ends.

    Emits `downloads.granted`, which sends him a mail with new links. Raises `GrantNotFound` for what is no download.
    """
    order = await orders.order(tx, order_id)
    line = next((line for line in order.lines if line.is_digital and line.variant_id == variant_id), None)
    if line is None or order.status in {OrderStatus.PENDING, OrderStatus.CANCELLED}:
        raise GrantNotFound
    earlier = await tx.sql(
        "SELECT file_id FROM downloads.grants WHERE order_id = :order AND variant_id = :variant"
        " ORDER BY created_at DESC LIMIT 1",
        {"order": order_id, "variant": variant_id},
    )
    bought: UUID | None = earlier.scalar_one_or_none()
    file_id = (await catalog.digital(tx, [variant_id])).get(variant_id) or bought
    if file_id is None:
        raise GrantNotFound
    await revoke(tx, order_id, [variant_id])
    shop = await store.shop(tx)
    grant_id = new_id()
    await tx.sql(
        _GRANT,
        {
            "id": grant_id,
            "order_id": order_id,
            "variant_id": variant_id,
            "file_id": file_id,
            "days": shop.download_days,
            "most": shop.download_limit * line.quantity,
        },
    )
    await record(tx, DownloadsGranted(order_id=order_id, user_id=order.user_id))
    await audit.record(
        tx, action="download.renewed", subject=("order", order_id), label=order.number, note=line.product_name
    )
    return grant_id


async def revoke(tx: Transaction, order_id: UUID, variant_ids: Collection[UUID] | None = None) -> int:
    """Take the grants of an order back, or those of some of its lines; answers how many."""
    ended = await tx.sql(
        "UPDATE downloads.grants SET revoked_at = kit.now() WHERE order_id = :order AND revoked_at IS NULL"
        " AND (CAST(:all AS boolean) OR variant_id = ANY(CAST(:variants AS uuid[]))) RETURNING id",
        {"order": order_id, "all": variant_ids is None, "variants": list(variant_ids or ())},
    )
    return len(ended.all())
