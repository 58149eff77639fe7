"""How an entry becomes text, and text a hash.

The text is made by PostgreSQL from the row, for the sealer and for the doctor alike, from one expression that is part
of the program: a function in the database could be replaced by who rewrites the rows. Its keys have the order of
`jsonb`, its times are UTC to the microsecond.
"""

import hashlib

FIRST = "0" * 64  # what the first seal follows

CANONICAL = """jsonb_build_object(
    'id', {e}.id, 'recorded_at', to_char({e}.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor_kind', {e}.actor_kind, 'actor_id', {e}.actor_id, 'actor_name', {e}.actor_name, 'trace_id', {e}.trace_id,
    'action', {e}.action, 'subject_kind', {e}.subject_kind, 'subject_id', {e}.subject_id, 'label', {e}.label,
    'note', {e}.note, 'changes', {e}.changes, 'hidden', to_jsonb({e}.hidden), 'is_money', {e}.is_money,
    'undo_kind', {e}.undo_kind, 'undoes', {e}.undoes, 'batch', {e}.batch)::text""".format(e="e")


def link(previous: str, canonical: str) -> str:
    """The hash of a seal: SHA-256 over the hash before it and the entry's text, in hex."""
    return hashlib.sha256((previous + canonical).encode()).hexdigest()
