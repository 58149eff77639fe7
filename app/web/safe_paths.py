"""Where a page may send somebody after he logged in: a path of this shop, whatever the link said."""

from urllib.parse import unquote, urlsplit


def own_path(wanted: str, default: str = "/") -> str:
    """`wanted` if it is a path of ours, else `default`.

    Refused: other hosts and schemes in any spelling (`//evil`, `/\\evil`, `/%09/evil`, `javascript:1`, `@evil`).
    """
    plain = unquote(unquote(wanted))
    if not plain.startswith("/") or plain.startswith(("//", "/\\")) or "\\" in plain:
        return default
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in plain) or plain.lstrip("/ ").startswith("@"):
        return default
    if "//" in urlsplit(plain).path or urlsplit(wanted).netloc or urlsplit(wanted).scheme:
        return default
    return wanted
