"""What must hold of the log of who did what."""

from domains import audit
from domains.desk.invariants.shape import Invariant

AUDIT = (
    Invariant(
        "I30",
        "the audit log's chain is whole, every entry is in it, and every refund has an entry",
        f"""
        WITH chain AS (
            SELECT s.position, s.entry_id, s.previous, s.hash, e.id,
                   lag(s.position, 1, 0) OVER (ORDER BY s.position) AS position_before,
                   lag(s.hash, 1, '{audit.FIRST}') OVER (ORDER BY s.position) AS hash_before,
                   encode(sha256(convert_to(s.previous || {audit.CANONICAL}, 'UTF8')), 'hex') AS hash_now
            FROM audit.seals s LEFT JOIN audit.entries e ON e.id = s.entry_id
        )
        SELECT 'seal ' || position AS place, entry_id,
               CASE WHEN id IS NULL THEN 'its entry is gone'
                    WHEN position <> position_before + 1 THEN 'the seal before it is gone'
                    WHEN previous <> hash_before THEN 'does not follow the seal before it'
                    ELSE 'the entry does not say any more what was sealed' END AS problem
        FROM chain
        WHERE id IS NULL OR position <> position_before + 1 OR previous <> hash_before OR hash <> hash_now
        UNION ALL
        SELECT 'entry', e.id, 'has no seal and does not wait for one'
        FROM audit.entries e
        WHERE NOT EXISTS (SELECT FROM audit.seals s WHERE s.entry_id = e.id)
          AND NOT EXISTS (SELECT FROM audit.unsealed u WHERE u.entry_id = e.id)
        UNION ALL
        SELECT 'refund', r.id, 'has no entry' FROM payments.refunds r
        WHERE NOT EXISTS (SELECT FROM audit.entries e WHERE e.subject_kind = 'refund' AND e.subject_id = r.id::text)
        """,
    ),
    Invariant(
        "I30b",
        "every entry of the audit log is sealed a minute after it was written",
        """
        SELECT entry_id, created_at AS since FROM audit.unsealed WHERE created_at < now() - interval '60 seconds'
        """,
        only_at_rest=True,
    ),
)
