"""Addresses within the shop: what a menu, a banner or a redirect may lead to."""

import re
from urllib.parse import quote, unquote

from domains.kit.i18n import gettext as _

LONGEST_PATH = 300
_KEPT = "/%?#=&+,;:@!$'()*~-._[]"  # of an address; what else it has is written as per cent and two digits
_ANCHOR = re.compile(r"#[a-z0-9-]{1,60}")


def own_path(typed: str) -> str:
    """`typed` as an address of this shop, ready for a link or a header; empty for whatever leads elsewhere.

    Refused: other hosts and schemes in any spelling (`//evil`, `/\\evil`, `/%2Fevil`, `javascript:1`).
    """
    plain = unquote(unquote(typed.strip()))
    path = re.split(r"[?#]", plain, maxsplit=1)[0]
    if not plain.startswith("/") or "//" in path or "\\" in plain or len(typed) > LONGEST_PATH:
        return ""
    if any(not letter.isprintable() for letter in plain) or plain.lstrip("/ ").startswith("@"):
        return ""
    written = quote(typed.strip(), safe=_KEPT)
    return written if len(written) <= 2 * LONGEST_PATH else ""


def link_target(typed: str) -> str:
    """As `own_path`, or a place on the same page (`#new`)."""
    return typed.strip() if _ANCHOR.fullmatch(typed.strip()) else own_path(typed)


def plain_path(typed: str) -> str:
    """The path alone as a request asks for it: decoded, without query, anchor and the slash at its end."""
    found = own_path(typed)
    return found and (unquote(re.split(r"[?#]", found, maxsplit=1)[0]).rstrip("/") or "/")


def not_ours() -> str:
    return _("Enter an address of this shop that begins with one slash, such as /pages/about.")
