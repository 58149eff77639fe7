"""Mails, made only from facts.

Owns the notification log and what turns an event into a message. An event names ids alone; who gets the mail and what
stands in it is read from the domains below at the moment it is made. A mail server that is down delays mails and
nothing else.

Words: a *notification* is one message to one recipient; it is `queued`, then `sent`, or `failed` after the last retry;
`bounced` is one of which a mail server reports later that it did not arrive. What failed can be *retried* (the same
one, under the same Message-ID), *sent again* (another one) or *set aside*: then nothing is left to do about it. A
*lease* keeps a second worker from sending what the first is sending.

Invariants: I26 exactly one confirmation per order that was ever confirmed (unique by event, template and audience).
"""

from domains.notifications.bounces import Bounce, read_bounce, take_bounce
from domains.notifications.flows import send_due
from domains.notifications.gateway import Mail, MailGateway, MailRefused, MailUnavailable, SmtpGateway
from domains.notifications.operations import (
    NotFailed,
    NotificationNotFound,
    count_as_sent,
    queue,
    retry,
    send_again,
    set_aside,
)
from domains.notifications.previews import NothingToShow, preview, preview_of, templates
from domains.notifications.queries import FailedTryView, MailView, NotificationView, log_of, mail
from domains.notifications.rendering import Composed, Rendered, Renderer
from domains.notifications.subscribers import SUBSCRIBERS, TEMPLATES
from domains.notifications.texts import PLACEHOLDERS, check_words, own_texts, sample, set_text
from domains.notifications.wording import OwnWords

__all__ = [
    "PLACEHOLDERS",
    "SUBSCRIBERS",
    "TEMPLATES",
    "Bounce",
    "Composed",
    "FailedTryView",
    "Mail",
    "MailGateway",
    "MailRefused",
    "MailUnavailable",
    "MailView",
    "NotFailed",
    "NothingToShow",
    "NotificationNotFound",
    "NotificationView",
    "OwnWords",
    "Rendered",
    "Renderer",
    "SmtpGateway",
    "check_words",
    "count_as_sent",
    "log_of",
    "mail",
    "own_texts",
    "preview",
    "preview_of",
    "queue",
    "read_bounce",
    "retry",
    "sample",
    "send_again",
    "send_due",
    "set_aside",
    "set_text",
    "take_bounce",
    "templates",
]
