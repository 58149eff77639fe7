"""The words of the shop's mails: a subject, an opening above what a mail has to say; looked at, sent as a test."""

import structlog
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from app.runtime.mail import MailRenderer
from app.runtime.settings import Settings
from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import notifications, store
from domains.kit import Database, Invalid, NotFound, new_id
from domains.kit.i18n import gettext as _
from domains.notifications import Mail, MailRefused, MailUnavailable, OwnWords, Rendered, SmtpGateway

log = structlog.get_logger(__name__)


class TextForm(Struct, forbid_unknown_fields=True):
    subject: str = ""
    opening: str = ""
    then: str = "save"


@get("/staff/settings/mails", name="staff.settings.mails", access=staff("mail_texts.do"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        own = await notifications.own_texts(tx)
    rows = {
        audience: [
            [
                Link(name.replace("_", " ").capitalize(), "staff.settings.mails.show", {"template": name}),
                State(_("own words"), "good") if own.get(name, OwnWords()) != OwnWords() else State(_("as it comes")),
            ]
            for name, to in notifications.templates().items()
            if to == audience
        ]
        for audience in ("customer", "merchant")
    }
    return page(request, "staff/settings/mails.html", rows=rows)


@get("/staff/settings/mails/{template:str}", name="staff.settings.mails.show", access=staff("mail_texts.do"))
async def show(
    request: AnyRequest,
    template: FromPath[str],
    db: NamedDependency[Database],
    settings: NamedDependency[Settings],
    visitor: NamedDependency[Visitor],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        words = (await notifications.own_texts(tx)).get(template, OwnWords())
    return await _form_page(request, db, settings, visitor, template, words)


@post("/staff/settings/mails/{template:str}", name="staff.settings.mails.save", access=staff("mail_texts.do"))
async def save(
    request: AnyRequest,
    template: FromPath[str],
    db: NamedDependency[Database],
    settings: NamedDependency[Settings],
    visitor: NamedDependency[Visitor],
) -> Page:
    """Saves, shows what was typed, or sends it to whoever asks, as its button says."""
    if template not in notifications.templates():
        raise NotFound
    form = await read_form(request, TextForm)
    words = OwnWords(form.subject, form.opening)
    try:
        notifications.check_words(words)
        if form.then == "look":
            return await _form_page(request, db, settings, visitor, template, words)
        if form.then == "save":
            async with db.transaction(visitor.actor) as tx:
                await notifications.set_text(tx, template, words)
    except Invalid as refused:
        return await _form_page(request, db, settings, visitor, template, words, errors=refused.fields)
    answer = redirect(request, url_for(request, "staff.settings.mails.show", template=template))
    if form.then == "save":
        say(request, answer, _("Saved; the next mail says it so."))
        return answer
    try:
        to = await _send(request, db, settings, visitor, template, words)
    except (MailUnavailable, MailRefused) as error:
        log.warning("mail.sample_not_sent", reason=type(error).__name__)
        errors = {"subject": _("The mail server did not take it. Look at the mail settings of the server.")}
        return await _form_page(request, db, settings, visitor, template, words, errors=errors)
    say(request, answer, _("A sample is on its way to {address}. Nothing is saved.").format(address=to), "info")
    return answer


async def _sample(
    request: AnyRequest, db: Database, settings: Settings, visitor: Visitor, template: str, words: OwnWords
) -> tuple[Rendered, str]:
    async with db.transaction(visitor.actor) as tx:
        composed = await notifications.sample(tx, template, words, base_url=settings.base_url)
    return MailRenderer(regional=request.app.state.shell)(composed.template, composed.context), composed.reply_to


async def _send(
    request: AnyRequest, db: Database, settings: Settings, visitor: Visitor, template: str, words: OwnWords
) -> str:
    assert visitor.account is not None
    rendered, reply_to = await _sample(request, db, settings, visitor, template, words)
    async with db.transaction(visitor.actor) as tx:
        shop = await store.shop(tx)
        now = await tx.now()
    sender = settings.mail_from or shop.sender_email
    mail = Mail(
        message_id=f"<{new_id()}@{sender.rpartition('@')[2].strip('>') or 'localhost'}>",
        sender=sender,
        sender_name=shop.name,
        reply_to=reply_to,
        recipient=visitor.account.email,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        date=now,
    )
    await SmtpGateway(settings.smtp_url or "smtp://127.0.0.1:25").send(mail)
    return visitor.account.email


async def _form_page(
    request: AnyRequest,
    db: Database,
    settings: Settings,
    visitor: Visitor,
    template: str,
    words: OwnWords,
    *,
    errors: dict[str, str] | None = None,
) -> Page:
    if template not in notifications.templates():
        raise NotFound
    rendered, _reply_to = await _sample(request, db, settings, visitor, template, words)
    return page(
        request,
        "staff/settings/mail.html",
        status=422 if errors else 200,
        mail=template,
        title=template.replace("_", " ").capitalize(),
        form=words,
        rendered=rendered,
        placeholders=[(name, told) for name, (told, _sample_value) in notifications.PLACEHOLDERS.items()],
        errors=errors or {},
    )


ROUTES = [show_all, show, save]
