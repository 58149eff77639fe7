"""Where a parcel can be followed, as far as its number says whose it is."""

import re

_UPS = re.compile(r"1Z[0-9A-Z]{16}")
_USPS = re.compile(r"9[1-5][0-9]{18,20}")
# Universal Postal Union S10: service, eight digits and a check digit, country.
_POSTAL = re.compile(r"[A-Z]{2}([0-9]{8})([0-9])([A-Z]{2})")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)

_PAGES = {
    "UPS": "https://www.ups.com/track?tracknum={}",
    "US": "https://tools.usps.com/go/TrackConfirmAction?tLabels={}",
    "CA": "https://www.canadapost-postescanada.ca/track-reperage/en#/details/{}",
    "GB": "https://www.royalmail.com/track-your-item#/tracking-results/{}",
    "DE": "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode={}",
}


def tracking_url(number: str | None) -> str | None:
    """The carrier's page for this tracking number; None for one whose carrier the number does not give away.

    UPS, USPS, and the postal services of the US, Canada, Great Britain and Germany by their S10 numbers.
    """
    plain = "".join((number or "").split()).upper()
    carrier = None
    if _UPS.fullmatch(plain):
        carrier = "UPS"
    elif _USPS.fullmatch(plain):
        carrier = "US"
    elif (postal := _POSTAL.fullmatch(plain)) and _check_digit(postal[1]) == int(postal[2]):
        carrier = postal[3]
    page = _PAGES.get(carrier or "")
    return page.format(plain) if page else None


def _check_digit(digits: str) -> int:
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)
