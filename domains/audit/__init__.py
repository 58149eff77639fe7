"""The log of who did what, sealed so that nobody can rewrite it, and the way back from a mistake.

Owns: entries, their seals, and the list of what waits to be sealed.

Words: an *entry* says who did what to which *subject*, with each changed field before and after; a *batch* is what was
done in one act (an import, a bulk edit); a field is *hidden* when its value is personal: the entry says only that it
changed; a *seal* is an entry's place in the chain, with a hash over the seal before it and all that the entry says;
an entry can be *undone* while every field it changed still is what the entry made it.

An entry is one insert in the transaction of the change: no lock, no chain. The worker seals what has been committed,
one sealer at a time, so the chain's order is that of sealing. The database refuses UPDATE, DELETE and TRUNCATE on
both tables; what a superuser does behind its back shows in the chain, and the head of the chain goes to the log of the
program, where it can be held against the table. Entries are kept seven years or longer; nothing deletes them.

Invariants (`shop doctor`): I30 the chain has no gap and every hash is that of its entry, every entry is in the chain a
minute after it was written, every refund has an entry.
"""

from domains.audit.chain import CANONICAL, FIRST
from domains.audit.entries import Draft
from domains.audit.errors import AlreadyUndone, ChangedSince, EntryNotFound, NotUndoable
from domains.audit.operations import quiet, record, record_all, seal, seen, together, undo, wanted
from domains.audit.queries import EntryRow, Filter, Who, actions, batch_of, entries, entry, later_change, of_subject
from domains.audit.registry import plain, undoable, undoable_many

__all__ = [
    "CANONICAL",
    "FIRST",
    "AlreadyUndone",
    "ChangedSince",
    "Draft",
    "EntryNotFound",
    "EntryRow",
    "Filter",
    "NotUndoable",
    "Who",
    "actions",
    "batch_of",
    "entries",
    "entry",
    "later_change",
    "of_subject",
    "plain",
    "quiet",
    "record",
    "record_all",
    "seal",
    "seen",
    "together",
    "undo",
    "undoable",
    "undoable_many",
    "wanted",
]
