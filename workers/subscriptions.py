"""Every subscriber of the shop, listed by hand."""

from domains import notifications, orders, reviews, search
from domains.kit import Subscriber

SUBSCRIBERS: tuple[Subscriber, ...] = (
    *orders.SUBSCRIBERS,
    *reviews.SUBSCRIBERS,
    *search.SUBSCRIBERS,
    *notifications.SUBSCRIBERS,
)
BY_NAME = {subscriber.name: subscriber for subscriber in SUBSCRIBERS}
