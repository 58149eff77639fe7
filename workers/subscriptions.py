"""Every subscriber of the shop, listed by hand."""

from domains import invoicing, notifications, orders, reviews, search
from domains.kit import Subscriber

SUBSCRIBERS: tuple[Subscriber, ...] = (
    *orders.SUBSCRIBERS,
    *invoicing.SUBSCRIBERS,
    *reviews.SUBSCRIBERS,
    *search.SUBSCRIBERS,
    *notifications.SUBSCRIBERS,
)
BY_NAME = {subscriber.name: subscriber for subscriber in SUBSCRIBERS}
