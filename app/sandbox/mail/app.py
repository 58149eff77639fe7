"""The pages of the mail catcher, its JSON, and its faults."""

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Litestar, MediaType, Request, Response, delete, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from app.sandbox.guard import only_local
from app.sandbox.mail.box import Box, Mail
from app.sandbox.mail.smtp import MailFaults, SmtpServer

_STYLE = Path(__file__).parent.parent / "stripe_server" / "assets" / "sandbox.css"
_CSP = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
# A mail may look as it likes and do nothing; its links open beside it.
_MAIL_CSP = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
    " img-src http: https: data:; frame-ancestors 'self'"
)


class MailCatcher:
    """An ASGI `app` and an `smtp` server over one box."""

    def __init__(self, directory: Path | None) -> None:
        self.box = Box(directory)
        self.smtp = SmtpServer(self.box)
        self._pages = Environment(
            loader=PackageLoader("app.sandbox.mail", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.filters["when"] = lambda date: datetime.fromisoformat(date).strftime("%Y-%m-%d %H:%M:%S UTC")
        self.app = only_local(self._app())

    def _page(self, name: str, **told: Any) -> Response[str]:
        return Response(
            self._pages.get_template(name).render(**told),
            media_type=MediaType.HTML,
            headers={
                "content-security-policy": _CSP,
                "cache-control": "no-store",
                "referrer-policy": "same-origin",
                "x-content-type-options": "nosniff",
            },
        )

    def _mail(self, id_: str) -> Mail:
        mail = self.box.get(id_)
        if mail is None:
            raise NotFoundException
        return mail

    def _app(self) -> Litestar:
        box, smtp = self.box, self.smtp

        @get("/", sync_to_thread=False)
        def inbox() -> Response[str]:
            return self._page("inbox.html", mails=box.all()[::-1], faults=smtp.faults)

        @get("/health", sync_to_thread=False)
        def health() -> dict[str, str]:
            return {"status": "ready"}

        @get("/sandbox.css", sync_to_thread=False)
        def style() -> Response[bytes]:
            return Response(_STYLE.read_bytes(), media_type="text/css; charset=utf-8")

        @get("/messages.json", sync_to_thread=False)
        def messages() -> list[dict[str, Any]]:
            return [msgspec.to_builtins(mail) for mail in box.all()]

        @get("/messages/{id_:str}", sync_to_thread=False)
        def show(id_: FromPath[str]) -> Response[str]:
            mail = self._mail(id_)
            return self._page("mail.html", mail=mail, as_text=not mail.html)

        @get("/messages/{id_:str}/text", sync_to_thread=False)
        def text(id_: FromPath[str]) -> Response[str]:
            return self._page("mail.html", mail=self._mail(id_), as_text=True)

        @get("/messages/{id_:str}/html", sync_to_thread=False)
        def html(id_: FromPath[str]) -> Response[str]:
            return Response(
                _in_new_tabs(self._mail(id_).html),
                media_type=MediaType.HTML,
                headers={"content-security-policy": _MAIL_CSP, "cache-control": "no-store"},
            )

        @delete("/messages", sync_to_thread=False)
        def clear() -> None:
            box.clear()

        @post("/messages/clear", status_code=303, sync_to_thread=False)
        def clear_by_hand() -> Response[str]:
            box.clear()
            return Response("", status_code=303, headers={"location": "/"})

        @get("/faults", sync_to_thread=False)
        def faults() -> dict[str, Any]:
            return dict(msgspec.to_builtins(smtp.faults))

        @post("/faults")
        async def break_(request: Request[Any, Any, Any]) -> Response[Any]:
            """`{"down": true}`, `{"slow": 5}`, `{"drop": true, "count": 1}`, `cut`, `bounce`, `later`."""
            try:
                wish = msgspec.json.decode(await request.body(), type=_Wish, strict=False)
            except msgspec.MsgspecError as error:
                return Response({"error": str(error)}, status_code=422)
            await smtp.break_(MailFaults(**msgspec.structs.asdict(wish)))
            return Response(msgspec.to_builtins(smtp.faults), status_code=201)

        @delete("/faults")
        async def mend() -> None:
            await smtp.break_(MailFaults())

        return Litestar(
            route_handlers=[
                inbox, health, style, messages, show, text, html, clear, clear_by_hand, faults, break_, mend,
            ],
            openapi_config=None,
            logging_config=None,
        )  # fmt: skip


class _Wish(msgspec.Struct, forbid_unknown_fields=True):
    down: bool = False
    slow: float = 0
    drop: bool = False
    cut: bool = False
    bounce: bool = False
    later: bool = False
    count: int | None = None


def _in_new_tabs(html: str) -> str:
    base = '<base target="_blank">'
    head = html.lower().find("<head>")
    return base + html if head < 0 else html[: head + 6] + base + html[head + 6 :]
