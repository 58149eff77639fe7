"""One variant in all warehouses: its quantities, setting them, when to warn, whether it may be owed, what moved it."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.stock.doing import do
from app.routes.staff.stock.ledger import about
from app.routes.staff.stock.lines import Sent, sent_form
from app.routes.staff.stock.words import REASONS, TO_CHOOSE
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import catalog, desk, inventory
from domains.inventory import Incoming, Reason
from domains.kit import Conflict, Database, Invalid, NotFound, Transaction
from domains.kit.i18n import gettext as _
from domains.kit.listing import Asked

_SHOWN = 20


@get("/staff/stock/{variant:uuid}", name="staff.stock.show", access=staff("stock.see"))
async def show(
    request: AnyRequest, variant: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _page(request, db, visitor, variant)


@post("/staff/stock/{variant:uuid}/quantity", name="staff.stock.set", access=staff("stock.do"))
async def set_quantity(
    request: AnyRequest, variant: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """To so many, if nothing moved since the page was made; or by so many, whatever moved."""
    sent = await sent_form(request)
    try:
        house = sent.id("warehouse")
        number = _number(sent)
        reason = _reason(sent)
        async with db.transaction(visitor.actor) as tx:
            if sent.text("how") == "by":
                await _change(tx, variant, house, number, reason, sent.text("note"))
            else:
                await inventory.set_on_hand(
                    tx,
                    variant_id=variant,
                    warehouse_id=house,
                    on_hand=number,
                    reason=reason,
                    seen=sent.whole("seen"),
                    note=sent.text("note"),
                )
    except Invalid as refused:
        errors = {"number" if name in {"on_hand", "change"} else name: why for name, why in refused.fields.items()}
        return await _page(request, db, visitor, variant, status=422, errors=errors, sent=sent)
    except Conflict as refused:
        errors = {"number": f"{refused.title} {refused.hint}".strip()}
        return await _page(request, db, visitor, variant, status=409, errors=errors, sent=sent)
    answer = redirect(request, url_for(request, "staff.stock.show", variant=variant))
    say(request, answer, _("The quantity is changed."))
    return answer


@post("/staff/stock/{variant:uuid}/arrangement", name="staff.stock.arrange", access=staff("stock.do"))
async def arrange(
    request: AnyRequest, variant: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = await sent_form(request)

    async def act(tx: Transaction) -> str:
        await inventory.arrange(
            tx,
            variant_id=variant,
            warehouse_id=sent.id("warehouse"),
            reorder_threshold=sent.whole("threshold"),
            warehouse_location=sent.text("place"),
        )
        return _("Saved.")

    return await do(request, db, visitor, act, "staff.stock.show", variant=variant)


@post("/staff/stock/{variant:uuid}/policy", name="staff.stock.policy", access=staff("stock.do"))
async def set_policy(
    request: AnyRequest, variant: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = await sent_form(request)

    async def act(tx: Transaction) -> str:
        await inventory.set_policy(
            tx,
            variant_id=variant,
            backorder_allowed=sent.text("backorder") == "on",
            restock_date=sent.day("restock_date"),
        )
        return _("Saved.")

    return await do(request, db, visitor, act, "staff.stock.show", variant=variant)


def _number(sent: Sent) -> int:
    try:
        return int(sent.text("number").replace("−", "-"))
    except ValueError:
        raise Invalid({"number": _("Enter a whole number.")}) from None


def _reason(sent: Sent) -> Reason:
    if sent.text("reason") not in dict(TO_CHOOSE):
        raise Invalid({"reason": _("Choose one of the values offered.")})
    return Reason(sent.text("reason"))


async def _change(tx: Transaction, variant_id: UUID, house: UUID, change: int, reason: Reason, note: str) -> None:
    """What arrives may make the variant's first row in the warehouse; what is corrected needs one."""
    if change > 0 and reason in {Reason.RECEIVED, Reason.RETURN}:
        await inventory.receive(
            tx, variant_id=variant_id, warehouse_id=house, quantity=change, reason=reason, note=note
        )
    else:
        correction = Reason.CORRECTION if reason in {Reason.RECEIVED, Reason.RETURN} else reason
        await inventory.adjust(
            tx, variant_id=variant_id, warehouse_id=house, change=change, reason=correction, note=note
        )


async def _page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    variant_id: UUID,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    sent: Sent | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        variant = (await catalog.variants(tx, [variant_id])).get(variant_id)
        if variant is None:
            raise NotFound
        levels = await inventory.levels(tx, [variant_id])
        coming = await inventory.incoming(tx, [variant_id])
        houses = await inventory.warehouses(tx)
        policy = (await inventory.policies(tx, [variant_id])).get(variant_id, inventory.Policy())
        stock = (await inventory.availability(tx, [variant_id]))[variant_id]
        moved = await desk.find_movements(
            tx, Asked(descending=True, limit=_SHOWN, is_counted=False), variant_id=variant_id, houses=houses
        )
    names = {house.id: house.name for house in houses}
    return page(
        request,
        "staff/stock/show.html",
        status=status,
        variant=variant,
        levels=[_level(level, names, coming) for level in levels],
        houses=[(str(house.id), house.name) for house in houses],
        policy=policy,
        stock=stock,
        rows=[_moved(row) for row in moved.rows],
        reasons=TO_CHOOSE,
        errors=errors or {},
        sent=sent.fields if sent is not None else {},
    )


def _level(level: inventory.StockLevel, names: dict[UUID, str], coming: dict[tuple[UUID, UUID], Incoming]) -> Any:
    return {
        "row": level,
        "name": names[level.warehouse_id],
        "incoming": coming.get((level.variant_id, level.warehouse_id), Incoming()),
        "is_low": level.available < level.reorder_threshold,
    }


def _moved(row: desk.LedgerRow) -> list[Any]:
    movement = row.movement
    return [
        movement.recorded_at,
        f"{movement.quantity:+d}".replace("-", "−"),
        REASONS[Reason(movement.reason)],
        row.warehouse,
        about(row),
        movement.note,
        row.by,
    ]


ROUTES = [show, set_quantity, arrange, set_policy]
