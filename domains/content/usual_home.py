"""The home page of a shop that has made none of its own: it follows the shop's sentence and the pages it has."""

from collections.abc import Collection

from domains.content.sections import Banner, Bestsellers, Categories, Newest, Promise, Promises, Sections, Words
from domains.kit.i18n import gettext as _


def usual_home(tagline: str, pages: Collection[str]) -> Sections:
    """`tagline` is the shop's sentence, `pages` the slugs of its published pages: none is linked that is not there."""
    return (
        Banner(
            id="welcome",
            heading=tagline or _("Good things, made to be used"),
            text=_(
                "Chosen slowly and kept for years, described as they are,"
                " and delivered on a day you know before you pay."
            ),
            link="#new",
            link_label=_("See what is new"),
            has_drawing=True,
        ),
        Categories(id="by-category", heading=_("Look around")),
        Newest(id="new", heading=_("New things")),
        Words(
            id="story",
            heading=_("A covered walk with good light"),
            body=_(
                "In a stoa the merchants of a Greek city stood side by side in the shade, and you could take a thing"
                " in your hands before you paid for it. [[shop]] is kept in that spirit: few things, described as they"
                " are, with their measures, their materials and how to care for them.\n\n"
                "What is sold out is called sold out. What you see here is what we have."
            ),
        ),
        Bestsellers(id="popular", heading=_("What others take home")),
        Promises(id="promises", promises=_usual_promises(pages)),
    )


def _usual_promises(pages: Collection[str]) -> tuple[Promise, ...]:
    delivery = _("You see the date before you pay, not a range of weeks.")
    if "delivery" in pages:
        delivery += " " + _("[About delivery](/pages/delivery)")
    returns = _("How, and for how long, stands on one page. [About returns](/pages/returns)")
    return (
        Promise("calendar", _("Delivered on a day"), delivery),
        *([Promise("return", _("Not right? Send it back"), returns)] if "returns" in pages else []),
        Promise("account", _("No account needed"), _("An e-mail address is enough to buy.")),
        Promise("lock", _("Paid safely"), _("Your card is read by the payment service alone. We never see it.")),
        Promise("package", _("Kept for you"), _("While you check out, nobody else can take your things.")),
    )
