"""Every subscriber of the shop, listed by hand."""

from domains import desk, downloads, fulfilment, invoicing, notifications, orders, returns, reviews, search
from domains.kit import Subscriber

SUBSCRIBERS: tuple[Subscriber, ...] = (
    *orders.SUBSCRIBERS,
    *fulfilment.SUBSCRIBERS,
    *downloads.SUBSCRIBERS,
    *invoicing.SUBSCRIBERS,
    *returns.SUBSCRIBERS,
    *reviews.SUBSCRIBERS,
    *search.SUBSCRIBERS,
    *notifications.SUBSCRIBERS,
    *desk.SUBSCRIBERS,
)
BY_NAME = {subscriber.name: subscriber for subscriber in SUBSCRIBERS}
