"""Returns: the queue by state, and each of them with the next thing to do."""

from app.routes.staff.returns import asking, deciding, queue, showing
from app.routes.staff.returns.deciding import warehouse_of
from app.routes.staff.returns.timeline import Happened

__all__ = ["ROUTES", "Happened", "warehouse_of"]

ROUTES = [*queue.ROUTES, *showing.ROUTES, *deciding.ROUTES, *asking.ROUTES]
