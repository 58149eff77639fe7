"""The audit log as staff read it: who did what, with the names of who did it and of what it was done to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domains import accounts, audit
from domains.audit import EntryRow
from domains.kit import Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_ENTRIES = Source(
    select=(
        "e.id, e.recorded_at, e.actor_kind, e.actor_id, e.actor_name, e.action, e.subject_kind, e.subject_id, e.label,"
        " e.note, e.hidden, e.is_money, e.undo_kind, e.undoes, e.batch,"
        " ARRAY(SELECT jsonb_object_keys(e.changes)) AS fields,"
        " EXISTS (SELECT FROM audit.entries u WHERE u.undoes = e.id) AS is_undone"
    ),
    tables="audit.entries e",
    key="e.id",
    orders={"when": OrderBy("e.recorded_at", "timestamptz")},
)
# What an entry of these kinds is called, where it does not say itself: it is below the domain that knows.
_NAMES = """
SELECT 'payment' AS kind, p.id::text AS subject, o.order_number AS name, o.order_number
FROM payments.payments p JOIN orders.orders o ON o.payment_id = p.id WHERE p.id = ANY(CAST(:payment AS uuid[]))
UNION ALL
SELECT 'refund', r.id::text, o.order_number, o.order_number
FROM payments.refunds r JOIN orders.orders o ON o.payment_id = r.payment_id WHERE r.id = ANY(CAST(:refund AS uuid[]))
UNION ALL
SELECT 'order', o.id::text, o.order_number, o.order_number FROM orders.orders o
WHERE o.id = ANY(CAST(:order AS uuid[]))
UNION ALL
SELECT 'variant', v.id::text, concat_ws(', ', p.name, v.sku), v.product_id::text
FROM catalog.variants v JOIN catalog.products p ON p.id = v.product_id WHERE v.id = ANY(CAST(:variant AS uuid[]))
UNION ALL
SELECT 'product', p.id::text, p.name, p.id::text FROM catalog.products p WHERE p.id = ANY(CAST(:product AS uuid[]))
UNION ALL
SELECT 'review', r.id::text, p.name, r.id::text
FROM reviews.reviews r JOIN catalog.products p ON p.id = r.product_id WHERE r.id = ANY(CAST(:review AS uuid[]))
UNION ALL
SELECT 'category', c.id::text, c.name, c.id::text FROM catalog.categories c
WHERE c.id = ANY(CAST(:category AS uuid[]))
"""
_NAMED = ("payment", "refund", "order", "variant", "product", "review", "category")


class Subject(msgspec.Struct, frozen=True):
    """What something was done to: its name, and by what its page is found (an order's number, a product's id)."""

    kind: str
    id: str
    name: str
    page: str


class Trace(msgspec.Struct, frozen=True):
    """An entry in a list of many; `who` is empty for what the program did on its own."""

    id: UUID
    recorded_at: datetime
    actor_kind: str
    actor_id: UUID | None
    who: str
    role: str
    action: str
    subject: Subject
    note: str
    fields: tuple[str, ...]
    is_money: bool
    is_undone: bool
    undoes: UUID | None
    batch: UUID | None


async def find_traces(
    tx: Transaction, asked: Asked, *, money_only: bool = False, people: Mapping[UUID, str] | None = None
) -> Slice[Trace]:
    """The entries that fit, newest first. What was typed finds a name, or the id of an entry, a batch or a subject.

    Filters: `who`, `action`, `subject`, `when`, `money`. `money_only` is for who may see nothing else;
    `people` are the names of staff, where they are at hand already.
    """
    where = Where()
    if money_only or asked.chosen("money"):
        where.add("e.is_money")
    if asked.q:
        await _by_words(tx, where, asked.q)
    where.one_of("e.actor_id", asked.chosen("who"), type="uuid")
    where.one_of("e.action", asked.chosen("action"))
    where.one_of("e.subject_kind", asked.chosen("subject"))
    where.within("e.recorded_at", asked.within("when"))
    found = await slice_of(tx, _ENTRIES, where, asked)
    people = await names_of_staff(tx) if people is None else people
    subjects = await subjects_of(tx, [(row.subject_kind, row.subject_id, row.label) for row in found.rows])
    return found.map(
        lambda row: Trace(
            id=row.id,
            recorded_at=row.recorded_at,
            actor_kind=row.actor_kind,
            actor_id=row.actor_id,
            who=people.get(row.actor_id, ""),
            role=row.actor_name,
            action=row.action,
            subject=subjects[row.subject_kind, row.subject_id],
            note=row.note,
            fields=tuple(sorted((*row.fields, *row.hidden))),
            is_money=row.is_money,
            is_undone=row.is_undone,
            undoes=row.undoes,
            batch=row.batch,
        )
    )


async def _by_words(tx: Transaction, where: Where, typed: str) -> None:
    """What was typed is asked of one index each; an order's number of the order, which money is written below of."""
    if _is_id(typed):
        where.add(
            "e.id IN (SELECT CAST(:known AS uuid) UNION SELECT id FROM audit.entries WHERE batch = CAST(:known AS uuid)"
            " UNION SELECT id FROM audit.entries WHERE subject_kind = ANY(CAST(:kinds AS text[]))"
            " AND subject_id = :known)",
            known=str(UUID(typed)),
            kinds=list((await told_of(tx)).kinds),
        )
        return
    paid = await tx.sql(
        "SELECT o.id::text AS order_id, o.payment_id::text AS payment, r.id::text AS refund FROM orders.orders o"
        " LEFT JOIN payments.refunds r ON r.payment_id = o.payment_id WHERE o.order_number = upper(:typed)",
        {"typed": typed},
    )
    where.add(
        "e.id IN (SELECT id FROM audit.entries WHERE label ILIKE :words UNION SELECT id FROM audit.entries"
        " WHERE subject_kind IN ('order', 'payment', 'refund') AND subject_id = ANY(CAST(:subjects AS text[])))",
        words="%" + typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",
        subjects=sorted({part for row in paid for part in row if part is not None}),
    )


async def names_of_staff(tx: Transaction) -> dict[UUID, str]:
    """The names of all who work here, or did."""
    return {member.id: member.name or member.email for member in await accounts.staff_members(tx)}


async def subjects_of(tx: Transaction, told: Collection[tuple[str, str, str]]) -> Mapping[tuple[str, str], Subject]:
    """The subjects of entries (kind, id and label): as they are called now, else as the entry called them."""
    ids: dict[str, list[str]] = {kind: [] for kind in _NAMED}
    for kind, subject, _label in told:
        if kind in ids and _is_id(subject):
            ids[kind].append(subject)
    found = {(kind, subject): Subject(kind, subject, label, subject) for kind, subject, label in told}
    if any(ids.values()):
        labels = {(kind, subject): label for kind, subject, label in told}
        for row in await tx.sql(_NAMES, ids):
            key = row.kind, row.subject
            found[key] = Subject(*key, row.name if row.kind == "variant" else labels[key] or row.name, row.order_number)
    return found


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class TraceDetail(msgspec.Struct, frozen=True):
    """An entry whole, with what belongs to it: what else was done in the same act (at most `MOST_SHOWN`), the entry it
    undid, and the one that undid it."""

    entry: EntryRow
    who: str
    subject: Subject
    others: tuple[tuple[EntryRow, Subject], ...]
    in_batch: int
    undid: EntryRow | None
    undone_by: EntryRow | None
    undone_who: str


MOST_SHOWN = 50


async def trace(tx: Transaction, entry_id: UUID, *, money_only: bool = False) -> TraceDetail | None:
    """One entry; none where it is not there, or not for who sees money only."""
    entry = await audit.entry(tx, entry_id)
    if entry is None or (money_only and not entry.is_money):
        return None
    people = await names_of_staff(tx)
    others: Sequence[EntryRow] = ()
    in_batch = 1
    if entry.batch is not None:
        size = await tx.sql("SELECT count(*) FROM audit.entries WHERE batch = :batch", {"batch": entry.batch})
        in_batch = size.scalar_one()
        others = [
            one
            for one in await audit.entries(tx, audit.Filter(batch=entry.batch), limit=MOST_SHOWN + 1)
            if one.id != entry.id
        ][:MOST_SHOWN]
    subjects = await subjects_of(tx, [(one.subject_kind, one.subject_id, one.label) for one in (entry, *others)])
    undone_by = await audit.entry(tx, entry.undone_by) if entry.undone_by else None
    return TraceDetail(
        entry=entry,
        who=_name(people, entry.actor_id),
        subject=subjects[entry.subject_kind, entry.subject_id],
        others=tuple((one, subjects[one.subject_kind, one.subject_id]) for one in others),
        in_batch=in_batch,
        undid=await audit.entry(tx, entry.undoes) if entry.undoes else None,
        undone_by=undone_by,
        undone_who=_name(people, undone_by.actor_id) if undone_by else "",
    )


def _name(people: Mapping[UUID, str], account_id: UUID | None) -> str:
    return people.get(account_id, "") if account_id is not None else ""


class Told(msgspec.Struct, frozen=True):
    """What the log tells of: every action and every kind of subject in it, by the alphabet."""

    actions: tuple[str, ...]
    kinds: tuple[str, ...]


async def told_of(tx: Transaction) -> Told:
    """What can be asked of the log. A walk along two indexes, whatever its size."""
    row = (await tx.sql(f"SELECT {_walk('action')} AS actions, {_walk('subject_kind')} AS kinds")).one()
    return Told(tuple(row.actions), tuple(row.kinds))


def _walk(column: str) -> str:
    return f"""ARRAY(
        WITH RECURSIVE known AS ((SELECT {column} AS word FROM audit.entries ORDER BY 1 LIMIT 1) UNION ALL
            SELECT (SELECT e.{column} FROM audit.entries e WHERE e.{column} > known.word ORDER BY 1 LIMIT 1)
            FROM known WHERE known.word IS NOT NULL)
        SELECT word FROM known WHERE word IS NOT NULL)"""
