"""Which currencies Stripe takes, in what units, from which to which amount; and what it keeps."""

_WHOLE_UNITS = "bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf"
_OTHERS = (
    "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny"
    " cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd jod"
    " kes kgs khr kwd kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr"
    " nzd omr pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try"
    " ttd twd tzs uah uyu uzs wst yer zar zmw"
)
ZERO_DECIMAL = frozenset(_WHOLE_UNITS.split())
CURRENCIES = ZERO_DECIMAL | frozenset(_OTHERS.split())
SMALLEST = {"usd": 50, "eur": 50, "gbp": 30, "jpy": 50, "chf": 50, "cad": 50, "aud": 50, "sek": 300, "dkk": 250}
LARGEST = 99_999_999


def fee_of(amount: int, currency: str) -> int:
    """What the gateway keeps: 2.9% and 30 hundredths."""
    return min(amount, -(-amount * 29 // 1000) + (0 if currency in ZERO_DECIMAL else 30))
