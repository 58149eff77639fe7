"""Glass: what is seen through it, what is in it, and where the light lies on it."""

from app.seed.drawings.shades import Tones, shifted, tones
from app.seed.drawings.sheet import Profile, Sheet, curve, oval

WATER = "#a9c6cc"


def vessel(
    sheet: Sheet,
    cx: float,
    profile: Profile,
    color: str,
    *,
    tilt: float = 0.12,
    filled: Profile | None = None,
    drink: str = WATER,
    opacity: float = 0.62,
) -> str:
    """A turned body of glass that lets the wall through, open at the top; `filled` is the body of what is in it."""
    glass = tones(color)
    top_y, top = profile[0][0]
    base_y, base = profile[-1][-1]
    sheet.flat(oval(cx + base * 0.9, base_y + base * 0.04, base * 1.15, base * 0.16), glass.light, opacity=0.5)
    sheet.flat(oval(cx, top_y, top, top * tilt), glass.dark, opacity=0.55)
    with sheet.group("", opacity=opacity):
        body = sheet.turned(cx, profile, glass, tilt=tilt)
    if filled is not None:
        _drink(sheet, cx, filled, tones(drink), tilt)
    sheet.flat(oval(cx, base_y - base * 0.1, base * 0.86, base * tilt * 0.8), glass.deep, opacity=0.3)
    _rim(sheet, cx, top_y, top, glass, tilt)
    left = [(cx - radius * 0.72, y) for part in profile for y, radius in part]
    sheet.line(curve(left[:: max(1, len(left) // 4)]), "#ffffff", max(4, base * 0.06), opacity=0.6, within=body)
    return body


def _drink(sheet: Sheet, cx: float, filled: Profile, liquid: Tones, tilt: float) -> None:
    y, radius = filled[0][0]
    with sheet.group("", opacity=0.7):
        sheet.turned(cx, filled, liquid, tilt=tilt)
    sheet.flat(oval(cx, y, radius, radius * tilt), liquid.light, opacity=0.9)


def _rim(sheet: Sheet, cx: float, y: float, radius: float, glass: Tones, tilt: float) -> None:
    edge = oval(cx, y, radius, radius * tilt)
    sheet.line(edge, glass.dark, 5)
    sheet.line(edge, shifted(glass.light, 0.06), 2.6)
