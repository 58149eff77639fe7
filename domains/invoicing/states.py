"""The kinds of documents, and the series that numbers each."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document says."""

    INVOICE = "invoice"
    """What was sold."""
    CREDIT_NOTE = "credit_note"
    """What went back of it."""
    REVERSAL = "reversal"
    """That a credit note's money came back to the shop: it counts no more."""
    CORRECTION = "correction"
    """That the tax was of another rate; no money moves."""


SERIES: dict[DocumentKind, str] = {
    DocumentKind.INVOICE: "INV",
    DocumentKind.CREDIT_NOTE: "CN",
    DocumentKind.REVERSAL: "CN",
    DocumentKind.CORRECTION: "CN",
}
