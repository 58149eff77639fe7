"""What only a demo or test shop shows: every mail, as it would look for what the shop has now."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.runtime.mail import MailRenderer
from app.runtime.settings import Settings
from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from app.web.page import PRIVATE, Page, page
from domains import notifications
from domains.kit import Actor, Database, NotFound
from domains.kit.clock import environment
from domains.notifications import NothingToShow

# A mail may look as it likes and do nothing.
_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


@get("/demo/mails", name="demo.mails", access=PUBLIC)
async def list_mails(request: AnyRequest, db: NamedDependency[Database], settings: NamedDependency[Settings]) -> Page:
    await _only_in_a_demo(db)
    render = _renderer(request)
    subjects: list[tuple[str, str, str]] = []
    for name, audience in notifications.templates().items():
        try:
            composed = await notifications.preview(db, name, base_url=settings.base_url)
            subject = render(composed.template, composed.context).subject
        except NothingToShow:
            subject = ""
        subjects.append((name, audience, subject))
    return page(request, "demo/mails.html", mails=subjects)


@get("/demo/mails/{mail:str}", name="demo.mail", access=PUBLIC)
async def show_mail(
    request: AnyRequest, db: NamedDependency[Database], settings: NamedDependency[Settings], mail: FromPath[str]
) -> Response[str]:
    """The mail as its reader gets it; `TEMPLATE.txt` is its text part."""
    await _only_in_a_demo(db)
    template, _dot, ending = mail.partition(".")
    composed = await notifications.preview(db, template, base_url=settings.base_url)
    words = _renderer(request)(composed.template, composed.context)
    headers = {"Cache-Control": PRIVATE, "Content-Security-Policy": _POLICY}
    if ending == "txt":
        return Response(words.text, media_type="text/plain", headers=headers)
    return Response(words.html, media_type="text/html", headers=headers)


def _renderer(request: AnyRequest) -> MailRenderer:
    return MailRenderer(regional=request.app.state.shell)


async def _only_in_a_demo(db: Database) -> None:
    """Raises `NotFound` in a real shop: its mails are about real people."""
    async with db.transaction(Actor.system("demo")) as tx:
        if await environment(tx) == "production":
            raise NotFound


ROUTES = [list_mails, show_mail]
