"""What runs when: one table.

Every entry is safe to run late, twice or in two workers at once; PostgreSQL decides what is due. A missed turn is made
up by the next one.
"""

from collections.abc import Awaitable, Callable

import msgspec

from workers import tasks
from workers.context import WorkerContext

type Task = Callable[[WorkerContext], Awaitable[None]]


class Entry(msgspec.Struct, frozen=True):
    """A task, how often it runs in seconds, and how long it may take."""

    name: str
    every: int
    task: Task
    timeout: int = 30


SCHEDULE: tuple[Entry, ...] = (
    Entry("deliver", 1, tasks.deliver_waiting),
    Entry("mails", 5, tasks.send_mails, timeout=60),
    Entry("webhooks", 5, tasks.handle_webhooks),
    Entry("holds", 5, tasks.sweep_holds),
    Entry("closed", 5, tasks.close_accounts),
    Entry("seals", 3, tasks.seal_entries),
    Entry("reconcile", 10, tasks.reconcile_payments),
    Entry("compare", 3600, tasks.compare_payments, timeout=300),
    Entry("labels", 5, tasks.make_labels, timeout=60),
    Entry("tracking", 30, tasks.follow_parcels, timeout=60),
    Entry("shipments", 30, tasks.make_shipments, timeout=60),
    Entry("invoices", 30, tasks.issue_invoices, timeout=60),
    Entry("pictures", 15, tasks.make_renditions, timeout=300),
    Entry("wanted_pictures", 10, tasks.fetch_pictures, timeout=300),
    Entry("imports", 2, tasks.work_on_imports, timeout=3600),
    Entry("prices", 60, tasks.refresh_prices, timeout=60),
    Entry("documents", 60, tasks.renew_documents, timeout=600),
    Entry("names", 60, tasks.index_names, timeout=120),
    Entry("reviews", 15, tasks.ask_for_reviews),
    Entry("reports", 60, tasks.keep_reports, timeout=300),
    Entry("stock_values", 600, tasks.keep_stock, timeout=60),
    Entry("carts", 300, tasks.expire_carts),
    Entry("wishlists", 3600, tasks.expire_wishlists),
    Entry("sessions", 3600, tasks.sweep_sessions),
)
BY_NAME = {entry.name: entry for entry in SCHEDULE}
