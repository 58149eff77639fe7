"""A guest's cookies: given with the first thing in what they open, renewed for their full time by each change."""

from app.runtime.settings import Settings
from app.web.page import Page
from app.web.visitors import Visitor, cart_cookie, wishlist_cookie


def keep_cart(answer: Page, visitor: Visitor, settings: Settings, token: str | None) -> Page:
    """After a change of the cart; `token` is that of a cart begun just now. Who is logged in needs no cookie."""
    kept = token or (visitor.cart_token if visitor.account_id is None else "")
    if kept:
        answer.set_cookie(cart_cookie(settings, kept))
    return answer


def keep_wishlist(answer: Page, visitor: Visitor, settings: Settings, token: str | None) -> Page:
    """After a change of the wish list; `token` is that of a list begun just now. Who is logged in needs no cookie."""
    kept = token or (visitor.wishlist_token if visitor.account_id is None else "")
    if kept:
        answer.set_cookie(wishlist_cookie(settings, kept))
    return answer
