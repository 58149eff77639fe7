"""Mails in words: a text template, and an MJML one that becomes HTML which mail programs show alike.

`templates/emails/<name>.txt` has a block `subject` and a block `body`; `<name>.mjml` is the same for the eye. Both
are Jinja; MJML is compiled by mrml, in the process, with nothing fetched.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.runtime.templates import TEMPLATES, Regional, environment
from domains.notifications import Rendered

# mrml knows some font names and would have the reader's mail program fetch them from a stranger.
_EMPTY_LINES = re.compile(r"\n{3,}")
_PLAIN = mrml.RenderOptions(fonts={})


class MailRenderer:
    """Renders the mails of `folder`. Links come whole with the context: a mail knows no routes."""

    def __init__(self, *, regional: Callable[[], Regional], folder: Path = TEMPLATES) -> None:
        html = environment(url=_no_routes, static=_no_routes, regional=regional, folder=folder)
        text = Environment(
            loader=FileSystemLoader(folder),
            autoescape=False,  # noqa: S701 (plain text: an ampersand is an ampersand)
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        text.globals.update(html.globals)
        text.filters.update(html.filters)
        self._html, self._text = html, text

    def __call__(self, template: str, context: dict[str, Any]) -> Rendered:
        """The mail `template` in words. Raises `ValueError` for MJML that does not compile."""
        plain = self._text.get_template(f"emails/{template}.txt")
        own = context.get("own")
        subject = own.subject if own else ""
        subject = subject or "".join(plain.blocks["subject"](plain.new_context(context)))
        mjml = self._html.get_template(f"emails/{template}.mjml").render(subject=subject.strip(), **context)
        return Rendered(
            subject=" ".join(subject.split()),
            text=_EMPTY_LINES.sub("\n\n", plain.render(context).strip()) + "\n",
            html=mrml.to_html(mjml, render_options=_PLAIN).content,
        )


def _no_routes(name: str, **_params: Any) -> str:
    raise LookupError(f"a mail cannot link to {name}: its links are given to it whole")
