"""Papers: the same data is the same paper, and what a shopper types is letters on it."""

from datetime import date

import msgspec
import pytest

from app.runtime.documents import DocumentPrinter, Logo, Sheet
from app.runtime.regions import Region
from domains.catalog.pictures import take_in
from domains.catalog.tests.factories import png
from domains.invoicing import Document, DocumentKind, DocumentLine, DocumentTax, Seller
from domains.kit import Address, Money, new_id

ADA = Address(name="Ada Lovelace", line1="12 St James's Square", city="New York", postal_code="10001", country="US")
SELLER = Seller("Meander", "Meander Ltd", ("1 Stoa Street", "Athens"), "GR", "shop@example.com", "EL123456789")


def a_document(**changes: object) -> Document:
    def money(amount: int) -> Money:
        return Money(amount, "EUR")

    invoice = Document(
        id=new_id(),
        kind=DocumentKind.INVOICE,
        label="INV-2026-000001",
        order_id=new_id(),
        order_number="ORD-20261120-AB12",
        about=None,
        currency="EUR",
        prices_include_tax=True,
        subtotal=money(4000),
        discount=money(0),
        shipping=money(500),
        tax=money(718),
        total=money(4500),
        lines=(DocumentLine(name="Stoneware mug", quantity=2, amount=4000, sku="MUG", unit_price=2000),),
        taxes=(DocumentTax("VAT 19%", 190_000, 3782, 718),),
        seller=SELLER,
        bill_to=ADA,
        ship_to=ADA,
        ordered_on=date(2026, 11, 19),
        paid_on=date(2026, 11, 19),
        issued_on=date(2026, 11, 20),
        key=None,
    )
    return msgspec.structs.replace(invoice, **changes)


@pytest.fixture
def printer() -> DocumentPrinter:
    return DocumentPrinter(regional=lambda: Region("en_GB", "Europe/Athens"))


async def test_the_same_document_is_the_same_paper(printer: DocumentPrinter) -> None:
    document = a_document()

    assert (await printer.document(document)).startswith(b"%PDF-")
    assert await printer.document(document) == await printer.document(document)


async def test_an_invoice_can_be_archived(printer: DocumentPrinter) -> None:
    assert b"pdfaid:part" in await printer.document(a_document())


NAMES = ['#import "x" *bold* $1$ <a> @b', '#sys.inputs #read("/etc/passwd")', "张三", "\\ ]"]


@pytest.mark.parametrize("name", NAMES)
async def test_any_name_can_be_printed(printer: DocumentPrinter, name: str) -> None:
    somebody = msgspec.structs.replace(ADA, name=name)
    line = DocumentLine(name=name, options=name, quantity=1, amount=4000)

    made = await printer.document(a_document(bill_to=somebody, ship_to=somebody, lines=(line,)))

    assert made.startswith(b"%PDF-")


@pytest.mark.parametrize("kind", list(DocumentKind))
async def test_each_kind_has_a_paper(printer: DocumentPrinter, kind: DocumentKind) -> None:
    about = None if kind is DocumentKind.INVOICE else "INV-2026-000001"

    assert (await printer.document(a_document(kind=kind, about=about))).startswith(b"%PDF-")


async def test_sheets_go_with_a_parcel(printer: DocumentPrinter) -> None:
    sheet = Sheet(
        title="Packing slip",
        facts=(("Order", "ORD-20261120-AB12"),),
        columns=("Item", "Quantity"),
        widths=("fill", "count"),
        rows=((("Stoneware mug", "MUG"), "2"),),
        address=tuple(ADA.lines()),
    )

    made = await printer.sheets(SELLER, "Packing slips", [sheet, sheet], date(2026, 11, 20))

    assert made.startswith(b"%PDF-")


@pytest.mark.parametrize("size", [(640, 200), (900, 60)])
async def test_a_logo_stands_at_the_head_of_an_invoice_in_place_of_the_name(size: tuple[int, int]) -> None:
    picture = (await take_in(png(*size))).content

    async def logo() -> Logo:
        return Logo(picture, *size)

    def region() -> Region:
        return Region("en_GB", "Europe/Athens")

    plain = await DocumentPrinter(regional=region).document(a_document())
    drawn = await DocumentPrinter(regional=region, logo=logo).document(a_document())

    assert b"/Subtype/Image" in drawn.replace(b" ", b"")
    assert b"/Subtype/Image" not in plain.replace(b" ", b"")
    assert b"pdfaid:part" in drawn


async def test_a_logo_that_cannot_be_drawn_is_no_reason_to_have_no_invoice() -> None:
    async def logo() -> Logo:
        return Logo(b"RIFF nothing", 10, 10)

    def region() -> Region:
        return Region("en_GB", "Europe/Athens")

    printer = DocumentPrinter(regional=region, logo=logo)

    assert await printer.document(a_document()) == await DocumentPrinter(regional=region).document(a_document())
