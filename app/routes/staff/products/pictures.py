"""A product's pictures: dropped or chosen, described, put in order, taken away."""

from collections.abc import Mapping
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.products.forms import whole_of
from app.routes.staff.products.frames import frame_of, product_page
from app.routes.staff.products.making import MOST_BODY
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import texts_of, uploads_of
from app.web.visitors import Visitor
from domains import catalog
from domains.catalog import ChangedMeanwhile, PictureRefused, Storage
from domains.kit import Database
from domains.kit.i18n import gettext as _

_MOST_AT_ONCE = 30


@get("/staff/products/{product_id:uuid}/pictures", name="staff.products.pictures", access=staff("catalogue.see"))
async def show(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _shown(request, db, visitor, product_id)


@post(
    "/staff/products/{product_id:uuid}/pictures",
    name="staff.products.pictures.add",
    access=staff("catalogue.do"),
    request_max_body_size=MOST_BODY,
)
async def add(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """Each picture by itself: those that are none are named, the others are there."""
    sent = {name: list(values) for name, values in (await request.form()).dict().items()}
    storage: Storage = request.app.state.storage
    uploads = uploads_of(sent, "pictures")[:_MOST_AT_ONCE]
    if not uploads:
        return await _shown(request, db, visitor, product_id, errors={"pictures": _("Choose a file.")}, status=422)
    async with db.transaction(visitor.actor) as tx:
        await frame_of(tx, product_id)
    refusals: list[str] = []
    for upload in uploads:
        upload.file.seek(0)
        try:
            media_id = await catalog.store_picture(db, storage, visitor.actor, upload.file.read(catalog.MOST_BYTES + 1))
        except PictureRefused as refused:
            refusals.append(f"{upload.filename}: {refused.fields['picture']}")
            continue
        async with db.transaction(visitor.actor) as tx:
            await catalog.add_image(tx, product_id, media_id)
    if refusals:
        return await _shown(request, db, visitor, product_id, errors={"pictures": " ".join(refusals)}, status=422)
    answer = redirect(request, url_for(request, "staff.products.pictures", product_id=product_id))
    say(request, answer, _("{count} pictures are there. Say what is to be seen on them.").format(count=len(uploads)))
    return answer


@post(
    "/staff/products/{product_id:uuid}/pictures/order",
    name="staff.products.pictures.order",
    access=staff("catalogue.do"),
)
async def order(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """Words and places of all pictures; those that are ticked are taken off the product."""
    sent = texts_of((await request.form()).dict())
    gone = set(sent.get("remove", ()))
    version = (sent.get("version") or [""])[-1]
    try:
        await _arrange(db, visitor, product_id, sent, gone, whole_of(version, "version") or 0)
    except ChangedMeanwhile as refused:
        words = f"{refused.title} {_('What you wrote stands below; look at it, and save again.')}"
        return await _shown(request, db, visitor, product_id, sent=sent, errors={"": words}, status=409)
    answer = redirect(request, url_for(request, "staff.products.pictures", product_id=product_id))
    say(request, answer, _("Saved."))
    return answer


async def _arrange(
    db: Database, visitor: Visitor, product_id: UUID, sent: Mapping[str, list[str]], gone: set[str], version: int
) -> None:
    async with db.transaction(visitor.actor) as tx:
        await catalog.expect_version(tx, product_id, version)
        frame = await frame_of(tx, product_id)
        kept = [image for image in frame.product.images if str(image.media_id) not in gone]
        for image in kept:
            alt = (sent.get(f"{image.media_id}.alt") or [image.alt])[-1].strip()
            if alt != image.alt:
                await catalog.add_image(tx, product_id, image.media_id, alt=alt)
        places = {image.media_id: _place(sent, image.media_id, number) for number, image in enumerate(kept, 1)}
        wanted = sorted((image.media_id for image in kept), key=lambda media_id: places[media_id])
        if wanted != [image.media_id for image in frame.product.images]:
            await catalog.order_images(tx, product_id, wanted)


def _place(sent: Mapping[str, list[str]], media_id: UUID, present: int) -> tuple[int, int]:
    """The place that was entered; of two with the same one, the later goes behind."""
    text = (sent.get(f"{media_id}.place") or [""])[-1].strip()
    return (int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else present, present)


async def _shown(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    product_id: UUID,
    *,
    sent: Mapping[str, list[str]] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        frame = await frame_of(tx, product_id)
        pictures = await catalog.pictures_of(tx, [image.media_id for image in frame.product.images])
    return product_page(
        request,
        "staff/products/pictures.html",
        frame,
        here="staff.products.pictures",
        status=status,
        pictures=[(image, pictures[image.media_id]) for image in frame.product.images if image.media_id in pictures],
        typed={name: values[-1] for name, values in (sent or {}).items()},
        gone=(sent or {}).get("remove", ()),
        errors=errors or {},
    )


ROUTES = [show, add, order]
