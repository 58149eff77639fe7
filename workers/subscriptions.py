"""Every subscriber of the shop, listed by hand."""

from domains import notifications, orders, search
from domains.kit import Subscriber

SUBSCRIBERS: tuple[Subscriber, ...] = (
    *orders.SUBSCRIBERS,
    *search.SUBSCRIBERS,
    *notifications.SUBSCRIBERS,
)
BY_NAME = {subscriber.name: subscriber for subscriber in SUBSCRIBERS}
