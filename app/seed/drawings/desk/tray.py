"""A letter tray of oak in two tiers."""

from app.seed.drawings import light
from app.seed.drawings.desk.clock import clock
from app.seed.drawings.settings import painted_wall, picture, place
from app.seed.drawings.shades import BRASS, FOREST, INK, OCHRE, PAPER, SHADE, TERRACOTTA, oklch, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, polygon

_LEFT, _RIGHT, _DEEP = 116.0, 684.0, 92.0


def _tier(sheet: Sheet, color: str, foot: float, papers: tuple[str, ...]) -> None:
    """One tray whose front edge stands at `foot`, seen a little from above."""
    wood = tones(color)
    inset = 54.0
    back = foot - _DEEP
    floor = polygon((_LEFT, foot), (_RIGHT, foot), (_RIGHT - inset, back), (_LEFT + inset, back))
    sheet.flat(floor, wood.dark)
    sheet.flat(box(_LEFT + inset, back - 64, _RIGHT - _LEFT - 2 * inset, 66), wood.dark)
    sheet.flat(box(_LEFT + inset, back - 64, _RIGHT - _LEFT - 2 * inset, 8), wood.mid)
    for step, tint in enumerate(papers):
        lift, slip = step * 9 + 6, (step * 13) % 30 - 12
        leaf = polygon(
            (_LEFT + 40 + slip, foot - lift), (_RIGHT - 56 + slip, foot - lift),
            (_RIGHT - 96 + slip, back + 14 - lift), (_LEFT + 84 + slip, back + 14 - lift),
        )  # fmt: skip
        sheet.flat(leaf, shifted(tint, -0.09))
        with sheet.group("translate(0 -5)"):
            sheet.flat(leaf, tint)
    for x, lean in ((_LEFT, inset), (_RIGHT, -inset)):
        side = polygon((x, foot + 34), (x, foot - 46), (x + lean, back - 64), (x + lean, back))
        sheet.flat(side, wood.mid if lean > 0 else wood.dark)
        rim = polygon((x, foot - 46), (x + lean, back - 64), (x + lean * 0.72, back - 64), (x - lean * 0.2, foot - 46))
        sheet.flat(rim, wood.light)
    front = f"M{_LEFT - 10} {foot - 46}H{_LEFT + 150}"
    front += f"Q{_LEFT + 176} {foot - 46} {_LEFT + 190} {foot - 22}T{_LEFT + 236} {foot}"
    front += f"H{_RIGHT - 236}Q{_RIGHT - 204} {foot} {_RIGHT - 190} {foot - 22}T{_RIGHT - 150} {foot - 46}"
    sheet.solid(f"{front}H{_RIGHT + 10}V{foot + 36}H{_LEFT - 10}Z", wood, shade=14, light=10)
    for y, bend in ((foot + 8, 3), (foot + 22, -3)):
        sheet.line(curve([(_LEFT, y), (300, y + bend), (500, y - bend), (_RIGHT, y)]), wood.dark, 3, opacity=0.6)


def tray(sheet: Sheet, color: str) -> None:
    brass = tones(BRASS)
    sheet.shadow(400, 834, 310, depth=0.07, reach=0.3)
    for x in (_LEFT + 56, _RIGHT - 56):
        sheet.line(f"M{x} 500V760", brass.dark, 13)
    _tier(sheet, color, 796, ("#f4eee0", "#e3d8c3", "#fbf7ee"))
    for x in (_LEFT + 6, _RIGHT - 6):
        sheet.line(f"M{x} 560V760", brass.dark, 17)
        sheet.line(f"M{x - 3} 560V760", brass.light, 5)
    sheet.flat(
        polygon((_LEFT + 30, 750), (_RIGHT - 30, 750), (_RIGHT - 70, 700), (_LEFT + 70, 700)), SHADE, opacity=0.14
    )
    _tier(sheet, color, 590, ("#fbf7ee", "#dfe6e6"))
    with sheet.group("matrix(1 0 -.42 .36 430 470)"):
        sheet.flat(box(6, 6, 210, 140, 4), SHADE, opacity=0.18)
        sheet.flat(box(0, 0, 210, 140, 4), "#d8c19a")
        sheet.line("M0 4L105 84L210 4", "#b99b74", 5)
        sheet.flat(box(164, 92, 32, 36), tones(TERRACOTTA).mid)


def scene(sheet: Sheet, color: str) -> None:
    """At the back of the desk, on a good morning."""
    painted_wall(sheet, oklch(0.9, 0.018, 75), "#cda878", horizon=720)
    picture(sheet, 90, 90, 220, 280, FOREST)
    with sheet.group("translate(340 800) scale(.74) translate(-400 -834)"):
        tray(sheet, color)
    place(sheet, light.desk_lamp, OCHRE, 610, 812, 0.72)
    with sheet.group("translate(116 826) scale(.26) translate(-384 -836)"):
        clock(sheet, "#e9e2d5")
    with sheet.group("matrix(1 0 -.34 .5 190 850)"):
        sheet.cast(box(0, 0, 380, 240, 4), 8, 12)
        sheet.flat(box(0, 0, 380, 240, 4), PAPER)
        for row in range(6):
            sheet.line(f"M40 {44 + row * 30}H{330 - row * 41 % 90}", shifted(INK, 0.25), 6, opacity=0.6)
    with sheet.group("translate(560 948) rotate(-8)"):
        sheet.flat(box(4, 6, 190, 11, 5), SHADE, opacity=0.2)
        sheet.solid(box(0, 0, 190, 11, 5), tones(BRASS), shade=8, light=5)
