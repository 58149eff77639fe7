"""Papers of the shop as PDF: typst lays out `templates/documents/*.typ`, in the process, with nothing fetched.

A template gets its data as JSON and never as markup, so whatever a shopper types is letters on paper. The same data
makes the same bytes: the only date in a file is the document's own.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import structlog
import typst
from babel.dates import format_date
from babel.numbers import format_decimal

from app.runtime.templates import TEMPLATES, Regional, money_text
from domains.invoicing import Document, DocumentKind, Seller
from domains.kit.i18n import gettext as _
from domains.kit.money import Money

log = structlog.get_logger(__name__)

_LETTER = {"en_US", "en_CA"}
_MILLION = 1_000_000
_WIDE = 5  # times as wide as high: its width is set, and not its height


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A page of work: what to fetch, or what lies in the parcel. A cell is text, text with a quiet line below it, or
    `[ ]`, a box to tick. `widths` are `fill`, `auto` or `count` for each column."""

    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    widths: tuple[str, ...]
    rows: tuple[tuple[str | tuple[str, str], ...], ...]
    address: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Logo(msgspec.Struct, frozen=True):
    """The picture that stands for the shop's name at the head of a paper."""

    picture: bytes
    width: int
    height: int


class DocumentPrinter:
    """Prints what `domains.invoicing` issues, and the sheets that go with a parcel."""

    def __init__(
        self,
        *,
        regional: Callable[[], Regional],
        logo: Callable[[], Awaitable[Logo | None]] | None = None,
        folder: Path = TEMPLATES / "documents",
    ) -> None:
        self._regional = regional
        self._logo = logo
        self._folder = folder

    async def document(self, document: Document) -> bytes:
        """The PDF of an invoice, a credit note, a reversal or a correction."""
        return await self._printed("invoice.typ", self._told(document))

    async def sheets(self, seller: Seller, title: str, sheets: Sequence[Sheet], on: date) -> bytes:
        """Picking lists or packing slips, each on a page of its own."""
        told = {
            **self._frame(title, seller, on),
            "sheets": [{**msgspec.to_builtins(sheet), "address_label": _("Deliver to")} for sheet in sheets],
        }
        return await self._printed("packing.typ", told)

    async def _printed(self, template: str, told: dict[str, Any]) -> bytes:
        """With the logo where there is one; a logo that cannot be drawn is no reason to have no paper."""
        logo = await self._logo() if self._logo is not None else None
        if logo is not None:
            drawn = {"picture": list(logo.picture), "is_wide": logo.width > logo.height * _WIDE}
            seller = {**told["seller"], "lines": [told["seller"]["name"], *told["seller"]["lines"]]}
            try:
                return await asyncio.to_thread(self._compile, template, {**told, "logo": drawn, "seller": seller})
            except typst.TypstError as error:
                log.warning("document.logo_left_out", error=type(error).__name__)
        return await asyncio.to_thread(self._compile, template, told)

    def _compile(self, template: str, told: dict[str, Any]) -> bytes:
        """PDF/A where every letter is in a font; else any font of the machine, else as it is: a name that cannot be
        written is no reason to have no invoice."""
        given = {"document": json.dumps(told, sort_keys=True)}

        def compiled(*, own_fonts_only: bool, archive: bool) -> bytes:
            return typst.compile(
                str(self._folder / template),
                root=str(self._folder),
                format="pdf",
                sys_inputs=given,
                ignore_system_fonts=own_fonts_only,
                pdf_standards="a-2b" if archive else None,
            )

        for own_fonts_only in (True, False):
            try:
                return compiled(own_fonts_only=own_fonts_only, archive=True)
            except typst.TypstError as error:
                log.info("document.not_archived", template=template, error=type(error).__name__)
        return compiled(own_fonts_only=False, archive=False)

    def _frame(self, title: str, seller: Seller, on: date) -> dict[str, Any]:
        region = self._regional()
        tax_number = seller.tax_number and _("Tax number {it}").format(it=seller.tax_number)
        lines = [*([seller.legal_name] if seller.legal_name != seller.name else []), *seller.address, seller.email]
        return {
            "title": title,
            "logo": None,
            "date": [on.year, on.month, on.day],
            "language": region.locale.partition("_")[0],
            "paper": "us-letter" if region.locale in _LETTER else "a4",
            "page": _("Page"),
            "footer": " · ".join(filter(None, (seller.legal_name, tax_number))),
            "seller": {"name": seller.name, "lines": [line for line in lines if line]},
        }

    def _told(self, document: Document) -> dict[str, Any]:
        title = _TITLES[document.kind].format(number=document.label)
        is_invoice = document.kind is DocumentKind.INVOICE
        facts = [
            (_("Number"), document.label),
            (_("Date"), self._day(document.issued_on)),
            (_("Order"), document.order_number),
        ]
        if is_invoice:
            facts += [(_("Ordered on"), self._day(document.ordered_on)), (_("Paid on"), self._day(document.paid_on))]
        elif document.about:
            facts.append((_("Belongs to"), document.about))
        parties = [(_("Bill to"), document.bill_to.lines())]
        if is_invoice and document.ship_to != document.bill_to:
            parties.append((_("Deliver to"), document.ship_to.lines()))
        return {
            **self._frame(title, document.seller, document.issued_on),
            "facts": facts,
            "parties": parties,
            "columns": [_("Item"), _("Quantity"), _("Price each"), _("Amount")],
            "rows": [
                (
                    (line.name, " · ".join(filter(None, (line.options, line.sku)))),
                    self._number(line.quantity),
                    "" if line.unit_price is None else self._money(document.money(line.unit_price)),
                    self._money(document.money(line.amount)),
                )
                for line in document.lines
            ],
            "sums": self._sums(document, is_invoice=is_invoice),
            "tax_columns": [_("Tax"), _("Rate"), _("Net amount"), _("Tax amount")],
            "taxes": [
                (
                    each.name,
                    self._rate(each.rate_ppm),
                    self._money(document.money(each.taxable)),
                    self._money(document.money(each.tax)),
                )
                for each in document.taxes
            ],
            "notes": [_NOTES[document.kind]],
        }

    def _sums(self, document: Document, *, is_invoice: bool) -> list[tuple[str, str, str]]:
        sums: list[tuple[str, Money, str]] = []
        if is_invoice:
            sums.append((_("Subtotal"), document.subtotal, ""))
            if document.discount:
                sums.append((_("Discount"), -document.discount, ""))
            sums.append((_("Delivery"), document.shipping, ""))
            if not document.prices_include_tax:
                sums.append((_("Tax"), document.tax, ""))
        sums.append((_("Total"), document.total, "total"))
        if document.prices_include_tax and document.tax:
            sums += [(_("Tax contained"), document.tax, "quiet"), (_("Net amount"), document.net, "quiet")]
        return [(label, self._money(amount), style) for label, amount, style in sums]

    def _money(self, amount: Money) -> str:
        return money_text(amount, self._regional().locale)

    def _day(self, day: date) -> str:
        return format_date(day, "long", locale=self._regional().locale)

    def _number(self, number: int) -> str:
        return format_decimal(number, locale=self._regional().locale)

    def _rate(self, rate_ppm: int) -> str:
        return f"{format_decimal(rate_ppm * 100 / _MILLION, format='0.####', locale=self._regional().locale)} %"


_TITLES = {
    DocumentKind.INVOICE: _("Invoice {number}"),
    DocumentKind.CREDIT_NOTE: _("Credit note {number}"),
    DocumentKind.REVERSAL: _("Reversal {number}"),
    DocumentKind.CORRECTION: _("Correction {number}"),
}
_NOTES = {
    DocumentKind.INVOICE: _("Paid in full. Thank you for your order."),
    DocumentKind.CREDIT_NOTE: _("This amount goes back to where it came from."),
    DocumentKind.REVERSAL: _("The bank sent this amount back to us; the credit note counts no more."),
    DocumentKind.CORRECTION: _("The tax of the invoice is corrected by these amounts. Nothing is to be paid."),
}
