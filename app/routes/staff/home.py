"""The overview: how today goes beside the same day last week, what waits, and what a new shop still needs."""

from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from babel.dates import format_skeleton
from litestar import get
from litestar.di import NamedDependency
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.routes.staff.stock.counts import percent
from app.runtime.beats import living
from app.runtime.going_live import Step, steps
from app.runtime.settings import Settings
from app.runtime.templates import money_text
from app.web.access import may, staff
from app.web.htmx import AnyRequest, wants_fragment
from app.web.page import Page, page
from app.web.staff.cells import Value
from app.web.staff.charts import Chart, Point, line_chart
from app.web.staff.charts import steps as scale_of
from app.web.staff.desk import address_of
from app.web.staff.live import unless_unchanged
from app.web.visitors import Visitor
from domains import desk, inventory
from domains.kit import Database, Money
from domains.kit.i18n import gettext as _
from domains.kit.listing import Count

log = structlog.get_logger(__name__)


class Waiting(msgspec.Struct, frozen=True):
    """Something that waits: how much under `key` of `desk.WAITING`, and the list that shows it to who may see it."""

    key: str
    label: str
    permission: str
    route: str
    params: Mapping[str, Any] = msgspec.field(default_factory=dict)
    tone: str = "wait"


# One tile each, in the order of the work; who may not see the list does not see how long it is.
TILES: tuple[Waiting, ...] = (
    Waiting("to_pay", _("Waiting for payment"), "orders.see", "staff.orders", {"status": "pending"}, ""),
    Waiting("to_allocate", _("Waiting for stock"), "fulfilment.see", "staff.fulfilment", {"queue": "allocate"}),
    Waiting("to_pick", _("To pick"), "fulfilment.see", "staff.fulfilment", {"queue": "pick"}),
    Waiting("to_pack", _("To pack"), "fulfilment.see", "staff.fulfilment", {"queue": "pack"}),
    Waiting("to_ship", _("To ship"), "fulfilment.see", "staff.fulfilment", {"queue": "ship"}),
    Waiting("on_hold", _("On hold"), "fulfilment.see", "staff.fulfilment", {"queue": "problems"}, "bad"),
    Waiting("returns", _("Returns"), "returns.see", "staff.returns", {"status": ["requested", "received"]}),
    Waiting("refunds", _("Refunds to approve"), "refunds.see", "staff.refunds", {"state": "waiting"}),
    Waiting("low_stock", _("Low stock"), "stock.see", "staff.stock", {"state": "low"}),
    Waiting("reviews", _("Reviews to read"), "reviews.do", "staff.reviews", {"state": "to_read"}),
    Waiting("messages", _("Messages to answer"), "mails.do", "staff.messages", {"state": "open"}),
    Waiting("failed_mails", _("Mails that failed"), "mails.do", "staff.mails", {"state": "failed"}, "bad"),
    Waiting("failed_jobs", _("Jobs that failed"), "settings.do", "staff.settings.failures", {}, "bad"),
)


ACCURACY_AIM = 0.995  # of the pieces counted; below it the books are worth a look
ACCURACY_DAYS = 90


class Tile(msgspec.Struct, frozen=True):
    """A figure as the page shows it."""

    label: str
    value: Value
    href: str = ""
    before: str = ""
    tone: str = ""


@get("/staff", name="staff.home", access=staff("desk.see"))
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    role = visitor.actor.role
    seen = [tile for tile in TILES if may(role, tile.permission)]
    sees_sales, sees_orders, opens_shop = (may(role, need) for need in ("reports.sales", "orders.see", "settings.do"))
    is_part = wants_fragment(request)
    async with db.transaction(visitor.actor) as tx:
        counts = await desk.waiting(tx, [tile.key for tile in seen])
        sales = await desk.sales(tx) if sees_sales or sees_orders else None
        counted = await inventory.accuracy(tx, days=ACCURACY_DAYS) if may(role, "stock.see") else None
        ready = await desk.readiness(tx) if opens_shop and not is_part else None
    locale = request.app.state.shell().locale
    answer = page(
        request,
        "staff/home.html",
        fragment="figures",
        today=_today(sales, locale, sees_sales=sees_sales, sees_orders=sees_orders, request=request),
        waiting=[_tile(request, tile, counts[tile.key]) for tile in seen],
        books=[] if counted is None else [_books(request, counted)],
        chart=_chart(sales, locale) if sales is not None and sees_sales else None,
        steps=() if ready is None else await _steps(request, ready, settings),
        step_url=lambda step: address_of(request, step.route) if step.route else None,
    )
    return unless_unchanged(request, answer) if is_part else answer


async def _steps(request: AnyRequest, ready: desk.Readiness, settings: Settings) -> tuple[Step, ...]:
    redis: Redis = request.app.state.redis
    try:
        workers = await living(redis)
    except RedisError as error:
        log.warning("workers.unknown", error=type(error).__name__)
        workers = 0
    return steps(ready, settings, workers=workers)


def _tile(request: AnyRequest, tile: Waiting, count: Count) -> Tile:
    value: Value = count.number if count.is_exact else f"{count.number:,}+"
    href = address_of(request, tile.route, **tile.params) or ""
    return Tile(tile.label, value, href, tone=tile.tone if count.number else "calm")


def _books(request: AnyRequest, counted: inventory.Accuracy) -> Tile:
    """How right the stock's books were where somebody has counted."""
    href = address_of(request, "staff.stock.counts") or ""
    label = _("Stock found as in the books")
    if counted.share is None:
        return Tile(label, "–", href, _("Nothing was counted in {days} days").format(days=ACCURACY_DAYS), "calm")
    before = _("Counts of {days} days: {count}. The aim is {aim}")
    told = before.format(count=counted.counts, days=ACCURACY_DAYS, aim=percent(ACCURACY_AIM))
    return Tile(label, percent(counted.share), href, told, "bad" if counted.share < ACCURACY_AIM else "")


def _today(
    sales: desk.Sales | None, locale: str, *, sees_sales: bool, sees_orders: bool, request: AnyRequest
) -> list[Tile]:
    if sales is None:
        return []
    now, then = sales.today, sales.week_ago
    tiles = []
    if sees_sales:
        before = _("Last week by now: {amount}").format(amount=money_text(then.sales, locale))
        tiles.append(Tile(_("Sales today"), now.sales, address_of(request, "staff.reports") or "", before))
    if sees_orders:
        before = _("Last week by now: {number}").format(number=then.orders)
        tiles.append(Tile(_("Orders paid today"), now.orders, address_of(request, "staff.orders") or "", before))
    if sees_sales:
        before = _("Last week by now: {amount}").format(amount=money_text(_each(then), locale))
        tiles.append(Tile(_("Average order"), _each(now), "", before))
    return tiles


def _each(day: desk.DaySales) -> Money:
    return Money(round(day.sales.amount / day.orders), day.sales.currency) if day.orders else day.sales


def _chart(sales: desk.Sales, locale: str) -> Chart:
    currency = sales.today.sales.currency
    greatest = max(one.sales.amount for one in (*sales.days, *sales.before))
    total = sum((one.sales for one in sales.days), Money.zero(currency))
    before = sum((one.sales for one in sales.before), Money.zero(currency))
    return line_chart(
        [
            Point(
                format_skeleton("MMMd", now.day, locale=locale),
                now.sales.amount,
                money_text(now.sales, locale),
                then.sales.amount,
                money_text(then.sales, locale),
            )
            for now, then in zip(sales.days, sales.before, strict=True)
        ],
        title=_("Sales of the last {days} days: {amount}").format(
            days=desk.CHART_DAYS, amount=money_text(total, locale)
        ),
        axis=_("Day"),
        measure=_("Sales"),
        scale=[(amount, money_text(Money(int(amount), currency), locale)) for amount in scale_of(greatest)],
        summary=_("The {days} days before: {amount}.").format(days=desk.CHART_DAYS, amount=money_text(before, locale)),
        before_label=_("The {days} days before").format(days=desk.CHART_DAYS),
    )


ROUTES = [show]
