"""What looks over the whole shop: read models that join what belongs to several domains, and the doctor.

Owns the views that staff keep of its lists. The doctor's invariants are SQL over the live tables, numbered as the
packages that keep them number them; `shop doctor` runs them all.
"""

from domains.desk.catching_up import without_shipments
from domains.desk.customers import CustomerOrder, CustomerRow, Spent, find_customers, newest_orders, spent_by
from domains.desk.doctor import Finding, Verdict, examine
from domains.desk.drafts import DraftRow, find_drafts
from domains.desk.exports import exported
from domains.desk.finding import Found, FoundCustomer, FoundProduct, find
from domains.desk.invariants import INVARIANTS, Invariant
from domains.desk.mails import MailRow, find_mails
from domains.desk.messages import (
    AnswerTold,
    MessageDetail,
    MessageRow,
    OrderOfWriter,
    Said,
    conversation,
    find_messages,
    message_detail,
)
from domains.desk.offers import Offer, offers
from domains.desk.order_page import OrderDetail, order_detail
from domains.desk.orders import AT_WORK, OrderRow, find_orders
from domains.desk.overview import CHART_DAYS, WAITING, DaySales, Sales, sales, waiting
from domains.desk.products import ProductRow, find_product_ids, find_products
from domains.desk.readiness import Readiness, readiness
from domains.desk.reports import (
    MOST_PRODUCTS,
    Figures,
    MoneyRow,
    SalesRow,
    Span,
    Step,
    TaxRow,
    money_by_method,
    money_over_time,
    sales_by_category,
    sales_by_country,
    sales_by_product,
    sales_over_time,
    sum_money,
    sum_sales,
    sum_taxes,
    taxes,
)
from domains.desk.reports_kept import SUBSCRIBERS, keep_reports, mend_reports
from domains.desk.reports_reconciled import DAYS_SHOWN, ComparedDay, compared_days, findings
from domains.desk.reports_reconciled import Finding as MoneyFinding
from domains.desk.reports_stock import (
    ProductValue,
    StockReport,
    StockValue,
    find_stock_values,
    keep_stock,
    stock_report,
)
from domains.desk.returns import RefundRow, ReturnRow, find_refunds, find_returns
from domains.desk.reviews import ReviewRow, find_reviews, next_review, review, reviews_of
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
    "DAYS_SHOWN",
    "INVARIANTS",
    "MAY_REMOVE",
    "MOST_PRODUCTS",
    "SUBSCRIBERS",
    "WAITING",
    "AnswerTold",
    "ComparedDay",
    "CustomerOrder",
    "CustomerRow",
    "DaySales",
    "DraftRow",
    "Figures",
    "Finding",
    "Found",
    "FoundCustomer",
    "FoundProduct",
    "Invariant",
    "LedgerRow",
    "LevelRow",
    "MailRow",
    "Mention",
    "MessageDetail",
    "MessageRow",
    "MoneyFinding",
    "MoneyRow",
    "Offer",
    "OrderDetail",
    "OrderOfWriter",
    "OrderRow",
    "ProductRow",
    "ProductValue",
    "Readiness",
    "RefundRow",
    "ReturnRow",
    "ReviewRow",
    "Said",
    "Sales",
    "SalesRow",
    "SavedView",
    "Span",
    "Spent",
    "Step",
    "StockReport",
    "StockValue",
    "Stuck",
    "Subject",
    "TaxRow",
    "TimelineEntry",
    "Told",
    "TooManyViews",
    "Trace",
    "TraceDetail",
    "Verdict",
    "ViewUnknown",
    "compared_days",
    "conversation",
    "count_stuck",
    "examine",
    "exported",
    "find",
    "find_customers",
    "find_drafts",
    "find_levels",
    "find_mails",
    "find_messages",
    "find_movements",
    "find_orders",
    "find_product_ids",
    "find_products",
    "find_refunds",
    "find_returns",
    "find_reviews",
    "find_stock_values",
    "find_traces",
    "findings",
    "keep_reports",
    "keep_stock",
    "levels_of",
    "mend_reports",
    "message_detail",
    "money_by_method",
    "money_over_time",
    "names_of_staff",
    "newest_orders",
    "next_review",
    "offers",
    "order_detail",
    "readiness",
    "remove_view",
    "replay",
    "replay_all",
    "replay_webhook",
    "review",
    "reviews_of",
    "sales",
    "sales_by_category",
    "sales_by_country",
    "sales_by_product",
    "sales_over_time",
    "save_view",
    "spent_by",
    "stock_report",
    "stuck",
    "sum_money",
    "sum_sales",
    "sum_taxes",
    "taxes",
    "timeline",
    "told_of",
    "trace",
    "views_of",
    "waiting",
    "without_shipments",
]
