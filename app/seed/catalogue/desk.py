"""Desk."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import AEGEAN, BRASS, CHALK, CHARCOAL, FOREST, MOSS, OAK, RUST, STONE, TERRACOTTA, WALNUT

CATEGORIES = (
    Category(
        slug="desk",
        name="Desk",
        description="Paper, pens and a calm surface, for work that is still done by hand.",
        alt="A terracotta desk lamp over three books and a mug",
        attributes=("material", "height_mm", "pieces", "pages", "paper_gsm", "refill", "made_in"),
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
        alt=(
            "{color} cloth notebook with an elastic and a cover label",
            "The {color} notebook open on a dotted page",
            "The {color} notebook on a café table with coffee and a croissant",
        ),
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
        alt=(
            "{color} ballpoint pen above its paper case",
            "Tip of the {color} pen at the end of a written line",
            "The {color} pen beside a letter that was just signed",
        ),
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
        alt=(
            "{color} felt mat under a laptop, a pen and a cup",
            "The {color} mat rolled up with two leather straps",
            "The {color} mat on a desk with a laptop, a lamp and books",
        ),
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
    Product(
        sku="FRW-CLK",
        slug="archway-desk-clock",
        name="Archway desk clock",
        brand="Ferrow",
        home="desk",
        also=("light",),
        description=(
            "A clock that can be read from the door and cannot be heard from the chair. The hand for the "
            "seconds glides; there is no alarm, no date and nothing to set but the time.\n\n"
            "Pressed steel, powder-coated, with a ring of brass round the dial and two feet of oak. 180 mm (7 "
            "in) tall, 150 mm wide. Silent movement made in Germany; one AA cell, included, lasts about two "
            "years.\n\n"
            "Dust with a dry cloth. The movement is a standard one and can be changed by anybody with a "
            "screwdriver."
        ),
        attributes={"material": "Steel", "height_mm": 180, "made_in": "Poland"},
        drawing="clock",
        alt=(
            "{color} desk clock in the shape of an arch, on oak feet",
            "Dial, brass ring and hands of the {color} clock",
            "The {color} clock on a shelf beside a row of books",
        ),
        options=(
            Option("Color", (Choice("Terracotta", TERRACOTTA), Choice("Chalk", CHALK), Choice("Aegean", AEGEAN))),
        ),
        variants=(
            Variant("FRW-CLK-TER", ("Terracotta",), 6200, 740, 20, 17),
            Variant("FRW-CLK-CHK", ("Chalk",), 6200, 740, 26, 23),
            Variant("FRW-CLK-AEG", ("Aegean",), 6200, 740, 3, 1),
        ),
    ),
    Product(
        sku="LWP-PCL",
        slug="twelve-cedar-pencils",
        name="Twelve cedar pencils",
        brand="Lowland Paper",
        home="desk",
        also=("play",),
        description=(
            "Pencils that smell of the wood they are made of and sharpen in one long curl. The lead is glued "
            "along its whole length, so it does not break inside when one falls.\n\n"
            "California incense cedar, six-sided, lacquered with a water-based paint, stamped in gold. 176 mm "
            "long, lead 2.2 mm. HB for writing, 2B for drawing, both in a sliding box of gray board that makes "
            "a pen tray afterwards.\n\n"
            "Sharpen with the grain. The last 4 cm fit any pencil extender."
        ),
        attributes={"material": "Hardwood", "pieces": 12, "made_in": "Portugal"},
        drawing="pencils",
        alt=(
            "Twelve {color} pencils in a sliding box, one beside it",
            "Sharpened tips of the {color} pencils in their box",
            "A drawing of a cup, made with the {color} pencils",
        ),
        options=(
            Option("Color", (Choice("Forest", FOREST), Choice("Rust", RUST), Choice("Charcoal", CHARCOAL))),
            Option("Grade", (Choice("HB"), Choice("2B"))),
        ),
        variants=(
            Variant("LWP-PCL-FOR-HB", ("Forest", "HB"), 1600, 120, 64, 58),
            Variant("LWP-PCL-FOR-2B", ("Forest", "2B"), 1600, 120, 47, 41),
            Variant("LWP-PCL-RUS-HB", ("Rust", "HB"), 1600, 120, 39, 36),
            Variant("LWP-PCL-RUS-2B", ("Rust", "2B"), 1600, 120, 0, 0),
            Variant("LWP-PCL-CHA-HB", ("Charcoal", "HB"), 1600, 120, 55, 49),
            Variant("LWP-PCL-CHA-2B", ("Charcoal", "2B"), 1600, 120, 31, 8),
        ),
    ),
    Product(
        sku="MND-LTR",
        slug="two-story-letter-tray",
        name="Two-story letter tray",
        brand="Meander",
        home="desk",
        description=(
            "Above, what came; below, what can wait. The front is cut low in the middle, so that a sheet is "
            "taken out with two fingers, and the sides are high enough for a month of indecision.\n\n"
            "Solid hardwood, 9 mm, finger-jointed at the corners, oiled; four posts of brass that screw in by "
            "hand. Takes A4 and US letter. 34 × 26 × 17 cm (13 × 10 × 7 in). More stories can be added: the "
            "posts fit on each other.\n\n"
            "Dust, and oil once a year. Made by a family of joiners in Oregon from offcuts of table tops."
        ),
        attributes={"material": "Hardwood", "height_mm": 170, "made_in": "United States"},
        drawing="letter_tray",
        alt=(
            "{color} letter tray in two tiers with brass posts, paper in both",
            "Corner and brass post of the {color} tray",
            "The {color} tray at the back of a desk with a lamp and a letter",
        ),
        options=(Option("Wood", (Choice("Oak", OAK), Choice("Walnut", WALNUT))),),
        variants=(
            Variant("MND-LTR-OAK", ("Oak",), 7800, 1650, 15, 11, compare_at=8800),
            Variant("MND-LTR-WAL", ("Walnut",), 9200, 1700, 9, 4, threshold=5),
        ),
    ),
)
