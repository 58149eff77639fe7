"""A round tray of wood."""

from app.seed.drawings import kitchen
from app.seed.drawings.settings import cup, painted_wall, picture, place
from app.seed.drawings.shades import CHALK, INK_BLUE, OAT, tones
from app.seed.drawings.sheet import Sheet, oval
from app.seed.drawings.stoneware import plate_face
from app.seed.drawings.table.crockery import pear
from app.seed.drawings.wood import grain


def tray(sheet: Sheet, color: str) -> None:
    """Leaning against the wall: a round of wood with a lip."""
    wood = tones(color)
    sheet.shadow(400, 826, 150, depth=0.1, reach=0.5)
    edge = oval(400, 540, 292, 292)
    sheet.cast(edge, 28, 10, opacity=0.16)
    sheet.solid(edge, wood, shade=20, light=14)
    well = oval(400, 540, 262, 262)
    sheet.flat(well, wood.deep)
    sheet.flat(oval(406, 547, 260, 260), wood.mid, within=well)
    grain(sheet, well, color, (130, 270, 540, 540))
    sheet.flat("M130 700L560 220L640 290L220 800Z", "#fffaf0", opacity=0.1, within=well)


def tray_detail(sheet: Sheet, color: str) -> None:
    """From above, with breakfast on it, cut off at the left."""
    wood = tones(color)
    edge = oval(300, 520, 430, 430)
    sheet.cast(edge, 20, 24, opacity=0.18)
    sheet.solid(edge, wood, shade=24, light=20)
    well = oval(300, 520, 392, 392)
    sheet.flat(well, wood.deep)
    sheet.flat(oval(309, 530, 390, 390), wood.mid, within=well)
    grain(sheet, well, color, (-100, 120, 800, 800))
    plate_face(sheet, 190, 620, 190, CHALK)
    pear(sheet, 196, 626, 0.8)
    cup(sheet, 460, 350, 96, INK_BLUE)


def tray_lying(sheet: Sheet, color: str, cx: float, y: float, half: float) -> None:
    """Seen from the side, its foot at y; what stands on it stands at y - half * .13."""
    wood = tones(color)
    sheet.shadow(cx, y - 2, half, depth=0.1, reach=0.3)
    sheet.turned(cx, [[(y - half * 0.13, half), (y, half * 0.97)]], wood, tilt=0.16)
    sheet.flat(oval(cx, y - half * 0.13, half, half * 0.16), wood.light)
    well = oval(cx, y - half * 0.12, half * 0.94, half * 0.142)
    sheet.flat(well, wood.deep)
    sheet.flat(oval(cx + 4, y - half * 0.1, half * 0.94, half * 0.142), wood.mid, within=well)
    sheet.flat(oval(cx - half * 0.4, y - half * 0.08, half * 0.5, half * 0.06), wood.light, opacity=0.4, within=well)


def tray_scene(sheet: Sheet, color: str) -> None:
    """Carrying a coffee for two to the sofa."""
    painted_wall(sheet, "#b9c2b4", "#e8e2d4")
    picture(sheet, 470, 120, 220, 270, "#7f9a75")
    tray_lying(sheet, color, 400, 890, 356)
    place(sheet, kitchen.kettle, INK_BLUE, 270, 848, 0.92)
    place(sheet, kitchen.mug, OAT, 640, 838, 0.42)
    place(sheet, kitchen.mug, OAT, 540, 862, 0.42)
