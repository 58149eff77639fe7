"""The pages of the demo shop: the ones every new shop opens with, and Meander's own story."""

from domains import content
from domains.kit import Transaction

ABOUT = """
Meander began as a market stall on the Willamette: one table, a handful of makers, and a rule that still holds. We sell
nothing that we would not use ourselves, and we say of each thing what it is made of, how big it is, and how to look
after it.

## How we choose

We look for things that are good at one job and can be mended. Most come from workshops of fewer than twenty people, in
Oregon and around the North Sea. When something comes back to us more than once for the same fault, we stop selling it.

## Where things leave from

We pack in Portland for the Americas and in Rotterdam for Europe, so that most parcels travel no further than they must.

## Come and look

The stall is still there on Saturdays, under the Burnside Bridge.
"""


async def plant_pages(tx: Transaction) -> None:
    """Make the shop's pages."""
    await content.plant_defaults(tx)
    await content.change_page(
        tx, "about", title="About Meander", description="A market stall that grew.", body=ABOUT.strip()
    )
