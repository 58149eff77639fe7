"""Bags: backpack, tote, weekender, laptop sleeve."""

from app.seed.drawings.shades import BRASS, LEATHER, SHADE, STEEL, Tones, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval


def strap(sheet: Sheet, x: float, top: float, length: float, leather: Tones) -> None:
    """A leather strap with a brass buckle and a loose end."""
    sheet.flat(box(x + 4, top + 6, 34, length, 6), SHADE, opacity=0.18)
    sheet.solid(box(x, top, 34, length, 6), leather, shade=6, light=5)
    sheet.line(box(x + 6, top - 8, 22, length, 4), leather.light, 1.6, dash="5 4", opacity=0.8)
    sheet.line(box(x - 5, top + length * 0.5, 44, 38, 7), tones(BRASS).dark, 7)
    sheet.line(box(x - 6, top + length * 0.5 - 1, 44, 38, 7), tones(BRASS).light, 3)
    sheet.line(f"M{x + 17} {top + length * 0.5 + 4}V{top + length * 0.5 + 36}", tones(BRASS).mid, 6)


def backpack(sheet: Sheet, color: str) -> None:
    canvas, leather = tones(color), tones(LEATHER)
    flap = tones(shifted(color, 0.012))
    sheet.shadow(400, 838, 220, depth=0.1, reach=0.5)
    # straps that show behind, and the grab loop
    sheet.line(curve([(214, 420), (176, 560), (196, 760)]), canvas.deep, 34)
    sheet.line(curve([(588, 420), (622, 560), (604, 760)]), canvas.deep, 34)
    sheet.line(curve([(348, 236), (356, 176), (400, 164), (444, 176), (452, 236)]), leather.dark, 21)
    sheet.line(curve([(346, 234), (354, 174), (398, 161), (442, 174), (449, 234)]), leather.mid, 13)
    body = "M204 400C204 280 270 214 400 214S596 280 596 400L608 786Q610 842 556 844H244Q190 842 192 786Z"
    sheet.solid(body, canvas, shade=46, light=18)
    # side pocket edges
    sheet.line("M214 600C236 640 232 760 226 840", canvas.deep, 4, opacity=0.6, within=body)
    sheet.line("M586 600C564 640 568 760 574 840", canvas.deep, 4, opacity=0.7, within=body)
    # front pocket
    pocket = "M252 600Q252 580 272 580H528Q548 580 548 600L554 776Q555 810 522 811H278Q245 810 246 776Z"
    with sheet.group("translate(6 9)"):
        sheet.flat(pocket, SHADE, opacity=0.2, within=body)
    sheet.solid(pocket, canvas, shade=24, light=10)
    sheet.line("M266 792Q272 800 284 800H516Q530 800 536 790", canvas.deep, 2.4, dash="8 6", opacity=0.8)
    pocket_flap = "M246 582H554V640Q554 668 526 668H274Q246 668 246 640Z"
    with sheet.group("translate(4 8)"):
        sheet.flat(pocket_flap, SHADE, opacity=0.18)
    sheet.solid(pocket_flap, flap, shade=24, light=10)
    sheet.line("M256 590V640Q257 658 276 658H524Q543 658 544 640V590", canvas.deep, 2.2, dash="8 6", opacity=0.8)
    # lid
    lid = "M194 398C194 262 276 202 400 202S606 262 606 398L602 470Q600 512 556 514H244Q200 512 198 470Z"
    with sheet.group("translate(6 12)"):
        sheet.flat(lid, SHADE, opacity=0.22, within=body)
    sheet.solid(lid, flap, shade=42, light=16)
    sheet.line(
        "M210 400L213 468Q216 500 248 501H552Q584 500 587 468L590 400", canvas.deep, 2.4, dash="9 7", opacity=0.8
    )
    for x in (288, 478):
        strap(sheet, x, 446, 126, leather)
    strap(sheet, 383, 622, 84, leather)
    sheet.solid(box(352, 336, 96, 58, 4), leather, shade=6, light=4)
    sheet.line("M368 366C378 354 388 378 400 366S422 354 432 366", leather.deep, 4)


def tote(sheet: Sheet, color: str) -> None:
    """Standing full, with a loaf and greens looking out."""
    canvas, leather = tones(color), tones(LEATHER)
    sheet.shadow(400, 838, 210, depth=0.1, reach=0.5)
    sheet.line(curve([(300, 440), (304, 250), (400, 176), (496, 250), (500, 440)]), canvas.deep, 30)
    crust, leaf = tones("#b9773c"), tones("#6f8a52")
    for x, y, turn in ((258, 420, -22), (296, 384, -6), (230, 450, -38), (330, 420, 10)):
        with sheet.group(f"translate({x} {y}) rotate({turn})"):
            d = "M0 90C-46 40 -44 -30 0 -92C44 -30 46 40 0 90Z"
            sheet.solid(d, leaf, shade=16, light=7)
            sheet.line("M0 -70V90", leaf.dark, 4)
    with sheet.group("rotate(14 500 400)"):
        loaf = "M448 560V280Q450 212 494 210Q538 212 540 280V560Z"
        sheet.solid(loaf, crust, shade=22, light=8)
        for y in (276, 340, 404):
            sheet.line(f"M464 {y + 26}Q494 {y + 14} 520 {y - 12}", crust.light, 12)
    body = "M206 452Q400 474 594 452L622 800Q624 842 582 844H218Q176 842 178 800Z"
    sheet.solid(body, canvas, shade=52, light=20)
    sheet.flat("M206 452Q400 474 594 452L597 492Q400 514 203 492Z", canvas.dark, opacity=0.5)
    sheet.line("M203 496Q400 518 597 496", canvas.deep, 2.4, dash="9 7", opacity=0.85)
    for path in (
        "M262 480C268 620 250 720 258 836",
        "M520 490C512 620 540 700 530 830",
        "M400 560C396 660 410 760 402 838",
    ):
        sheet.line(path, canvas.dark, 6, opacity=0.5, within=body)
    front = [(292, 560), (296, 470), (318, 330), (400, 286), (482, 330), (504, 470), (508, 560)]
    sheet.line(curve(front), canvas.dark, 34, cap="butt")
    sheet.line(curve([(x - 2, y - 2) for x, y in front]), canvas.mid, 28, cap="butt")
    sheet.line(curve([(x - 9, y - 4) for x, y in front]), canvas.light, 5, cap="butt")
    for x in (292, 508):
        sheet.line(f"M{x - 11} 542L{x + 11} 562M{x + 11} 542L{x - 11} 562", canvas.deep, 3)
        sheet.line(box(x - 13, 538, 26, 27), canvas.deep, 2.4)
    sheet.solid(box(366, 596, 70, 48, 4), leather, shade=5, light=4)
    sheet.line("M378 620C385 611 392 629 401 620S418 611 424 620", leather.deep, 3.4)


def tote_detail(sheet: Sheet, color: str) -> None:
    """Folded flat, from above, handles laid across."""
    canvas, leather = tones(color), tones(LEATHER)
    with sheet.group("rotate(5 400 500)"):
        sheet.flat(box(142, 302, 556, 500, 14), SHADE, opacity=0.17)
        sheet.solid(box(128, 284, 548, 494, 12), canvas, shade=10, light=9, drop=9)
        sheet.flat(box(128, 540, 548, 238, 12), canvas.dark, opacity=0.28)
        sheet.flat(box(128, 284, 548, 272, 12), canvas.mid)
        sheet.line("M128 556H676", canvas.deep, 4)
        sheet.flat(box(128, 284, 548, 8), canvas.light)
        sheet.line("M140 526H664M140 534H664", canvas.deep, 2.2, dash="9 7", opacity=0.8)
        loop = [(236, 276), (240, 360), (312, 440), (402, 462), (492, 440), (564, 360), (568, 276)]
        with sheet.group("translate(6 10)"):
            sheet.line(curve(loop), SHADE, 36, opacity=0.16, cap="butt")
        sheet.line(curve(loop), canvas.dark, 40, cap="butt")
        sheet.line(curve([(x - 2, y - 2) for x, y in loop]), canvas.light, 33, cap="butt")
        sheet.line(curve([(x - 1, y) for x, y in loop]), canvas.mid, 30, cap="butt")
        for inset in (-11, 11):
            sheet.line(
                curve([(x + inset * (402 - x) / 170, y - inset) for x, y in loop]),
                canvas.deep,
                1.8,
                dash="8 7",
                opacity=0.7,
            )
        sheet.flat(box(213, 636, 170, 104, 6), SHADE, opacity=0.2)
        sheet.solid(box(206, 628, 170, 104, 6), leather, shade=8, light=6)
        sheet.line(box(215, 637, 152, 86, 4), leather.light, 2, dash="7 6")
        sheet.line("M240 680C258 660 274 700 292 680S326 660 342 680", leather.deep, 7)


def weekender(sheet: Sheet, color: str) -> None:
    """A duffel on its feet: canvas with leather ends, handles and a luggage label."""
    canvas, leather = tones(color), tones(LEATHER)
    sheet.shadow(400, 838, 310, depth=0.07, reach=0.3)
    sheet.line(curve([(270, 480), (296, 330), (400, 290), (504, 330), (530, 480)]), leather.deep, 22)
    body = "M96 640C96 500 150 452 250 448H550C650 452 704 500 704 640V764Q702 836 630 838H170Q98 836 96 764Z"
    sheet.solid(body, canvas, shade=54, light=20)
    sheet.flat("M150 470Q400 440 650 470L640 506Q400 476 160 506Z", canvas.dark, within=body)
    sheet.line(curve([(160, 488), (400, 464), (640, 488)]), tones(BRASS).dark, 8)
    sheet.line(curve([(160, 488), (400, 464), (640, 488)]), tones(BRASS).light, 5, dash="4 4", cap="butt")
    sheet.flat("M96 748H704V840H96Z", leather.mid, within=body)
    sheet.flat("M650 748H704V840H650Z", leather.dark, within=body)
    sheet.flat("M96 748H114V840H96Z", leather.light, within=body)
    sheet.line("M100 762H700", leather.light, 2.2, dash="9 7", within=body)
    for x in (250, 516):
        band = box(x, 470, 38, 372)
        sheet.flat(box(x + 5, 476, 38, 372), SHADE, opacity=0.16, within=body)
        sheet.flat(band, leather.mid, within=body)
        sheet.flat(box(x + 27, 470, 11, 372), leather.dark, within=body)
        sheet.flat(box(x, 470, 7, 372), leather.light, within=body)
    handle = [(269, 560), (270, 470), (310, 372), (400, 346), (492, 372), (534, 470), (535, 560)]
    with sheet.group("translate(7 8)"):
        sheet.line(curve(handle), SHADE, 22, opacity=0.16)
    sheet.line(curve(handle), leather.dark, 28, cap="butt")
    sheet.line(curve([(x - 2, y - 3) for x, y in handle]), leather.mid, 20, cap="butt")
    sheet.line(curve([(x - 6, y - 6) for x, y in handle]), leather.light, 5, cap="butt")
    for x in (269, 535):
        sheet.line(box(x - 23, 556, 46, 30, 6), tones(BRASS).dark, 8)
        sheet.line(box(x - 24, 555, 46, 30, 6), tones(BRASS).light, 3)
    sheet.line(curve([(300, 420), (330, 520), (352, 560)]), leather.dark, 6)
    with sheet.group("rotate(-14 356 600)"):
        sheet.solid("M330 560L356 544L382 560V650Q382 660 372 660H340Q330 660 330 650Z", leather, shade=8, light=5)
        sheet.line(box(340, 580, 32, 60, 3), leather.light, 2)


def sleeve(sheet: Sheet, color: str) -> None:
    """From above, a laptop half out of it."""
    felt, leather, metal = tones(color), tones(LEATHER), tones(STEEL)
    with sheet.group("rotate(-6 400 520)"):
        sheet.flat(box(186, 166, 440, 560, 20), SHADE, opacity=0.16)
        sheet.solid(box(176, 148, 436, 560, 18), tones("#c8ccce"), shade=6, light=8)
        sheet.flat("M394 250C372 262 372 300 394 312C416 300 416 262 394 250Z", metal.dark)
        body = "M140 372H648V846Q646 876 616 876H172Q142 876 140 846Z"
        with sheet.group("translate(16 18)"):
            sheet.flat(body, SHADE, opacity=0.18)
        sheet.flat("M152 352H636V384H152Z", felt.deep)
        sheet.solid(body, felt, shade=14, light=12)
        for x in range(150, 640, 24):
            for y in range(384, 870, 24):
                wobble = (x * 5 + y * 11) % 19
                sheet.line(
                    f"M{x + wobble} {y + wobble / 2}l8 5",
                    felt.light if wobble % 2 else felt.dark,
                    2,
                    opacity=0.5,
                    within=body,
                )
        sheet.line("M154 384V844Q156 862 174 862H614Q632 862 634 844V384", felt.deep, 2.6, dash="9 7")
        sheet.line("M140 386H648", felt.dark, 5)
        strap = "M352 300Q352 288 364 288H424Q436 288 436 300V520Q436 556 394 556T352 520Z"
        with sheet.group("translate(7 9)"):
            sheet.flat(strap, SHADE, opacity=0.2)
        sheet.solid(strap, leather, shade=10, light=7)
        sheet.line("M361 300V520Q362 547 394 547T427 520V300", leather.light, 2, dash="7 6")
        sheet.flat(oval(394, 514, 14, 14), tones(BRASS).dark)
        sheet.flat(oval(392, 512, 11, 11), tones(BRASS).light)
