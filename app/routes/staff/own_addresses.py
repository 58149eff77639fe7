"""Addresses that staff type: pasted whole from the browser they are as good as the path alone."""

from app.web.htmx import AnyRequest


def within_the_shop(request: AnyRequest, typed: str) -> str:
    """`typed` without the shop's own host; an address elsewhere stays as it is, to be refused."""
    base: str = request.app.state.shell().base_url.rstrip("/")
    text = typed.strip()
    if base and (text == base or text.startswith(f"{base}/")):
        return text.removeprefix(base) or "/"
    return text
