"""How a PDF is handed out: shown by the browser, kept by nobody on the way."""

from litestar.response import Response

from app.web.page import PRIVATE
from domains.invoicing import Printed


def as_pdf(printed: Printed) -> Response[bytes]:
    """The paper under its own name. It holds somebody's name and address: no cache may keep it, no index name it."""
    return Response(
        printed.content,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{printed.name}"',
            "Cache-Control": PRIVATE,
            "X-Robots-Tag": "noindex, nofollow",
        },
    )
