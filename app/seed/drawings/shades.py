"""Colors of the drawings: every surface has three tones, made from one in a perceptual space.

The light comes from the left and is a little warm, so the light tone leans to yellow and the dark one to blue.
Conversion after Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

from math import atan2 as angle
from math import cos, degrees, hypot, radians, sin

import msgspec


class Tones(msgspec.Struct, frozen=True):
    """One color as it looks turned to the light, beside it, and away from it; `deep` is for seams and hollows."""

    light: str
    mid: str
    dark: str
    deep: str


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def to_oklch(color: str) -> tuple[float, float, float]:
    """Lightness 0..1, chroma, hue in degrees of `#rrggbb`."""
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), degrees(angle(b, a)) % 360


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """The nearest `#rrggbb`; channels outside sRGB are clipped."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return "#" + "".join(f"{round(_encoded(channel) * 255):02x}" for channel in (red, green, blue))


def shifted(color: str, lightness: float, *, chroma: float = 1.0, hue: float = 0.0) -> str:
    """The color moved by so much lightness, its chroma multiplied and its hue turned."""
    was, strength, tint = to_oklch(color)
    return oklch(min(0.99, max(0.08, was + lightness)), strength * chroma, (tint + hue) % 360)


def tones(color: str) -> Tones:
    """Three tones and a deep one from the middle color.

    Dark colors need smaller steps down (there is little room) and larger ones up, so that the light still reads.
    """
    lightness, _, _ = to_oklch(color)
    down = 0.05 + 0.055 * lightness
    up = 0.085 - 0.045 * lightness
    return Tones(
        light=shifted(color, up, chroma=0.97, hue=3),
        mid=color,
        dark=shifted(color, -down, chroma=1.04, hue=-4),
        deep=shifted(color, -2.2 * down, chroma=0.95, hue=-8),
    )


# Grounds: the wall is the theme's sunken tone, so that a card melts into the page; the table is a step darker.
WALL = oklch(0.955, 0.012, 85)
SAND = oklch(0.905, 0.020, 82)
MIST = oklch(0.902, 0.007, 215)
MEADOW = oklch(0.902, 0.014, 118)
BLUSH = oklch(0.902, 0.022, 66)
INK = "#2b2f38"
SHADE = "#3a2f26"  # what lies in the shadow of something, laid over it thinly

# The colors that goods come in. Swatches on the page show the same values.
OAT = "#dccdb2"
CHALK = "#e9e2d5"
SAGE = "#93a588"
MOSS = "#5d6d48"
FOREST = "#35503f"
INK_BLUE = "#2c4668"
AEGEAN = "#2f6291"
SKY = "#94b4c6"
TERRACOTTA = "#bf6b4a"
RUST = "#9c4a2f"
OCHRE = "#d09c42"
PLUM = "#6d4359"
CHARCOAL = "#3d4148"
STONE = "#a5a097"
STEEL = "#b3b9bd"
BRASS = "#c49c55"
COPPER = "#bd7a55"
WALNUT = "#7b5239"
OAK = "#c69a67"
MAPLE = "#dcb987"
CANVAS = "#d8c9ad"
BEESWAX = "#dfb05a"
IVORY = "#e8dfc8"
PAPER = "#f4eee0"
COFFEE = "#4a2f22"
LEATHER = "#a2693f"
GLASS = "#c9d8d8"
SEA_GLASS = "#93b9aa"
SMOKE = "#908a82"
FLAX = "#cdbd9d"
ROSE = "#d2a097"
GLOW = "#f6dfa6"
