"""The words of a review: cleaned, bounded, and looked through for what staff should see first."""

import re
import unicodedata
from collections.abc import Sequence

from domains.kit import Invalid
from domains.kit.i18n import gettext as _
from domains.reviews.models import LONGEST_BODY, LONGEST_NAME, LONGEST_TITLE
from domains.reviews.states import Doubt
from domains.reviews.views import ReviewDraft

_TOO_MANY_LINES = re.compile(r"\n{3,}")
_JOINERS = "\u200c\u200d"  # of emoji and of some scripts' letters
# Top-level domains that are words ("lovely.It came") are left out: staff need not read every missing space.
_LINK = re.compile(
    r"https?:|www\.|[^\s@]@[^\s@]+\.[a-z]|\b[a-z0-9-]{2,}\.(?:com|net|org|info|biz|io|xyz|shop|site|dev|ru|cn)\b",
    re.IGNORECASE,
)


def cleaned(draft: ReviewDraft) -> ReviewDraft:
    """The draft as it is kept: plain text in NFC, without characters that nobody sees or that turn a line around.

    Raises `Invalid` with every wrong field.
    """
    name, title = _line(draft.name), _line(draft.title)
    body = _TOO_MANY_LINES.sub("\n\n", "\n".join(_line(line) for line in draft.body.splitlines())).strip()
    errors: dict[str, str] = {}
    if not 1 <= draft.stars <= 5:
        errors["stars"] = _("Choose from one to five stars.")
    if len(title) > LONGEST_TITLE:
        errors["title"] = _too_long(LONGEST_TITLE)
    if len(body) > LONGEST_BODY:
        errors["body"] = _too_long(LONGEST_BODY)
    if not name:
        errors["name"] = _("Enter the name to show with your review. A first name is enough.")
    elif len(name) > LONGEST_NAME:
        errors["name"] = _too_long(LONGEST_NAME)
    elif "@" in name:
        errors["name"] = _("Enter a name, not an e-mail address: everybody would see it.")
    if errors:
        raise Invalid(errors)
    return ReviewDraft(draft.stars, name, title, body)


def doubt_of(draft: ReviewDraft, blocked: Sequence[str]) -> Doubt | None:
    """Why staff should look at these words before they are shown; None if nothing speaks against them."""
    words = "\n".join((draft.name, draft.title, draft.body))
    if _LINK.search(words):
        return Doubt.LINK
    said = set(re.findall(r"\w+", _folded(words)))
    return Doubt.WORD if any(_folded(word) in said for word in blocked) else None


def cleaned_reply(body: str) -> str:
    """What staff answer, cleaned like a review. Raises `Invalid`."""
    text = _TOO_MANY_LINES.sub("\n\n", "\n".join(_line(line) for line in body.splitlines())).strip()
    if len(text) > LONGEST_BODY:
        raise Invalid({"reply": _too_long(LONGEST_BODY)})
    return text


def suggested_name(full_name: str) -> str:
    """The name to offer a writer: "Ana Pérez" becomes "Ana P."; he may choose any other."""
    first, *rest = full_name.split() or [""]
    return f"{first} {rest[-1][0]}."[:LONGEST_NAME] if rest else first[:LONGEST_NAME]


def _line(text: str) -> str:
    # Cc are control characters; Cf those that format, some of which turn the text around.
    kept = (
        " " if letter == "\t" else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter in "\t" + _JOINERS or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )
    return " ".join("".join(kept).split())


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _too_long(longest: int) -> str:
    return _("Use at most {longest} characters.").format(longest=longest)
