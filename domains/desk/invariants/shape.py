"""The shape of an invariant."""

import msgspec


class Invariant(msgspec.Struct, frozen=True):
    """A number, what must hold in a merchant's words, and the query that finds where it does not; None: not built."""

    id: str
    title: str
    sql: str | None
    only_at_rest: bool = False
