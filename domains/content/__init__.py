"""The words of a shop: its pages, the menus that lead to them, and what visitors write to it.

Owns: pages (delivery, returns, terms, imprint ...) and messages of the contact form.

Words: a *page* is a text under `/pages/{slug}`, written in Markdown; a *menu* is where the footer lists it
(`service`, `legal`, or none); a *placeholder* such as `[[legal_name]]` is filled with the shop's settings when the page
is shown, so that a text never tells last year's address; a *message* is what a visitor sent by the contact form.

Invariants: what is stored as HTML went through the one sanitiser; a draft is shown to nobody; a message is encrypted
at rest and deleted after `KEPT_DAYS`.
"""

from domains.content.defaults import plant_defaults
from domains.content.drafts import (
    drop_draft,
    every_page,
    hide_page,
    keep_draft,
    page_record,
    preview,
    publish_page,
    start_page,
)
from domains.content.errors import MessageNotFound, PageNotFound, SlugTaken
from domains.content.events import MessageReceived, PageChanged
from domains.content.operations import KEPT_DAYS, change_page, receive_message, save_page, sweep_messages
from domains.content.queries import menu, message, page, published
from domains.content.rich_text import rich_text
from domains.content.states import Kind, Menu
from domains.content.views import MenuEntry, MessageView, PageDraft, PageRecord, PageView

__all__ = [
    "KEPT_DAYS",
    "Kind",
    "Menu",
    "MenuEntry",
    "MessageNotFound",
    "MessageReceived",
    "MessageView",
    "PageChanged",
    "PageDraft",
    "PageNotFound",
    "PageRecord",
    "PageView",
    "SlugTaken",
    "change_page",
    "drop_draft",
    "every_page",
    "hide_page",
    "keep_draft",
    "menu",
    "message",
    "page",
    "page_record",
    "plant_defaults",
    "preview",
    "publish_page",
    "published",
    "receive_message",
    "rich_text",
    "save_page",
    "start_page",
    "sweep_messages",
]
