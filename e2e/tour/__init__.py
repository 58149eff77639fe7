"""A walk through every page that is built, for who looks at them all: the checks, and the pictures.

Each part is a generator of sights; the page stands open as long as the looker looks. `PARTS` are shown by the shop of
the journeys. `back_office` and `mails` need a past: the one something on every page, the other what was sent meanwhile.
"""

from collections.abc import Callable, Iterator

from e2e.stage import Stage
from e2e.tour.accounts import accounts, belongings
from e2e.tour.back_office import back_office, desk
from e2e.tour.checkout import checkout, troubles
from e2e.tour.goods import carts, goods
from e2e.tour.keeping import keeping
from e2e.tour.mails import mails
from e2e.tour.sights import Open, Sight

__all__ = ["PARTS", "Open", "Part", "Sight", "back_office", "mails"]

type Part = Callable[[Stage, Open], Iterator[Sight]]

PARTS: tuple[Part, ...] = (goods, carts, checkout, troubles, accounts, belongings, keeping, desk)
