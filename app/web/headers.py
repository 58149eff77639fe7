"""The headers every answer carries, and the content security policy.

Only external files run: no inline script or style, no eval, so that no page needs a nonce and any page can be cached.
The gateway's hosts are allowed on the payment page alone.
"""

from urllib.parse import urlsplit

from app.runtime.settings import Settings

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def policy(**more: str) -> str:
    """The policy of an ordinary page; `more` adds sources, as in `policy(frame_src="https://js.stripe.com")`."""
    merged = dict(_POLICY)
    for name, sources in more.items():
        directive = name.replace("_", "-")
        merged[directive] = f"{merged.get(directive, '')} {sources}".strip()
    return "; ".join(f"{directive} {sources}" for directive, sources in merged.items())


def payment_policy(settings: Settings) -> str:
    """The policy of the page with the card field: the gateway's script, its frame and its API besides our own."""
    script = _origin(settings.stripe_js_url)
    hosts = {script, _origin(settings.stripe_api_base)}
    if script == "https://js.stripe.com":
        hosts |= {"https://hooks.stripe.com", "https://*.js.stripe.com"}
    everything = " ".join(sorted(hosts))
    return policy(script_src=script, frame_src=everything, connect_src=everything)


def security_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    """What is set on every answer that does not set it itself."""
    headers = [
        (b"content-security-policy", policy().encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(self)"),
    ]
    if settings.secure_cookies:
        headers.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
    return headers


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
