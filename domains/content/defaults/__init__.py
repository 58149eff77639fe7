"""The pages a new shop opens with: plain and honest, for the merchant to make his own.

They state what most shops do and the law asks at least (30 days for returns, money back within 14), which the merchant
must be able to keep: `shop setup` asks him to read them before he opens. What only he can know is left out; the shop's
name and address stand in them as placeholders.
"""

from pathlib import Path

from domains.content.operations import save_page
from domains.content.states import Kind, Menu
from domains.content.views import PageDraft
from domains.kit import Transaction
from domains.kit.i18n import gettext as _

_FOLDER = Path(__file__).parent

_PAGES: tuple[tuple[str, str, str, Kind, Menu], ...] = (
    ("delivery", _("Delivery"), _("Where we deliver, by which way, for how much."), Kind.DELIVERY, Menu.SERVICE),
    ("returns", _("Returns"), _("How to send something back."), Kind.TEXT, Menu.SERVICE),
    ("contact", _("Contact"), _("Write to us; a person answers."), Kind.CONTACT, Menu.SERVICE),
    ("about", _("About us"), _("Who we are."), Kind.TEXT, Menu.SERVICE),
    ("terms", _("Terms of sale"), _("The terms under which we sell."), Kind.TEXT, Menu.LEGAL),
    ("privacy", _("Privacy"), _("What we know about you, why, and for how long."), Kind.TEXT, Menu.LEGAL),
    ("imprint", _("Imprint"), _("Who is responsible for this shop."), Kind.TEXT, Menu.LEGAL),
)


async def plant_defaults(tx: Transaction) -> None:
    """Make the first pages of a shop that has none. Emits `page.changed` for each; does nothing where a page exists."""
    if (await tx.sql("SELECT 1 FROM content.pages LIMIT 1")).first() is not None:
        return
    for position, (slug, title, description, kind, menu) in enumerate(_PAGES):
        body = (_FOLDER / f"{slug}.md").read_text(encoding="utf-8")
        await save_page(
            tx,
            PageDraft(
                slug=slug,
                title=title,
                description=description,
                body=body,
                kind=kind,
                menu=menu,
                position=position,
            ),
        )
