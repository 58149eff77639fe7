"""Bags."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import CANVAS, CHARCOAL, FOREST, INK_BLUE, MOSS, OCHRE, RUST, STONE

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
        alt=(
            "{color} canvas backpack with leather straps",
            "Brass buckles on the {color} canvas",
            "The {color} backpack put down above a river valley, a walking stick beside it",
        ),
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
            "The {color} tote before a market stall with apples and lemons",
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
            "The {color} weekender on the bench of a railway platform",
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
            "The {color} sleeve on a wooden table beside coffee, a notebook and glasses",
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
    Product(
        sku="NQY-SLG",
        slug="mooring-sling-bag",
        name="Mooring sling bag",
        brand="Northquay",
        home="bags",
        description=(
            "For a book, a bottle, a jersey and what one carries anyway. It hangs where the hip begins, swings "
            "round to the front on a bus, and closes with one hand.\n\n"
            "Waxed cotton canvas, 510 g/m², under a flap with a hidden magnet; corners and buckle strap of "
            "vegetable-tanned leather, zip pocket in the flap, another inside. 7 liters; 32 × 23 × 10 cm (13 × 9 "
            "× 4 in). The strap goes from 70 to 130 cm and over either shoulder.\n\n"
            "Brush off mud when dry, wax once a year, do not wash. Repaired free of charge for ten years."
        ),
        attributes={
            "material": "Cotton canvas",
            "capacity_l": 7,
            "water_resistant": True,
            "made_in": "United Kingdom",
        },
        drawing="sling",
        alt=(
            "{color} sling bag with a leather buckle strap",
            "Flap, brass zip and buckle of the {color} sling bag",
            "The {color} sling bag on a peg between a straw hat and a coat",
        ),
        options=(Option("Color", (Choice("Rust", RUST), Choice("Moss", MOSS), Choice("Charcoal", CHARCOAL))),),
        variants=(
            Variant("NQY-SLG-RUS", ("Rust",), 9800, 620, 21, 24),
            Variant("NQY-SLG-MOS", ("Moss",), 9800, 620, 18, 17),
            Variant("NQY-SLG-CHA", ("Charcoal",), 9800, 620, 2, 3),
        ),
    ),
    Product(
        sku="NQY-RLL",
        slug="towpath-roll-top-pannier",
        name="Towpath roll-top pannier",
        brand="Northquay",
        home="bags",
        also=("trail",),
        description=(
            "A pannier that does not look like one in the office. Two hooks hold it to any rack of 8 to 16 mm "
            "and come off with a pull at the handle; a strap then makes it a shoulder bag.\n\n"
            "Sailcloth of recycled polyester with taped seams, rolled shut three times: it keeps out a river, "
            "not only rain. 22 liters rolled, 26 unrolled; 44 × 30 × 17 cm (17 × 12 × 7 in). Padded sleeve for "
            "a 15-inch laptop, pocket in front, reflecting tab.\n\n"
            "Sponge it with water. Hooks, clips and strap are sold singly."
        ),
        attributes={
            "material": "Recycled polyester",
            "capacity_l": 22,
            "laptop_in": 15,
            "water_resistant": True,
            "made_in": "Germany",
        },
        drawing="rolltop",
        alt=(
            "{color} roll-top bag with black clips and a front pocket",
            "Steel hooks on the back of the {color} pannier",
            "The {color} pannier on the rack of a green bicycle",
        ),
        options=(Option("Color", (Choice("Ochre", OCHRE), Choice("Charcoal", CHARCOAL), Choice("Forest", FOREST))),),
        variants=(
            Variant("NQY-RLL-OCH", ("Ochre",), 13800, 1150, 16, 19, compare_at=15600),
            Variant("NQY-RLL-CHA", ("Charcoal",), 13800, 1150, 24, 22, compare_at=15600),
            Variant("NQY-RLL-FOR", ("Forest",), 13800, 1150, 0, 0, compare_at=15600, back_in=14),
        ),
    ),
    Product(
        sku="NQY-WSH",
        slug="two-tier-wash-bag",
        name="Two-tier wash bag",
        brand="Northquay",
        home="bags",
        description=(
            "Upstairs what is dry, downstairs what is not. The lower tier has a floor of its own and a zip all "
            "round, for a wet sponge, or for everything with a cable.\n\n"
            "Cotton canvas with a lining that wipes clean, made of recycled bottles; brass zips, leather pulls "
            "and a handle that hangs on a tap. 27 × 16 × 13 cm (11 × 6 × 5 in), 5 liters. The lid opens wide "
            "enough to stay open.\n\n"
            "Turn the lining out and wipe it. The canvas may be washed by hand, cold."
        ),
        attributes={
            "material": "Cotton canvas",
            "capacity_l": 5,
            "water_resistant": True,
            "made_in": "Portugal",
        },
        drawing="washbag",
        alt=(
            "{color} wash bag with two zips and a leather handle",
            "The {color} wash bag open, with bottles, a brush and soap",
            "The {color} wash bag on a ledge under a round mirror",
        ),
        options=(Option("Color", (Choice("Ink blue", INK_BLUE), Choice("Ochre", OCHRE))),),
        variants=(
            Variant("NQY-WSH-INK", ("Ink blue",), 5600, 380, 34, 28),
            Variant("NQY-WSH-OCH", ("Ochre",), 5600, 380, 26, 0),
        ),
    ),
)
