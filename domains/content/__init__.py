"""The words of a shop: its pages, its home page, the menus that lead to them, and what visitors write to it.

Owns: pages (delivery, returns, terms, imprint ...), the sections of the home page, menus, redirects of old addresses
and messages of the contact form.

Words: a *page* is a text under `/pages/{slug}`, written in Markdown; a *menu* is where the footer lists it
(`service`, `legal`, or none); a *placeholder* such as `[[legal_name]]` is filled with the shop's settings when the page
is shown, so that a text never tells last year's address; a *message* is what a visitor sent by the contact form:
*open* until staff have *answered* it (by mail, as often as it takes) or *closed* it without an answer.

Invariants: what is stored as HTML went through the one sanitiser; a draft is shown to nobody; a message and its answers
are encrypted at rest and deleted `KEPT_DAYS` after it was settled, never while it is open.
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
from domains.content.errors import (
    AnsweredMeanwhile,
    HomeChangedMeanwhile,
    MessageNotFound,
    MessageStateForbidden,
    PageNotFound,
    RedirectNotFound,
    SectionNotFound,
    SlugTaken,
)
from domains.content.events import HomeChanged, MenuChanged, MessageAnswered, MessageReceived, PageChanged
from domains.content.home import (
    HOME_ID,
    HomePage,
    add_section,
    begin_usual_home,
    change_section,
    drop_home_draft,
    home,
    home_page,
    mark_of,
    move_section,
    publish_home,
    remove_section,
    words_of,
)
from domains.content.menus import (
    LinkKind,
    MenuItem,
    MenuName,
    OwnMenu,
    let_menu_fill_itself,
    own_menus,
    set_menu,
)
from domains.content.messages import (
    KEPT_DAYS,
    LONGEST_MESSAGE,
    answer_message,
    close_message,
    message,
    opened,
    receive_message,
    reopen_message,
    sweep_messages,
)
from domains.content.operations import change_page, save_page
from domains.content.paths import (
    link_target,
    own_path,
    plain_path,
)
from domains.content.queries import menu, page, published
from domains.content.redirects import (
    Redirect,
    add_redirect,
    find_redirects,
    leads_to,
    remove_redirect,
)
from domains.content.rich_text import rich_text
from domains.content.sections import (
    ICONS,
    KINDS,
    MOST_PRODUCTS,
    MOST_PROMISES,
    AnySection,
    Banner,
    Bestsellers,
    Categories,
    ChosenProducts,
    FeaturedCategory,
    Newest,
    Promise,
    Promises,
    Section,
    Sections,
    Words,
    check_section,
    kind_of,
)
from domains.content.states import Kind, Menu, MessageState
from domains.content.views import AnswerView, MenuEntry, MessageView, PageDraft, PageRecord, PageView

__all__ = [
    "HOME_ID",
    "ICONS",
    "KEPT_DAYS",
    "KINDS",
    "LONGEST_MESSAGE",
    "MOST_PRODUCTS",
    "MOST_PROMISES",
    "AnswerView",
    "AnsweredMeanwhile",
    "AnySection",
    "Banner",
    "Bestsellers",
    "Categories",
    "ChosenProducts",
    "FeaturedCategory",
    "HomeChanged",
    "HomeChangedMeanwhile",
    "HomePage",
    "Kind",
    "LinkKind",
    "Menu",
    "MenuChanged",
    "MenuEntry",
    "MenuItem",
    "MenuName",
    "MessageAnswered",
    "MessageNotFound",
    "MessageReceived",
    "MessageState",
    "MessageStateForbidden",
    "MessageView",
    "Newest",
    "OwnMenu",
    "PageChanged",
    "PageDraft",
    "PageNotFound",
    "PageRecord",
    "PageView",
    "Promise",
    "Promises",
    "Redirect",
    "RedirectNotFound",
    "Section",
    "SectionNotFound",
    "Sections",
    "SlugTaken",
    "Words",
    "add_redirect",
    "add_section",
    "answer_message",
    "begin_usual_home",
    "change_page",
    "change_section",
    "check_section",
    "close_message",
    "drop_draft",
    "drop_home_draft",
    "every_page",
    "find_redirects",
    "hide_page",
    "home",
    "home_page",
    "keep_draft",
    "kind_of",
    "leads_to",
    "let_menu_fill_itself",
    "link_target",
    "mark_of",
    "menu",
    "message",
    "move_section",
    "opened",
    "own_menus",
    "own_path",
    "page",
    "page_record",
    "plain_path",
    "plant_defaults",
    "preview",
    "publish_home",
    "publish_page",
    "published",
    "receive_message",
    "remove_redirect",
    "remove_section",
    "reopen_message",
    "rich_text",
    "save_page",
    "set_menu",
    "start_page",
    "sweep_messages",
    "words_of",
]
