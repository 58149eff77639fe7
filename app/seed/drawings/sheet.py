"""The sheet everything is drawn on: 800 by 1000 units, light from the left, things stand at about y = 830.

A surface is one silhouette in its middle tone with what turns to the light on its left and what turns away on its
right, both cut from the silhouette itself. Shadows are gradients: a blur filter costs ten times the rest of a picture.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import dist, hypot

from app.seed.drawings.shades import SAND, SHADE, WALL, Tones, shifted, tones

WIDTH, HEIGHT = 800, 1000
HORIZON = 735.0

_DAY = "#fffaf0"
# Where the light of a window falls: from and to along the upper edge, and how strong.
_PANES = ((-400.0, 330.0, 0.5), (372.0, 520.0, 0.32))
_SLANT = 0.28

type Point = tuple[float, float]
type Profile = Sequence[Sequence[Point]]


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _at(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _stepped(origin: Point, back: Point, ahead: Point, reach: float) -> Point:
    """From `origin` a sixth of the way from `back` to `ahead`, at most `reach`."""
    x, y = (ahead[0] - back[0]) / 6, (ahead[1] - back[1]) / 6
    scale = min(1.0, reach / (hypot(x, y) or 1.0))
    return origin[0] + x * scale, origin[1] + y * scale


def curve(points: Sequence[Point], *, start: str = "M") -> str:
    """A smooth line through the points (Catmull-Rom); two points give a straight one.

    A tangent is kept shorter than its own piece, or a short piece beside a long one would overshoot.
    """
    path = [f"{start}{_at(points[0])}"]
    if len(points) == 2:
        return f"{path[0]}L{_at(points[1])}"
    padded = [points[0], *points, points[-1]]
    for before, here, there, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        reach = 0.4 * dist(here, there)
        out, into = _stepped(here, before, there, reach), _stepped(there, after, here, reach)
        path.append(f"C{_at(out)} {_at(into)} {_at(there)}")
    return "".join(path)


def polygon(*points: Point) -> str:
    return "M" + "L".join(_at(point) for point in points) + "Z"


def _slanted(left: float, right: float, top: float, bottom: float) -> str:
    """A beam between two heights, leaning to the left as it comes down."""
    high, low = top * _SLANT, bottom * _SLANT
    return polygon((left - high, top), (right - high, top), (right - low, bottom), (left - low, bottom))


def oval(x: float, y: float, rx: float, ry: float) -> str:
    return (
        f"M{_n(x - rx)} {_n(y)}A{_n(rx)} {_n(ry)} 0 0 1 {_n(x + rx)} {_n(y)}"
        f"A{_n(rx)} {_n(ry)} 0 0 1 {_n(x - rx)} {_n(y)}Z"
    )


def belt(cx: float, y: float, half: float, *, tilt: float = 0.13) -> str:
    """The near half of a circle around a turned body."""
    return f"M{_n(cx - half)} {_n(y)}A{_n(half)} {_n(half * tilt)} 0 0 0 {_n(cx + half)} {_n(y)}"


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> str:
    r = min(radius, width / 2, height / 2)
    if not r:
        return f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(height)}h{_n(-width)}Z"
    a = f"a{_n(r)} {_n(r)} 0 0 1 "
    return (
        f"M{_n(x + r)} {_n(y)}h{_n(width - 2 * r)}{a}{_n(r)} {_n(r)}v{_n(height - 2 * r)}{a}{_n(-r)} {_n(r)}"
        f"h{_n(2 * r - width)}{a}{_n(-r)} {_n(-r)}v{_n(2 * r - height)}{a}{_n(r)} {_n(-r)}Z"
    )


def _side(profile: Profile, cx: float, share: float, *, upward: bool, start: str) -> str:
    """One edge of a turned body: its radius times `share` beside the axis. A profile's parts meet in corners."""
    parts = [[(cx + share * radius, y) for y, radius in part] for part in profile]
    if upward:
        parts = [part[::-1] for part in parts[::-1]]
    first, *rest = parts
    return curve(first, start=start) + "".join(curve(part, start="L") for part in rest)


class Sheet:
    def __init__(self, width: float = WIDTH, height: float = HEIGHT) -> None:
        self.width, self.height = width, height
        self._body: list[str] = []
        self._defs: list[str] = []
        self._clips: dict[str, str] = {}

    def svg(self, view: tuple[float, float, float, float] | None = None) -> str:
        """The finished drawing, or the part of it in `view` (x, y, width, height)."""
        x, y, width, height = view or (0, 0, self.width, self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
            f'viewBox="{_n(x)} {_n(y)} {_n(width)} {_n(height)}">'
            f'<defs><radialGradient id="soft"><stop offset="0" stop-color="#4a3a2a" stop-opacity=".42"/>'
            f'<stop offset=".45" stop-color="#4a3a2a" stop-opacity=".2"/>'
            f'<stop offset="1" stop-color="#4a3a2a" stop-opacity="0"/></radialGradient>'
            f'<radialGradient id="glow"><stop offset="0" stop-color="#ffe9b0" stop-opacity=".85"/>'
            f'<stop offset=".4" stop-color="#ffe3a0" stop-opacity=".36"/>'
            f'<stop offset="1" stop-color="#ffe3a0" stop-opacity="0"/></radialGradient>'
            f'<linearGradient id="day"><stop offset="0" stop-color="#fffaf0" stop-opacity=".72"/>'
            f'<stop offset=".3" stop-color="#fffaf0" stop-opacity=".38"/>'
            f'<stop offset=".65" stop-color="#fffaf0" stop-opacity=".1"/>'
            f'<stop offset="1" stop-color="#fffaf0" stop-opacity="0"/></linearGradient>'
            f'<linearGradient id="mist" x2="0" y2="1"><stop offset="0" stop-color="#f1ecd8" stop-opacity="0"/>'
            f'<stop offset="1" stop-color="#f1ecd8" stop-opacity="1"/></linearGradient>'
            f"{''.join(self._defs)}</defs>{''.join(self._body)}</svg>"
        )

    def clip(self, d: str) -> str:
        if d not in self._clips:
            self._clips[d] = name = f"c{len(self._clips)}"
            self._defs.append(f'<clipPath id="{name}"><path d="{d}"/></clipPath>')
        return self._clips[d]

    def flat(self, d: str, fill: str, *, opacity: float = 1.0, within: str | None = None) -> None:
        """One silhouette in one color, cut off at the silhouette `within`."""
        faint = f' fill-opacity="{opacity:.2f}"' if opacity < 1 else ""
        cut = f' clip-path="url(#{self.clip(within)})"' if within else ""
        self._body.append(f'<path d="{d}" fill="{fill}"{faint}{cut}/>')

    def line(
        self,
        d: str,
        color: str,
        width: float,
        *,
        dash: str = "",
        cap: str = "round",
        within: str | None = None,
        opacity: float = 1.0,
    ) -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        faint = f' stroke-opacity="{opacity:.2f}"' if opacity < 1 else ""
        cut = f' clip-path="url(#{self.clip(within)})"' if within else ""
        self._body.append(
            f'<path d="{d}" fill="none" stroke="{color}" stroke-width="{_n(width)}" stroke-linecap="{cap}" '
            f'stroke-linejoin="round"{dashes}{faint}{cut}/>'
        )

    def solid(self, d: str, color: Tones, *, shade: float = 26.0, light: float = 12.0, drop: float = 0.0) -> None:
        """A silhouette with a lit left edge and a shaded right edge, `light` and `shade` wide."""
        self.flat(d, color.mid)
        around = "M-4000-4000H6000V6000H-4000Z"
        cut = self.clip(d)
        for width, tone in ((-shade, color.dark), (light, color.light)):
            if width:
                self._body.append(
                    f'<g clip-path="url(#{cut})"><path d="{around}{d}" fill="{tone}" fill-rule="evenodd" '
                    f'transform="translate({_n(width)} {_n(-drop if width < 0 else drop)})"/></g>'
                )

    def bar(self, points: Sequence[Point], color: Tones, width: float) -> None:
        """A round rod or handle along a line: dark below, middle, and a light thread on its left."""
        path = curve(points)
        self.line(path, color.dark, width)
        self.line(curve([(x - width * 0.1, y - width * 0.06) for x, y in points]), color.mid, width * 0.74)
        self.line(curve([(x - width * 0.2, y - width * 0.16) for x, y in points]), color.light, width * 0.2)

    def turned(
        self,
        cx: float,
        profile: Profile,
        color: Tones,
        *,
        tilt: float = 0.13,
        dark_from: float = 0.34,
        light_at: tuple[float, float] = (-0.8, -0.5),
        flat_top: bool = False,
        flat_base: bool = False,
    ) -> str:
        """A body of revolution, top to bottom as (y, radius); `tilt` is how far we look down on its circles.

        Returns its silhouette, for what is painted on it.
        """
        top, base = profile[0][0][1], profile[-1][-1][1]
        arc = f"A{_n(base)} {_n(max(base * tilt, 0.1))} 0 0 1 {_n(cx - base)} {_n(profile[-1][-1][0])}"
        lid = f"A{_n(top)} {_n(max(top * tilt, 0.1))} 0 0 1 {_n(cx + top)} {_n(profile[0][0][0])}"
        outline = (
            _side(profile, cx, 1, upward=False, start="M")
            + ("" if flat_base else arc)
            + _side(profile, cx, -1, upward=True, start="L")
            + ("" if flat_top else lid)
            + "Z"
        )
        self.flat(outline, color.mid)
        for start, end, tone in ((dark_from, 1.3, color.dark), (*light_at, color.light)):
            low, high = profile[-1][-1][0] + base * tilt + 4, profile[0][0][0] - top * tilt - 4
            first, last = profile[0][0][1], profile[-1][-1][1]
            band = (
                f"M{_n(cx + end * first)} {_n(high)}"
                + _side(profile, cx, end, upward=False, start="L")
                + f"L{_n(cx + end * last)} {_n(low)}L{_n(cx + start * last)} {_n(low)}"
                + _side(profile, cx, start, upward=True, start="L")
                + f"L{_n(cx + start * first)} {_n(high)}Z"
            )
            self.flat(band, tone, within=outline)
        return outline

    def rim(self, cx: float, y: float, rx: float, color: Tones, *, wall: float = 8.0, tilt: float = 0.13) -> str:
        """The open mouth of a vessel: edge, hollow, the light on the far right wall. Returns the hollow."""
        self.flat(oval(cx, y, rx, rx * tilt), color.light)
        hollow = oval(cx, y + 1, rx - wall, (rx - wall) * tilt)
        self.flat(hollow, color.deep)
        self.flat(oval(cx + rx * 0.16, y + rx * tilt * 0.25, rx - wall, (rx - wall) * tilt), color.dark, within=hollow)
        return hollow

    def cast(self, d: str, right: float = 12.0, down: float = 14.0, *, opacity: float = 0.18) -> None:
        """The hard shadow of something flat that lies or hangs just above what is behind it."""
        with self.group(f"translate({_n(right)} {_n(down)})"):
            self.flat(d, SHADE, opacity=opacity)

    def shadow(self, cx: float, y: float, half: float, *, depth: float = 0.15, reach: float = 0.45) -> None:
        """The soft shadow of something `half` wide to each side that stands at `y`: it falls to the right."""
        self._body.append(
            f'<ellipse cx="{_n(cx + half * reach)}" cy="{_n(y + half * depth * 0.25)}" rx="{_n(half * 1.55)}" '
            f'ry="{_n(half * depth * 1.5)}" fill="url(#soft)"/>'
            f'<ellipse cx="{_n(cx + half * 0.06)}" cy="{_n(y)}" rx="{_n(half * 1.06)}" '
            f'ry="{_n(half * depth)}" fill="url(#soft)"/>'
        )

    def glow(self, cx: float, cy: float, rx: float, ry: float) -> None:
        self._body.append(f'<ellipse cx="{_n(cx)}" cy="{_n(cy)}" rx="{_n(rx)}" ry="{_n(ry)}" fill="url(#glow)"/>')

    @contextmanager
    def group(self, transform: str, *, opacity: float = 1.0) -> Iterator[None]:
        faint = f' opacity="{opacity:.2f}"' if opacity < 1 else ""
        self._body.append(f'<g transform="{transform}"{faint}>')
        yield
        self._body.append("</g>")

    @contextmanager
    def inside(self, d: str) -> Iterator[None]:
        self._body.append(f'<g clip-path="url(#{self.clip(d)})">')
        yield
        self._body.append("</g>")

    def room(self, table: str = SAND, *, horizon: float = HORIZON, wall: str = WALL) -> None:
        """Wall and table, with the day coming in from the left.

        The light is flat with an edge: a wash over so pale a wall is coarse stripes once the picture is packed.
        """
        self.flat(box(0, 0, self.width, self.height), wall)
        self.flat(box(0, horizon, self.width, self.height - horizon), table)
        for left, right, opacity in _PANES:
            self.flat(_slanted(left, right, 0, horizon), _DAY, opacity=opacity)
            self.flat(_slanted(left, right, horizon, self.height), _DAY, opacity=opacity * 0.6)
        self.flat(box(0, horizon, self.width, 3), tones(table).dark, opacity=0.55)

    def surface(self, table: str = SAND) -> None:
        """The table seen from above, for details and things that lie."""
        self.flat(box(0, 0, self.width, self.height), shifted(table, 0.025))
        for left, right, opacity in _PANES:
            self.flat(_slanted(left, right, 0, self.height), _DAY, opacity=opacity * 0.7)
