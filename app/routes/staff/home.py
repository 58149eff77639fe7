"""The overview: how today goes, and what waits."""

from litestar import get

from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page


@get("/staff", name="staff.home", access=staff("desk.see"))
async def show(request: AnyRequest) -> Page:
    return page(request, "staff/home.html")


ROUTES = [show]
