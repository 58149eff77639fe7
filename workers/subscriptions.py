"""Every subscriber of the shop, listed by hand."""

from domains import downloads, invoicing, notifications, orders, returns, reviews, search
from domains.kit import Subscriber

SUBSCRIBERS: tuple[Subscriber, ...] = (
    *orders.SUBSCRIBERS,
    *downloads.SUBSCRIBERS,
    *invoicing.SUBSCRIBERS,
    *returns.SUBSCRIBERS,
    *reviews.SUBSCRIBERS,
    *search.SUBSCRIBERS,
    *notifications.SUBSCRIBERS,
)
BY_NAME = {subscriber.name: subscriber for subscriber in SUBSCRIBERS}
