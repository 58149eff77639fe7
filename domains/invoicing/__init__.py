"""Invoices and credit notes: what the shop owes the tax office a paper for.

Owns: the documents with everything that stands on them, as it was when they were issued; the counters of their numbers;
where their PDFs are kept.

Words: an *invoice* is issued once for each order that was ever confirmed. A *credit note* is issued once for each
refund of such an order that went through; where the bank sends that money back, a *reversal* takes the credit note
back. A *correction* says that the tax was of other rates; no money moves. A *series* numbers documents per year, from
1 and without a gap: the counter's row is locked by whoever issues, and rolled back with what he issued.

Content is data, frozen when the document is issued and never read again from the order. A PDF is made from it on first
demand, kept encrypted, and is the same whenever it is made.

Invariants (`shop doctor`): I29 numbers are gapless, each order that was confirmed has one invoice and each refund of it
that went through one credit note, and their amounts are those of the order and the refund.
"""

from domains.invoicing import flows
from domains.invoicing.errors import CreditUnbalanced, DocumentNotFound, NotInvoiced
from domains.invoicing.flows import Printed
from domains.invoicing.operations import correct, credit, explain, issue, issue_missing, reverse
from domains.invoicing.queries import by_label, document, documents_of, invoice_of
from domains.invoicing.states import DocumentKind
from domains.invoicing.subscribers import SUBSCRIBERS
from domains.invoicing.views import CreditLine, Document, DocumentHead, DocumentLine, DocumentTax, Printer, Seller

__all__ = [
    "SUBSCRIBERS",
    "CreditLine",
    "CreditUnbalanced",
    "Document",
    "DocumentHead",
    "DocumentKind",
    "DocumentLine",
    "DocumentNotFound",
    "DocumentTax",
    "NotInvoiced",
    "Printed",
    "Printer",
    "Seller",
    "by_label",
    "correct",
    "credit",
    "document",
    "documents_of",
    "explain",
    "flows",
    "invoice_of",
    "issue",
    "issue_missing",
    "reverse",
]
