"""Reviews: what buyers say of what they bought, the stars of each product, and when buyers are asked.

Owns: reviews, the ratings made of them, readers' reports, the plan to ask the buyer of each order once.

Words: a review is *published* (shown and counted), *pending* (staff look first), *hidden* by staff with a reason, or
*removed* by its writer for good. A *rating* is the published reviews of a product in numbers. A review is *owed* while
an order that has arrived has a product without one.

Every writer is a verified buyer: a review belongs to a product of an order, and only who owns that order or holds a
link to it may write. One review per product and order: bought again, it may be reviewed again. Who wrote it the order
knows; shown is a name of the writer's choice, so a closed account changes nothing here.

Invariant (`shop doctor`): I32 every rating is the sum of the published reviews, and each review is of what was bought.
"""

from domains.reviews.errors import (
    NotArrived,
    NotBought,
    ReviewChangedMeanwhile,
    ReviewGone,
    ReviewNotFound,
    ReviewStateForbidden,
)
from domains.reviews.events import (
    ReviewChanged,
    ReviewHeld,
    ReviewHidden,
    ReviewPublished,
    ReviewRemoved,
    ReviewReplied,
    ReviewRequested,
)
from domains.reviews.models import LONGEST_BODY, LONGEST_NAME, LONGEST_TITLE
from domains.reviews.operations import ask_due, configure, hide, keep, publish, remove, reply, report, write
from domains.reviews.queries import SURELY_ARRIVED, in_lock_order, of_order, page, ratings, settings
from domains.reviews.states import TRANSITIONS, Doubt, HideReason, RequestOutcome, ReviewStatus
from domains.reviews.subscribers import SUBSCRIBERS
from domains.reviews.views import (
    PAGE_SIZE,
    Buyer,
    Item,
    OrderReviews,
    OwnReview,
    Rating,
    ReviewDraft,
    ReviewPage,
    ReviewView,
    Settings,
    Sort,
    Written,
)
from domains.reviews.words import suggested_name

__all__ = [
    "LONGEST_BODY",
    "LONGEST_NAME",
    "LONGEST_TITLE",
    "PAGE_SIZE",
    "SUBSCRIBERS",
    "SURELY_ARRIVED",
    "TRANSITIONS",
    "Buyer",
    "Doubt",
    "HideReason",
    "Item",
    "NotArrived",
    "NotBought",
    "OrderReviews",
    "OwnReview",
    "Rating",
    "RequestOutcome",
    "ReviewChanged",
    "ReviewChangedMeanwhile",
    "ReviewDraft",
    "ReviewGone",
    "ReviewHeld",
    "ReviewHidden",
    "ReviewNotFound",
    "ReviewPage",
    "ReviewPublished",
    "ReviewRemoved",
    "ReviewReplied",
    "ReviewRequested",
    "ReviewStateForbidden",
    "ReviewStatus",
    "ReviewView",
    "Settings",
    "Sort",
    "Written",
    "ask_due",
    "configure",
    "hide",
    "in_lock_order",
    "keep",
    "of_order",
    "page",
    "publish",
    "ratings",
    "remove",
    "reply",
    "report",
    "settings",
    "suggested_name",
    "write",
]
