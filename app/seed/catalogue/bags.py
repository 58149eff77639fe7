"""Bags."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import CANVAS, CHARCOAL, INK_BLUE, MOSS, OCHRE, RUST, STONE

CATEGORIES = (
    Category(
        slug="bags",
        name="Bags",
        description="Canvas and leather, made to be carried for years and mended when they need it.",
        alt="A rust-colored backpack and a canvas tote with bread and greens",
        attributes=("material", "capacity_l", "laptop_in", "water_resistant", "made_in"),
    ),
)

PRODUCTS = (
    Product(
        sku="NQY-BPK",
        slug="ferry-canvas-backpack",
        name="Ferry canvas backpack",
        brand="Northquay",
        home="bags",
        also=("trail",),
        description=(
            "A backpack of the old shape with a few new manners: a padded sleeve for a 15-inch laptop, a back "
            "that breathes, and buckles that hide magnets, so one hand opens them.\n\n"
            "Waxed cotton canvas, 510 g/m², with straps of vegetable-tanned leather and solid brass fittings. "
            "Main compartment, front pocket, two side pockets for a bottle. 18 liters; 43 × 30 × 16 cm (17 × 12 "
            "× 6 in).\n\n"
            "It keeps off an hour of steady rain. Do not wash it: brush off the mud when it is dry and wax it "
            "again once a year. Seams and buckles are repaired free of charge for ten years."
        ),
        attributes={
            "material": "Cotton canvas",
            "capacity_l": 18,
            "laptop_in": 15,
            "water_resistant": True,
            "made_in": "United Kingdom",
        },
        drawing="backpack",
        alt=("{color} canvas backpack with leather straps", "Brass buckles on the {color} canvas"),
        options=(Option("Color", (Choice("Moss", MOSS), Choice("Rust", RUST), Choice("Ink blue", INK_BLUE))),),
        variants=(
            Variant("NQY-BPK-MOS", ("Moss",), 16800, 1250, 19, 23),
            Variant("NQY-BPK-RUS", ("Rust",), 16800, 1250, 12, 14),
            Variant("NQY-BPK-INK", ("Ink blue",), 16800, 1250, 0, 0, back_in=25),
        ),
    ),
    Product(
        sku="NQY-TOT",
        slug="saturday-market-tote",
        name="Saturday market tote",
        brand="Northquay",
        home="bags",
        also=("kitchen",),
        description=(
            "Wide enough for a loaf, deep enough for leeks, and it stands up by itself while you pay. The "
            "handles go over a winter coat.\n\n"
            "Undyed or piece-dyed cotton canvas, 620 g/m², with a flat bottom of double cloth. 42 × 36 × 16 cm "
            "(16 × 14 × 6 in); the handles drop 27 cm. One inside pocket for a phone and keys. Holds 20 kg, "
            "which is more than you want to carry.\n\n"
            "Wash cold, dry flat. It softens with the years."
        ),
        attributes={
            "material": "Cotton canvas",
            "capacity_l": 22,
            "water_resistant": False,
            "made_in": "United Kingdom",
        },
        drawing="tote",
        alt=(
            "{color} canvas tote with a loaf and greens looking out",
            "The {color} tote folded flat, with its leather label",
        ),
        options=(Option("Color", (Choice("Natural", CANVAS), Choice("Ochre", OCHRE), Choice("Ink blue", INK_BLUE))),),
        variants=(
            Variant("NQY-TOT-NAT", ("Natural",), 4200, 480, 66, 54, compare_at=4800),
            Variant("NQY-TOT-OCH", ("Ochre",), 4200, 480, 41, 36, compare_at=4800),
            Variant("NQY-TOT-INK", ("Ink blue",), 4200, 480, 37, 29, compare_at=4800),
        ),
    ),
    Product(
        sku="NQY-WKD",
        slug="two-nights-weekender",
        name="Two Nights weekender",
        brand="Northquay",
        home="bags",
        description=(
            "Two shirts, a jersey, a pair of shoes, a book: the bag for two nights away, and it fits over the "
            "head in any train. The zip runs down to the corners, so that you see the whole bag at once.\n\n"
            "Waxed canvas over a base of bridle leather, brass zip, a shoe pocket at one end and a sleeve that "
            "slips over a trolley handle. 38 liters; 52 × 28 × 26 cm (20 × 11 × 10 in), within the cabin limits "
            "of most airlines. Shoulder strap and luggage label included.\n\n"
            "Care for the leather with a plain wax, the canvas with a brush."
        ),
        attributes={
            "material": "Cotton canvas",
            "capacity_l": 38,
            "water_resistant": True,
            "made_in": "United Kingdom",
        },
        drawing="weekender",
        alt=(
            "{color} weekender with a leather base and handles",
            "Brass zip and luggage label of the {color} weekender",
        ),
        options=(Option("Color", (Choice("Ink blue", INK_BLUE), Choice("Moss", MOSS))),),
        variants=(
            Variant("NQY-WKD-INK", ("Ink blue",), 22800, 1900, 13, 11),
            Variant("NQY-WKD-MOS", ("Moss",), 22800, 1900, 3, 2),
        ),
    ),
    Product(
        sku="NQY-SLV",
        slug="fold-felt-laptop-sleeve",
        name="Fold felt laptop sleeve",
        brand="Northquay",
        home="bags",
        also=("desk",),
        description=(
            "Four millimeters of wool felt and one leather tongue, and the laptop is safe in a bag full of "
            "keys. The opening is on the short side, so it slides out on a train without an elbow in the "
            "neighbor.\n\n"
            "Pure wool felt, vegetable-tanned leather, one brass stud. Cut for 13, 14 and 16-inch laptops; "
            "please measure yours: 31 × 22, 32 × 23 and 36 × 25 cm at most.\n\n"
            "Air it rather than wash it; for stains, cold water and a wool soap."
        ),
        attributes={"material": "Wool felt", "water_resistant": False, "made_in": "Germany"},
        drawing="sleeve",
        alt=(
            "{color} felt sleeve with a laptop half out of it",
            "Leather tongue and stitched edge of the {color} sleeve",
        ),
        options=(
            Option("Color", (Choice("Stone", STONE), Choice("Charcoal", CHARCOAL))),
            Option("Size", (Choice("13 inch"), Choice("14 inch"), Choice("16 inch"))),
        ),
        variants=(
            Variant("NQY-SLV-STO-13", ("Stone", "13 inch"), 4800, 240, 22, 18),
            Variant("NQY-SLV-STO-14", ("Stone", "14 inch"), 4800, 260, 30, 27),
            Variant("NQY-SLV-STO-16", ("Stone", "16 inch"), 5400, 310, 14, 12),
            Variant("NQY-SLV-CHA-13", ("Charcoal", "13 inch"), 4800, 240, 25, 21),
            Variant("NQY-SLV-CHA-14", ("Charcoal", "14 inch"), 4800, 260, 34, 30),
            Variant("NQY-SLV-CHA-16", ("Charcoal", "16 inch"), 5400, 310, 0, 0),
        ),
    ),
)
