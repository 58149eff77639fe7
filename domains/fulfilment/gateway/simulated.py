"""A carrier for demo and tests, without a network: labels, a journey that takes its time, signed notices, failures.

It remembers nothing. A number is made of the parcel's id, and what has happened to a parcel follows from its number
and the time since it left, so that any process gives the same answers.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from uuid import UUID

import msgspec

from domains.fulfilment.errors import CarrierUnavailable, NoticeUnsigned
from domains.fulfilment.gateway.protocol import Followed
from domains.fulfilment.states import TrackingKind
from domains.fulfilment.views import CarrierEvent, Label, LabelRequest

SIGNATURE = "x-carrier-signature"

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Hours after it left, what happens then, and where.
_JOURNEY = (
    (0.5, TrackingKind.ACCEPTED, "Depot"),
    (8.0, TrackingKind.IN_TRANSIT, "Sorting centre"),
    (26.0, TrackingKind.IN_TRANSIT, "Delivery depot"),
    (46.0, TrackingKind.OUT_FOR_DELIVERY, "Delivery depot"),
    (50.0, TrackingKind.DELIVERED, "At the door"),
)


class _Notice(msgspec.Struct, forbid_unknown_fields=True):
    """An event as the simulated carrier posts it."""

    id: str
    number: str
    event: TrackingKind
    at: datetime
    place: str = ""
    words: str = ""


class SimulatedCarrier:
    """`secret` signs its notices; `pace` is how many times faster than in life its parcels travel."""

    makes_labels = True

    def __init__(self, secret: str, *, pace: float = 1.0) -> None:
        self._key = hashlib.sha256(f"simulated carrier {secret}".encode()).digest()
        self._pace = pace

    async def label(self, request: LabelRequest) -> Label:
        if request.fails:
            raise CarrierUnavailable
        number = number_of(request.parcel_id)
        return Label(number, draw(number, request))

    async def events(self, parcels: Sequence[Followed]) -> list[CarrierEvent]:
        return [event for parcel in parcels for event in self._journey(parcel)]

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> list[CarrierEvent]:
        if not hmac.compare_digest(self.sign(body), headers.get(SIGNATURE, "")):
            raise NoticeUnsigned
        try:
            notices = msgspec.json.decode(body, type=list[_Notice])
        except msgspec.MsgspecError as error:
            raise NoticeUnsigned from error
        return [
            CarrierEvent(
                tracking_number=notice.number,
                reference=notice.id,
                kind=notice.event,
                occurred_at=notice.at,
                place=notice.place,
                words=notice.words,
            )
            for notice in notices
        ]

    def sign(self, body: bytes) -> str:
        """The signature of a notice, as its header carries it."""
        return hmac.new(self._key, body, hashlib.sha256).hexdigest()

    def _journey(self, parcel: Followed) -> list[CarrierEvent]:
        passed = (parcel.now - parcel.shipped_at) * self._pace
        return [
            CarrierEvent(
                tracking_number=parcel.tracking_number,
                reference=f"journey:{step}",
                kind=kind,
                occurred_at=parcel.shipped_at + timedelta(hours=hours) / self._pace,
                place=place,
            )
            for step, (hours, kind, place) in enumerate(_JOURNEY)
            if passed >= timedelta(hours=hours)
        ]


def number_of(parcel_id: UUID) -> str:
    """A number like a carrier's: sixteen signs in groups of four."""
    value = int.from_bytes(hashlib.sha256(parcel_id.bytes).digest()[:10])
    signs = "".join(_ALPHABET[(value >> (5 * place)) & 31] for place in range(16))
    return f"SP{signs[:2]} {signs[2:6]} {signs[6:10]} {signs[10:14]}"


def draw(number: str, request: LabelRequest) -> str:
    """The label of 100 × 150 mm: from whom, to whom, and bars for those who scan."""
    lines = request.recipient.lines()
    to = "".join(
        f'<text x="6" y="{66 + 7 * place}" font-size="{6.2 if place == 0 else 5.4}"'
        f' font-weight="{600 if place == 0 else 400}">{escape(line)}</text>'
        for place, line in enumerate(lines[:7])
    )
    sender = " · ".join(request.sender)
    weight = f"{request.weight_grams / 1000:.2f} kg" if request.weight_grams else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 150" width="100mm" height="150mm" role="img"'
        f' aria-label="{escape(number)}" font-family="sans-serif" fill="#000">'
        '<rect x="0.5" y="0.5" width="99" height="149" fill="#fff" stroke="#000"/>'
        '<text x="6" y="14" font-size="9" font-weight="700">SIMULATED POST</text>'
        f'<text x="6" y="22" font-size="4">{escape(request.number)}</text>'
        f'<text x="94" y="22" font-size="4" text-anchor="end">{escape(weight)}</text>'
        '<path d="M0 27H100" stroke="#000"/>'
        f'<text x="6" y="35" font-size="4">{escape(sender)}</text>'
        f'<path d="M0 54H100" stroke="#000"/>{to}'
        '<path d="M0 112H100" stroke="#000"/>'
        f'{_bars(number)}<text x="50" y="145" font-size="5.4" text-anchor="middle">{escape(number)}</text></svg>'
    )


def _bars(number: str) -> str:
    """Code 39, which every hand scanner reads: narrow and wide bars, 1 to 2.5."""
    text = "*" + "".join(number.split()) + "*"
    narrow, wide = 1.0, 2.5
    x, drawn = 0.0, []
    for sign in text:
        for place, width in enumerate(_CODE39[sign]):
            length = wide if width == "w" else narrow
            if place % 2 == 0:
                drawn.append(f'<rect x="{x:.1f}" y="0" width="{length}" height="22"/>')
            x += length
        x += narrow
    scale = 88 / x
    return f'<g transform="translate(6 116) scale({scale:.4f} 1)">{"".join(drawn)}</g>'


_CODE39 = {
    "0": "nnnwwnwnn", "1": "wnnwnnnnw", "2": "nnwwnnnnw", "3": "wnwwnnnnn", "4": "nnnwwnnnw", "5": "wnnwwnnnn",
    "6": "nnwwwnnnn", "7": "nnnwnnwnw", "8": "wnnwnnwnn", "9": "nnwwnnwnn", "A": "wnnnnwnnw", "B": "nnwnnwnnw",
    "C": "wnwnnwnnn", "D": "nnnnwwnnw", "E": "wnnnwwnnn", "F": "nnwnwwnnn", "G": "nnnnnwwnw", "H": "wnnnnwwnn",
    "I": "nnwnnwwnn", "J": "nnnnwwwnn", "K": "wnnnnnnww", "L": "nnwnnnnww", "M": "wnwnnnnwn", "N": "nnnnwnnww",
    "O": "wnnnwnnwn", "P": "nnwnwnnwn", "Q": "nnnnnnwww", "R": "wnnnnnwwn", "S": "nnwnnnwwn", "T": "nnnnwnwwn",
    "U": "wwnnnnnnw", "V": "nwwnnnnnw", "W": "wwwnnnnnn", "X": "nwnnwnnnw", "Y": "wwnnwnnnn", "Z": "nwwnwnnnn",
    "*": "nwnnwnwnn",
}  # fmt: skip
