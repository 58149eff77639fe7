"""The work itself, one line each: a face calls the domains and knows no rules."""

import asyncio

import structlog

from domains import (
    accounts,
    audit,
    cart,
    catalog,
    checkout,
    content,
    desk,
    fulfilment,
    invoicing,
    notifications,
    orders,
    reviews,
    search,
    store,
    transfer,
    wishlists,
)
from domains.kit import Actor
from domains.kit.deliveries import deliver, relay, waiting
from workers.context import WorkerContext
from workers.subscriptions import BY_NAME

log = structlog.get_logger(__name__)

SCHEDULER = Actor.system("scheduler")
FETCHING_SECONDS = 200  # well within what the schedule gives the task


async def relay_outbox(context: WorkerContext) -> list[str]:
    """Fan out all that stands in the outbox; the subscribers to ring."""
    rung: set[str] = set()
    while True:
        moved, subscribers = await relay(context.db)
        rung.update(subscribers)
        if not moved:
            return sorted(rung)


async def deliver_to(context: WorkerContext, name: str) -> None:
    """Hand one subscriber everything that is due to it."""
    subscriber = BY_NAME.get(name)
    while subscriber is not None and await deliver(context.db, subscriber):
        pass


async def deliver_waiting(context: WorkerContext) -> None:
    """Ring again what a lost bell has left waiting."""
    await relay_outbox(context)
    async with context.db.transaction(SCHEDULER) as tx:
        names = await waiting(tx)
    for name in names:
        await deliver_to(context, name)


async def send_mails(context: WorkerContext) -> None:
    await context.refresh_region()
    await notifications.send_due(
        context.db,
        context.mailer,
        context.renderer,
        base_url=context.settings.base_url,
        sender=context.settings.mail_from,
    )


async def handle_webhooks(context: WorkerContext) -> None:
    await checkout.flows.handle_webhooks(context.db, context.gateway)


async def sweep_holds(context: WorkerContext) -> None:
    await checkout.flows.sweep(context.db, context.gateway)


async def seal_entries(context: WorkerContext) -> None:
    """The chain of the audit log grows by what was committed since the last turn."""
    sealed = 1
    while sealed and not context.stopping.is_set():
        async with context.db.transaction(SCHEDULER) as tx:
            sealed = await audit.seal(tx)


async def close_accounts(context: WorkerContext) -> None:
    """What a closed account left unpaid is cancelled, at the gateway first."""
    await checkout.flows.cancel_of_closed(context.db, context.gateway)


async def reconcile_payments(context: WorkerContext) -> None:
    await checkout.flows.reconcile(context.db, context.gateway)


async def compare_payments(context: WorkerContext) -> None:
    """Hold the gateway's list against ours: what no webhook and no doubt has told."""
    await checkout.flows.compare(context.db, context.gateway)


async def make_labels(context: WorkerContext) -> None:
    """Labels that carriers have to make, and those that they failed to."""
    await fulfilment.flows.make_labels(context.db, context.carriers)


async def follow_parcels(context: WorkerContext) -> None:
    """Ask the carriers what became of the parcels under way."""
    await fulfilment.flows.follow(context.db, context.carriers)


async def make_shipments(context: WorkerContext) -> None:
    """Paid orders without shipments get theirs."""
    async with context.db.transaction(SCHEDULER) as tx:
        left = await desk.without_shipments(tx)
    await fulfilment.flows.catch_up(context.db, left)


async def issue_invoices(context: WorkerContext) -> None:
    """Invoices of orders that were paid before there were any, and those that no event has brought."""
    issued = 1
    while issued and not context.stopping.is_set():
        async with context.db.transaction(SCHEDULER) as tx:
            issued = await invoicing.issue_missing(tx)


async def make_renditions(context: WorkerContext) -> None:
    """The sizes of new pictures, one picture after the other; a broken one is logged and does not stop the rest."""
    if context.rendering.locked():
        return  # the last turn is still at it
    async with context.rendering:
        async with context.db.transaction(SCHEDULER) as tx:
            waiting_pictures = await catalog.without_renditions(tx)
        for media_id in waiting_pictures:
            if context.stopping.is_set():
                return
            try:
                await catalog.make_renditions(context.db, context.storage, media_id)
            except (catalog.NotStored, catalog.PictureRefused, catalog.MediaNotFound) as error:
                log.error("picture.not_rendered", media_id=str(media_id), error=type(error).__name__)


async def fetch_pictures(context: WorkerContext) -> None:
    """Pictures that an import has named; the next turn goes on with what this one leaves."""
    if context.fetching.locked():
        return
    async with context.fetching:
        loop = asyncio.get_running_loop()
        until = loop.time() + FETCHING_SECONDS
        await transfer.flows.fetch_pictures(
            context.db,
            context.outgoing,
            context.storage,
            is_stopping=lambda: context.stopping.is_set() or loop.time() > until,
        )


async def work_on_imports(context: WorkerContext) -> None:
    """Files that staff handed in: looked through, imported, taken back."""
    if context.importing.locked():
        return
    async with context.importing:
        await transfer.flows.work_on_imports(
            context.db,
            context.files,
            base_url=context.settings.base_url,
            is_stopping=context.stopping.is_set,
        )


async def refresh_prices(context: WorkerContext) -> None:
    """Listings in order of price follow planned prices whose time has come."""
    async with context.db.transaction(SCHEDULER) as tx:
        await search.refresh_prices_due(tx)


async def renew_documents(context: WorkerContext) -> None:
    """After an upgrade that makes search documents otherwise, make them anew, a few at a time."""
    renewed = 1
    while renewed and not context.stopping.is_set():
        async with context.db.transaction(SCHEDULER) as tx:
            renewed = await search.renew(tx)


async def index_names(context: WorkerContext) -> None:
    """After an upgrade, orders of before become findable by name and country, a few at a time."""
    indexed = 1
    while indexed and not context.stopping.is_set():
        async with context.db.transaction(SCHEDULER) as tx:
            indexed = await orders.index_names(tx)


async def ask_for_reviews(context: WorkerContext) -> None:
    """Ask the buyers whose time has come what they think, a few at a time."""
    taken = 1
    while taken and not context.stopping.is_set():
        async with context.db.transaction(SCHEDULER) as tx:
            taken = await reviews.ask_due(tx)


async def keep_reports(context: WorkerContext) -> None:
    """The figures of days that are over, a month of them at a time."""
    kept = 1
    while kept and not context.stopping.is_set():
        async with context.db.transaction(SCHEDULER) as tx:
            kept = await desk.keep_reports(tx) if await store.is_set_up(tx) else 0


async def keep_stock(context: WorkerContext) -> None:
    """What the stock is worth today, for the report."""
    async with context.db.transaction(SCHEDULER) as tx:
        if await store.is_set_up(tx):
            await desk.keep_stock(tx)


async def expire_carts(context: WorkerContext) -> None:
    async with context.db.transaction(SCHEDULER) as tx:
        await cart.expire_due(tx)


async def expire_wishlists(context: WorkerContext) -> None:
    async with context.db.transaction(SCHEDULER) as tx:
        await wishlists.expire_due(tx)


async def sweep_sessions(context: WorkerContext) -> None:
    async with context.db.transaction(SCHEDULER) as tx:
        await accounts.sweep_sessions(tx)
        await orders.sweep_access(tx)
        await content.sweep_messages(tx)
