"""What looks over the whole shop: read models that join what belongs to several domains, and the doctor.

Owns the views that staff keep of its lists. The doctor's invariants are SQL over the live tables, numbered as the
packages that keep them number them; `shop doctor` runs them all.
"""

from domains.desk.doctor import Finding, Verdict, examine
from domains.desk.exports import exported
from domains.desk.finding import Found, FoundCustomer, FoundProduct, find
from domains.desk.invariants import INVARIANTS, Invariant
from domains.desk.orders import OrderRow, find_orders
from domains.desk.overview import CHART_DAYS, WAITING, DaySales, Sales, sales, waiting
from domains.desk.products import ProductRow, find_products
from domains.desk.readiness import Readiness, readiness
from domains.desk.saved_views import MAY_REMOVE, SavedView, TooManyViews, ViewUnknown, remove_view, save_view, views_of
from domains.desk.trail import (
    Subject,
    Trace,
    TraceDetail,
    find_traces,
    kinds_of_subjects,
    names_of_staff,
    trace,
)

__all__ = [
    "CHART_DAYS",
    "INVARIANTS",
    "MAY_REMOVE",
    "WAITING",
    "DaySales",
    "Finding",
    "Found",
    "FoundCustomer",
    "FoundProduct",
    "Invariant",
    "OrderRow",
    "ProductRow",
    "Readiness",
    "Sales",
    "SavedView",
    "Subject",
    "TooManyViews",
    "Trace",
    "TraceDetail",
    "Verdict",
    "ViewUnknown",
    "examine",
    "exported",
    "find",
    "find_orders",
    "find_products",
    "find_traces",
    "kinds_of_subjects",
    "names_of_staff",
    "readiness",
    "remove_view",
    "sales",
    "save_view",
    "trace",
    "views_of",
    "waiting",
]
