"""The sign of the shop: a river that takes three bends."""

RIVER = "M5 29V17a6.5 6.5 0 0 1 13 0v6a6.5 6.5 0 0 0 13 0V11"


def mark(color: str = "currentColor") -> str:
    """The line alone, for beside the name."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 40" width="36" height="40" role="img" '
        f'aria-label="Meander"><path d="{RIVER}" fill="none" stroke="{color}" stroke-width="4" '
        f'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def favicon() -> str:
    """The line in limestone on Aegean blue; a square that reads at 16 pixels."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        '<rect width="64" height="64" rx="14" fill="#14538c"/>'
        f'<path d="{RIVER}" transform="translate(5 2) scale(1.5)" fill="none" stroke="#faf8f3" '
        'stroke-width="4.6" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
