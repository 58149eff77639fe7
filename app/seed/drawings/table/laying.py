"""What a table is laid with: cutlery and napkins."""

from app.seed.drawings.cloth import weave
from app.seed.drawings.shades import OAK, STEEL, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.stoneware import plate_face
from app.seed.drawings.wood import table_top

_HANDLE = "M-9 60C-13 160 -20 260 -21 330Q-20 352 0 353Q20 352 21 330C20 260 13 160 9 60Z"
_FORK = (
    "M-44 -330C-46 -250 -50 -190 -30 -150C-20 -128 -12 -116 -10 60H10C12 -116 20 -128 30 -150C50 -190 46 -250 44 -330"
    "Q38 -338 32 -330L28 -220Q24 -208 20 -220L17 -330Q8 -340 0 -330Q-8 -340 -17 -330L-20 -220Q-24 -208 -28 -220"
    "L-32 -330Q-38 -338 -44 -330Z"
)
_SPOON = (
    "M0 -336C44 -336 62 -282 60 -232C58 -178 30 -146 10 -130V60H-10V-130"
    "C-30 -146 -58 -178 -60 -232C-62 -282 -44 -336 0 -336Z"
)
_KNIFE = "M-14 60V-270Q-12 -330 14 -344Q26 -300 26 -200C26 -120 22 -60 16 60Z"


def _piece(sheet: Sheet, head: str, x: float, y: float, size: float, color: str, turn: float) -> None:
    metal = tones(color)
    with sheet.group(f"translate({x} {y}) rotate({turn}) scale({size})"):
        for d in (_HANDLE, head):
            sheet.cast(d, 9, 11, opacity=0.2)
        sheet.solid(_HANDLE, metal, shade=9, light=6)
        sheet.solid(head, metal, shade=9, light=6)
        sheet.line("M-4 110C-7 190 -11 260 -12 322", metal.light, 5, opacity=0.9)


def fork(sheet: Sheet, x: float, y: float, size: float, color: str, *, turn: float = 0) -> None:
    _piece(sheet, _FORK, x, y, size, color, turn)


def knife(sheet: Sheet, x: float, y: float, size: float, color: str, *, turn: float = 0) -> None:
    _piece(sheet, _KNIFE, x, y, size, color, turn)
    with sheet.group(f"translate({x} {y}) rotate({turn}) scale({size})"):
        sheet.line("M-10 52V-262", tones(color).light, 4)


def spoon(sheet: Sheet, x: float, y: float, size: float, color: str, *, turn: float = 0) -> None:
    _piece(sheet, _SPOON, x, y, size, color, turn)
    metal = tones(color)
    with sheet.group(f"translate({x} {y}) rotate({turn}) scale({size})"):
        bowl = oval(0, -236, 44, 84)
        sheet.flat(bowl, metal.dark)
        sheet.flat(oval(8, -226, 40, 80), metal.mid, within=bowl)
        sheet.line(curve([(-22, -286), (-30, -240), (-22, -196)]), metal.light, 7)


def cutlery(sheet: Sheet, color: str) -> None:
    """Knife, fork, spoon and small spoon, side by side."""
    fork(sheet, 220, 500, 0.98, color)
    knife(sheet, 356, 500, 0.98, color)
    spoon(sheet, 496, 500, 0.98, color)
    spoon(sheet, 622, 592, 0.7, color)


def cutlery_detail(sheet: Sheet, color: str) -> None:
    """Three heads, close."""
    fork(sheet, 170, 900, 2.0, color, turn=-8)
    spoon(sheet, 520, 940, 2.0, color, turn=6)


def cutlery_scene(sheet: Sheet, color: str) -> None:
    """A place in the roll it comes in: linen, tied."""
    linen = tones("#a9673f")
    cloth = box(150, 150, 500, 700, 10)
    with sheet.group("rotate(-9 400 500)"):
        sheet.cast(cloth, 16, 18, opacity=0.16)
        sheet.solid(cloth, tones("#e2d4ba"), shade=14, light=12)
        for y in range(170, 850, 14):
            sheet.line(f"M156 {y}H644", tones("#e2d4ba").dark, 1.2, opacity=0.35)
        sheet.line(box(164, 164, 472, 672, 6), tones("#e2d4ba").deep, 2, dash="9 7")
        fork(sheet, 262, 470, 0.86, color)
        knife(sheet, 368, 470, 0.86, color)
        spoon(sheet, 474, 470, 0.86, color)
        spoon(sheet, 572, 520, 0.66, color)
        pocket = "M150 560Q400 540 650 560V842Q650 850 640 850H160Q150 850 150 842Z"
        sheet.cast(pocket, 0, -7, opacity=0.14)
        sheet.solid(pocket, tones("#e2d4ba"), shade=14, light=12)
        for y in range(574, 850, 14):
            sheet.line(f"M156 {y}H644", tones("#e2d4ba").dark, 1.2, opacity=0.35)
        for x in (316, 420, 522):
            sheet.line(f"M{x} 556V846", tones("#e2d4ba").deep, 2.4, dash="9 7")
        sheet.line("M166 572Q400 552 634 572", tones("#e2d4ba").deep, 2, dash="9 7")
        for y in (700, 712):
            sheet.line(curve([(640, y), (700, y - 20), (742, y + 40 - (y - 700) * 6)]), linen.mid, 9)


def napkin_under(sheet: Sheet, x: float, y: float, color: str) -> None:
    """A square of linen lying under what comes next, one corner to us."""
    linen = tones(color)
    with sheet.group(f"rotate(-5 {x + 300} {y + 300})"):
        d = box(x, y, 600, 560, 6)
        sheet.cast(d, 10, 12, opacity=0.13)
        sheet.solid(d, linen, shade=8, light=8)
        sheet.line(box(x + 16, y + 16, 568, 528, 4), linen.dark, 2.4, dash="10 7")
        sheet.line(f"M{x + 300} {y}V{y + 560}M{x} {y + 280}H{x + 600}", linen.dark, 3, opacity=0.5)


def napkin(sheet: Sheet, color: str) -> None:
    """Four, folded to squares and stacked, the upper one with its corner turned back."""
    linen = tones(color)
    with sheet.group("rotate(-8 400 510)"):
        for step in range(4):
            at = 3 - step
            d = box(150 + at * 7, 262 + at * 11, 490, 490, 14)
            sheet.cast(d, 10, 12, opacity=0.14 if step == 0 else 0.1)
            sheet.solid(d, linen, shade=9, light=8, drop=6)
            sheet.line(f"M{160 + at * 7} {746 + at * 11}h470", linen.deep, 2.5, opacity=0.6)
        top = box(150, 262, 490, 490, 14)
        weave(sheet, top, (150, 262, 490, 490), linen.dark)
        sheet.line("M172 262V752M150 284H640", linen.dark, 2.4, dash="9 7")
        turned = "M640 752V540L430 752Z"
        sheet.flat(turned, shifted(color, -0.02))
        back = "M430 752L640 540L446 548Q428 549 428 568Z"
        sheet.cast(back, 6, 8, opacity=0.2)
        sheet.flat(back, linen.light)
        weave(sheet, back, (420, 530, 230, 230), linen.dark)
        sheet.line("M452 716L446 572Q446 564 456 564L604 556", linen.dark, 2.4, dash="9 7", within=back)


def napkin_detail(sheet: Sheet, color: str) -> None:
    """Its mitered corner, close."""
    linen = tones(color)
    with sheet.group("rotate(-12 400 500)"):
        d = "M-300 -300H640Q652 -300 652 -288V700Q652 712 640 712H-300Z"
        sheet.cast(d, 20, 24, opacity=0.18)
        sheet.solid(d, linen, shade=22, light=0, drop=-18)
        weave(sheet, d, (-300, -300, 960, 1020), linen.dark, 12)
        hem = "M-300 622H562V-300H652V712H-300Z"
        sheet.flat(hem, linen.light, opacity=0.5)
        sheet.line("M562 622L646 706", linen.deep, 4)
        sheet.line("M-300 622H562V-300", linen.deep, 4)
        sheet.line("M-300 636H576V-300", linen.light, 4, dash="17 11")


def napkin_scene(sheet: Sheet, color: str) -> None:
    """Rolled in a wooden ring on a plate."""
    table_top(sheet, OAK)
    plate_face(sheet, 390, 520, 300, "#e9e2d5")
    linen, wood = tones(color), tones("#7b5239")
    with sheet.group("rotate(-28 390 520)"):
        fan = (
            "M330 500C300 380 250 300 236 214Q312 250 352 214Q390 262 428 214Q468 250 544 214C530 300 480 380 450 500Z"
        )
        tail = "M336 520C320 620 300 700 292 772Q340 748 390 780Q440 748 488 772C480 700 460 620 444 520Z"
        for d in (fan, tail):
            sheet.cast(d, 12, 16, opacity=0.2)
            sheet.solid(d, linen, shade=20, light=12)
        for x in (352, 390, 428):
            knot = x + (390 - x) * 0.4
            sheet.line(
                curve([(x, 230), (x + (390 - x) * 0.3, 380), (knot, 500)]),
                linen.deep,
                4,
                opacity=0.55,
                within=fan,
            )
            sheet.line(
                curve([(knot, 530), (x, 660), (x + (x - 390) * 0.3, 770)]),
                linen.deep,
                4,
                opacity=0.55,
                within=tail,
            )
        ring = box(322, 466, 136, 70, 22)
        sheet.cast(ring, 8, 12, opacity=0.2)
        sheet.solid(ring, wood, shade=26, light=14)
        sheet.line("M324 490H456M324 514H456", wood.dark, 3, opacity=0.6)
    fork(sheet, 120, 600, 0.62, STEEL, turn=-4)
