"""Desk."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import AEGEAN, BRASS, CHARCOAL, MOSS, STONE, TERRACOTTA

CATEGORIES = (
    Category(
        slug="desk",
        name="Desk",
        description="Paper, pens and a calm surface, for work that is still done by hand.",
        alt="A terracotta desk lamp over three books and a mug",
        attributes=("material", "pages", "paper_gsm", "refill", "made_in"),
    ),
)

_RULINGS = Option("Ruling", (Choice("Dotted"), Choice("Lined"), Choice("Blank")))

PRODUCTS = (
    Product(
        sku="LWP-NTB",
        slug="quarto-cloth-notebook",
        name="Quarto cloth notebook",
        brand="Lowland Paper",
        home="desk",
        description=(
            "A notebook that lies flat on the first page and on the last. It is sewn in sections with linen "
            "thread, bound in book cloth, and closes with an elastic that does not go slack.\n\n"
            "A5 (148 × 210 mm), 192 numbered pages of 100 g/m² cream paper that takes fountain pen ink without "
            "showing it on the other side. Two ribbons, a pocket at the back, a label for the cover.\n\n"
            "Paper from well-managed forests, cloth of cotton, no plastic in the cover. Made in a bindery that "
            "has done little else since 1958."
        ),
        attributes={"material": "Paper", "pages": 192, "paper_gsm": 100, "made_in": "Netherlands"},
        drawing="notebook",
        alt=("{color} cloth notebook with an elastic and a cover label", "The {color} notebook open on a dotted page"),
        options=(
            Option(
                "Color",
                (
                    Choice("Aegean", AEGEAN),
                    Choice("Terracotta", TERRACOTTA),
                    Choice("Moss", MOSS),
                    Choice("Charcoal", CHARCOAL),
                ),
            ),
            _RULINGS,
        ),
        variants=(
            Variant("LWP-NTB-AEG-DOT", ("Aegean", "Dotted"), 2200, 390, 84, 65),
            Variant("LWP-NTB-AEG-LIN", ("Aegean", "Lined"), 2200, 390, 71, 58),
            Variant("LWP-NTB-AEG-BLA", ("Aegean", "Blank"), 2200, 390, 46, 40),
            Variant("LWP-NTB-TER-DOT", ("Terracotta", "Dotted"), 2200, 390, 62, 51),
            Variant("LWP-NTB-TER-LIN", ("Terracotta", "Lined"), 2200, 390, 49, 44),
            Variant("LWP-NTB-TER-BLA", ("Terracotta", "Blank"), 2200, 390, 4, 1),
            Variant("LWP-NTB-MOS-DOT", ("Moss", "Dotted"), 2200, 390, 55, 47),
            Variant("LWP-NTB-MOS-LIN", ("Moss", "Lined"), 2200, 390, 38, 35),
            Variant("LWP-NTB-CHA-DOT", ("Charcoal", "Dotted"), 2200, 390, 77, 70),
            Variant("LWP-NTB-CHA-LIN", ("Charcoal", "Lined"), 2200, 390, 69, 61),
            Variant("LWP-NTB-CHA-BLA", ("Charcoal", "Blank"), 2200, 390, 0, 0),
        ),
    ),
    Product(
        sku="LWP-PEN",
        slug="line-ballpoint-pen",
        name="Line ballpoint pen",
        brand="Lowland Paper",
        home="desk",
        description=(
            "A pen turned from one brass rod, with a click that you feel more than hear. At 31 g it has the "
            "weight of a good key, and the balance sits just ahead of the middle.\n\n"
            "138 mm long, 9.5 mm thick, with eight fine rings for the fingers. Takes any refill of the "
            "international G2 size; a medium blue-black one is in it. Comes in a case of pressed paper that "
            "serves as a tray.\n\n"
            "Bare brass darkens where it is held. The charcoal one is blackened and waxed and wears to brass at "
            "the edges."
        ),
        attributes={"material": "Brass", "refill": "G2 (ISO 12757-1)", "made_in": "Japan"},
        drawing="pen",
        alt=("{color} ballpoint pen above its paper case", "Tip of the {color} pen at the end of a written line"),
        options=(Option("Finish", (Choice("Bare brass", BRASS), Choice("Charcoal", CHARCOAL))),),
        variants=(
            Variant("LWP-PEN-BRS", ("Bare brass",), 3800, 70, 47, 52),
            Variant("LWP-PEN-CHA", ("Charcoal",), 4200, 70, 31, 34),
        ),
    ),
    Product(
        sku="MND-MAT",
        slug="quiet-felt-desk-mat",
        name="Quiet felt desk mat",
        brand="Meander",
        home="desk",
        description=(
            "A field of wool between you and the table. It takes the clatter out of a keyboard, is warm under "
            "the wrists in January, and gives a mouse something to run on.\n\n"
            "Pure merino felt, 3 mm, 550 g/m², stitched at the edge, with a corner of vegetable-tanned leather. "
            "Medium is 60 × 40 cm (24 × 16 in), large 90 × 45 cm (35 × 18 in). Comes rolled; it is flat after a "
            "night.\n\n"
            "Vacuum, or brush with the nap. For spills, dab with cold water at once. Wool sheds a little in the "
            "first weeks and then stops."
        ),
        attributes={"material": "Wool felt", "made_in": "Germany"},
        drawing="mat",
        alt=("{color} felt mat under a laptop, a pen and a cup", "The {color} mat rolled up with two leather straps"),
        options=(
            Option("Color", (Choice("Charcoal", CHARCOAL), Choice("Stone", STONE))),
            Option("Size", (Choice("Medium"), Choice("Large"))),
        ),
        variants=(
            Variant("MND-MAT-CHA-M", ("Charcoal", "Medium"), 4500, 310, 28, 26),
            Variant("MND-MAT-CHA-L", ("Charcoal", "Large"), 6200, 480, 17, 15),
            Variant("MND-MAT-STO-M", ("Stone", "Medium"), 4500, 310, 24, 20),
            Variant("MND-MAT-STO-L", ("Stone", "Large"), 6200, 480, 2, 1),
        ),
    ),
)
