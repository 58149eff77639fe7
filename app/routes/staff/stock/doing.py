"""Doing something with a document of the stock, and saying on its page how it went."""

from collections.abc import Awaitable, Callable
from typing import Any

from app.web.htmx import AnyRequest
from app.web.page import Page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import catalog
from domains.inventory import StockIsReserved
from domains.kit import Conflict, Database, Invalid, Transaction


async def do(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    act: Callable[[Transaction], Awaitable[str]],
    back: str,
    **params: Any,
) -> Page:
    """Run `act` in a transaction; what it returns, or why it was refused, stands on the page gone back to."""
    kind = "success"
    try:
        async with db.transaction(visitor.actor) as tx:
            words = await act(tx)
    except Invalid as refused:
        words, kind = " ".join(refused.fields.values()), "error"
    except Conflict as refused:
        words, kind = await told(db, visitor, refused), "error"
    answer = redirect(request, url_for(request, back, **params))
    say(request, answer, words, kind)
    return answer


async def told(db: Database, visitor: Visitor, refused: Conflict) -> str:
    """A refusal in a sentence, with the SKU it is about."""
    words = f"{refused.title} {refused.hint}".strip()
    variant_id = getattr(refused, "variant_id", None)
    if not isinstance(refused, StockIsReserved) or variant_id is None:
        return words
    async with db.transaction(visitor.actor) as tx:
        found = (await catalog.variants(tx, [variant_id])).get(variant_id)
    return f"{found.sku}: {words}" if found is not None else words
