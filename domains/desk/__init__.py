"""What looks over the whole shop: read models that join what belongs to several domains, and the doctor.

Owns the views that staff keep of its lists. The doctor's invariants are SQL over the live tables, numbered as the
packages that keep them number them; `shop doctor` runs them all.
"""

from domains.desk.customers import CustomerOrder, CustomerRow, Spent, find_customers, newest_orders, spent_by
from domains.desk.doctor import Finding, Verdict, examine
from domains.desk.exports import exported
from domains.desk.finding import Found, FoundCustomer, FoundProduct, find
from domains.desk.invariants import INVARIANTS, Invariant
from domains.desk.order_page import OrderDetail, order_detail
from domains.desk.orders import AT_WORK, OrderRow, find_orders
from domains.desk.overview import CHART_DAYS, WAITING, DaySales, Sales, sales, waiting
from domains.desk.products import ProductRow, find_products
from domains.desk.readiness import Readiness, readiness
from domains.desk.returns import RefundRow, ReturnRow, find_refunds, find_returns
from domains.desk.saved_views import MAY_REMOVE, SavedView, TooManyViews, ViewUnknown, remove_view, save_view, views_of
from domains.desk.stock import LedgerRow, LevelRow, Mention, find_levels, find_movements, levels_of
from domains.desk.stuck import Stuck, count_stuck, replay, replay_all, replay_webhook, stuck
from domains.desk.timeline import TimelineEntry, timeline
from domains.desk.trail import (
    Subject,
    Told,
    Trace,
    TraceDetail,
    find_traces,
    names_of_staff,
    told_of,
    trace,
)

__all__ = [
    "AT_WORK",
    "CHART_DAYS",
    "INVARIANTS",
    "MAY_REMOVE",
    "WAITING",
    "CustomerOrder",
    "CustomerRow",
    "DaySales",
    "Finding",
    "Found",
    "FoundCustomer",
    "FoundProduct",
    "Invariant",
    "LedgerRow",
    "LevelRow",
    "Mention",
    "OrderDetail",
    "OrderRow",
    "ProductRow",
    "Readiness",
    "RefundRow",
    "ReturnRow",
    "Sales",
    "SavedView",
    "Spent",
    "Stuck",
    "Subject",
    "TimelineEntry",
    "Told",
    "TooManyViews",
    "Trace",
    "TraceDetail",
    "Verdict",
    "ViewUnknown",
    "count_stuck",
    "examine",
    "exported",
    "find",
    "find_customers",
    "find_levels",
    "find_movements",
    "find_orders",
    "find_products",
    "find_refunds",
    "find_returns",
    "find_traces",
    "levels_of",
    "names_of_staff",
    "newest_orders",
    "order_detail",
    "readiness",
    "remove_view",
    "replay",
    "replay_all",
    "replay_webhook",
    "sales",
    "save_view",
    "spent_by",
    "stuck",
    "timeline",
    "told_of",
    "trace",
    "views_of",
    "waiting",
]
