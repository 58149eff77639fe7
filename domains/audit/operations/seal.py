"""Sealing what has been committed."""

import structlog

from domains.audit.chain import CANONICAL, FIRST, link
from domains.kit import Transaction

log = structlog.get_logger(__name__)

_TAKE = f"""
WITH taken AS (
    DELETE FROM audit.unsealed WHERE entry_id IN (SELECT entry_id FROM audit.unsealed ORDER BY entry_id LIMIT :most)
    RETURNING entry_id
)
SELECT e.id, {CANONICAL} AS said FROM taken JOIN audit.entries e ON e.id = taken.entry_id ORDER BY e.id
"""
_SEAL = """
INSERT INTO audit.seals (position, entry_id, previous, hash)
SELECT * FROM unnest(CAST(:positions AS bigint[]), CAST(:entries AS uuid[]), CAST(:previous AS text[]),
                     CAST(:hashes AS text[]))
"""


async def seal(tx: Transaction, *, most: int = 1000) -> int:
    """Put what has been committed and waits at the end of the chain; how many entries.

    One sealer at a time (an advisory lock); a second one finds nothing to do. Entries become visible in the order of
    their commits, which is not that of their ids: one that was made early and committed late is sealed later, and the
    chain does not mind, since its order is its own. The new head goes to the log of the program, so that a chain that
    somebody has cut off at its end can be told from one that never was longer.
    """
    if not (await tx.sql("SELECT pg_try_advisory_xact_lock(hashtext('audit.seal'))")).scalar_one():
        return 0
    taken = (await tx.sql(_TAKE, {"most": most})).all()
    if not taken:
        return 0
    head = (await tx.sql("SELECT position, hash FROM audit.seals ORDER BY position DESC LIMIT 1")).one_or_none()
    first = head.position + 1 if head else 1
    previous, hashes, last = [], [], head.hash if head else FIRST
    for row in taken:
        previous.append(last)
        last = link(last, row.said)
        hashes.append(last)
    await tx.sql(
        _SEAL,
        {
            "positions": list(range(first, first + len(taken))),
            "entries": [row.id for row in taken],
            "previous": previous,
            "hashes": hashes,
        },
    )
    log.info("audit.sealed", entries=len(taken), position=first + len(taken) - 1, head=last)
    return len(taken)
