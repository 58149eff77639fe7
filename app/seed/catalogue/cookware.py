"""More of the kitchen: what is cooked with, and what keeps what is cooked."""

from app.seed.catalogue.shapes import Choice, Option, Product, Variant
from app.seed.drawings.shades import CHALK, CHARCOAL, FLAX, INK_BLUE, MAPLE, MOSS, OAK, TERRACOTTA, WALNUT

PRODUCTS = (
    Product(
        sku="FRW-SKL",
        slug="keel-carbon-steel-skillet",
        name="Keel carbon-steel skillet",
        brand="Ferrow",
        home="kitchen",
        description=(
            "Half as heavy as cast iron, as hot as cast iron, and after a month as black. It browns a steak, "
            "lets go of an egg, and may be scrubbed with steel wool by a guest without harm.\n\n"
            "Carbon steel, 2.5 mm, with a long handle riveted three times. 24 cm (9½ in) weighs 1.3 kg, 28 cm "
            "(11 in) 1.8 kg. For every stove, the oven, the grill and the campfire. It comes with a coat of "
            "beeswax against rust: wash it off and burn in a spoon of oil; a card says how.\n\n"
            "Rinse hot, dry on the flame, wipe with a drop of oil. No dishwasher. Rust is only a reminder: scour "
            "and oil."
        ),
        attributes={
            "material": "Steel",
            "dishwasher_safe": False,
            "oven_safe": True,
            "care": "Hand wash",
            "made_in": "Sweden",
        },
        drawing="skillet",
        color=CHARCOAL,
        alt=(
            "Black carbon-steel skillet with a long handle",
            "Two fried eggs in the skillet, from above",
            "The skillet on a stove, steaming",
        ),
        options=(Option("Size", (Choice("24 cm"), Choice("28 cm"))),),
        variants=(
            Variant("FRW-SKL-24", ("24 cm",), 5800, 1300, 34, 27),
            Variant("FRW-SKL-28", ("28 cm",), 7200, 1800, 41, 30),
        ),
    ),
    Product(
        sku="FRW-CSS",
        slug="banked-fire-casserole",
        name="Banked Fire casserole",
        brand="Ferrow",
        home="kitchen",
        also=("table",),
        description=(
            "A pot for what takes all afternoon. The lid is heavy and sits close, with small points inside from "
            "which the steam rains back on the roast.\n\n"
            "Cast iron, enameled twice outside and three times inside, knob of solid brass. 3.5 liters (24 cm) "
            "for two to four, 5.5 liters (28 cm) for six; 4.2 and 5.8 kg with the lid. Any stove, also "
            "induction, and the oven to 250 °C.\n\n"
            "Let it cool before it meets cold water; soak what has burnt on, with a spoon of soda. The enamel is "
            "guaranteed for twenty-five years."
        ),
        attributes={
            "material": "Cast iron",
            "dishwasher_safe": True,
            "oven_safe": True,
            "care": "Dishwasher safe",
            "made_in": "France",
        },
        drawing="casserole",
        alt=(
            "{color} enameled casserole with a brass knob",
            "Ear and lid of the {color} casserole, close",
            "Soup in the {color} casserole, a wooden ladle in it",
        ),
        options=(
            Option("Color", (Choice("Ink blue", INK_BLUE), Choice("Terracotta", TERRACOTTA), Choice("Chalk", CHALK))),
            Option("Size", (Choice("3.5 l"), Choice("5.5 l"))),
        ),
        variants=(
            Variant("FRW-CSS-INK-35", ("Ink blue", "3.5 l"), 16800, 4200, 13, 10, threshold=5),
            Variant("FRW-CSS-INK-55", ("Ink blue", "5.5 l"), 21800, 5800, 9, 7, threshold=5),
            Variant("FRW-CSS-TER-35", ("Terracotta", "3.5 l"), 13800, 4200, 11, 8, threshold=5, compare_at=16800),
            Variant("FRW-CSS-TER-55", ("Terracotta", "5.5 l"), 17800, 5800, 2, 1, threshold=5, compare_at=21800),
            Variant("FRW-CSS-CHA-35", ("Chalk", "3.5 l"), 16800, 4200, 8, 9, threshold=5),
            Variant("FRW-CSS-CHA-55", ("Chalk", "5.5 l"), 21800, 5800, 0, 0, threshold=5, back_in=24),
        ),
    ),
    Product(
        sku="FRW-KNF",
        slug="first-edge-chefs-knife",
        name="First Edge chef's knife",
        brand="Ferrow",
        home="kitchen",
        description=(
            "If there is one knife, this one. The belly rocks through parsley, the heel gets through a "
            "squash, and the spine is rounded where the finger lies.\n\n"
            "Steel 1.4116, forged, hardened to 57 HRC: it takes an edge in five strokes on a stone and does not "
            "chip. Full tang, handle of dense wood with three brass pins, oiled. 18 cm (7 in) for smaller hands "
            "and boards, 21 cm (8 in) for everybody else.\n\n"
            "Wash by hand, dry, keep off glass and stone boards. We sharpen it once a year for the postage, as "
            "long as it is yours."
        ),
        attributes={"material": "Stainless steel", "dishwasher_safe": False, "care": "Hand wash", "made_in": "Germany"},
        drawing="chefs_knife",
        alt=(
            "Chef's knife with a {color} handle and brass pins",
            "The knife among slices of tomato, its {color} handle to the right",
            "Three knives with {color} handles on a rail, herbs beside them",
        ),
        options=(
            Option("Handle", (Choice("Walnut", WALNUT), Choice("Maple", MAPLE))),
            Option("Size", (Choice("18 cm"), Choice("21 cm"))),
        ),
        variants=(
            Variant("FRW-KNF-WAL-18", ("Walnut", "18 cm"), 9800, 190, 24, 18),
            Variant("FRW-KNF-WAL-21", ("Walnut", "21 cm"), 10800, 225, 29, 23),
            Variant("FRW-KNF-MPL-18", ("Maple", "18 cm"), 9800, 185, 3, 5),
            Variant("FRW-KNF-MPL-21", ("Maple", "21 cm"), 10800, 220, 14, 11),
        ),
    ),
    Product(
        sku="MND-MLL",
        slug="turnstile-pepper-mill",
        name="Turnstile pepper mill",
        brand="Meander",
        home="kitchen",
        also=("table",),
        description=(
            "It cracks the corn before it grinds it, which is what makes pepper smell of something. The brass "
            "nut on top sets it from dust to gravel, and stays where you set it.\n\n"
            "Turned from one piece of wood, so the grain runs on from foot to head. Mechanism of hardened steel, "
            "guaranteed for as long as there is pepper. 14 cm (5½ in) for the table, 22 cm (9 in) for the stove. "
            "For pepper; salt has a mechanism of its own, which we also fit.\n\n"
            "Wipe it dry. A few grains of rice ground through clean the teeth."
        ),
        attributes={"material": "Hardwood", "care": "Wipe clean", "made_in": "Denmark"},
        drawing="mills",
        alt=(
            "A tall and a short pepper mill of {color}",
            "Head and brass ring of the {color} mill",
            "Two {color} mills beside a bowl of salad",
        ),
        options=(
            Option("Wood", (Choice("Walnut", WALNUT), Choice("Maple", MAPLE), Choice("Charcoal", CHARCOAL))),
            Option("Size", (Choice("14 cm"), Choice("22 cm"))),
        ),
        variants=(
            Variant("MND-MLL-WAL-14", ("Walnut", "14 cm"), 4200, 230, 36, 29),
            Variant("MND-MLL-WAL-22", ("Walnut", "22 cm"), 5400, 340, 25, 21),
            Variant("MND-MLL-MPL-14", ("Maple", "14 cm"), 3800, 220, 31, 26),
            Variant("MND-MLL-MPL-22", ("Maple", "22 cm"), 4900, 330, 0, 0),
            Variant("MND-MLL-CHR-14", ("Charcoal", "14 cm"), 4200, 230, 18, 14),
        ),
    ),
    Product(
        sku="ORN-JAR",
        slug="larder-storage-jar",
        name="Larder storage jar",
        brand="Orrin Glass",
        home="kitchen",
        description=(
            "Glass below, oak above, and a ring of silicone between them that sighs when you close it. Straight "
            "sides and a wide mouth, so that a cup goes in and the last spoonful comes out.\n\n"
            "Recycled glass, 4 mm; lid of oiled oak. 0.5 liters for spices and coffee, 1 liter for rice and "
            "lentils, 1.8 liters for flour. All are 11 cm (4 in) across and stand in a row like siblings.\n\n"
            "The glass may go into the dishwasher; wipe the lid. Rings are sold singly."
        ),
        attributes={"material": "Glass", "dishwasher_safe": False, "care": "Wipe clean", "made_in": "Spain"},
        drawing="jars",
        color=OAK,
        alt=(
            "Three glass jars with oak lids, filled with oats, lentils and coffee",
            "Oak lid and its pale ring on a jar of oats",
            "Jars in two rows on kitchen shelves",
        ),
        options=(Option("Size", (Choice("0.5 l"), Choice("1 l"), Choice("1.8 l"))),),
        variants=(
            Variant("ORN-JAR-05", ("0.5 l",), 1600, 420, 92, 71),
            Variant("ORN-JAR-10", ("1 l",), 2000, 640, 85, 66),
            Variant("ORN-JAR-18", ("1.8 l",), 2600, 980, 6, 3),
        ),
    ),
    Product(
        sku="VLW-APR",
        slug="crossback-linen-apron",
        name="Crossback linen apron",
        brand="Vale & Weft",
        home="kitchen",
        also=("textiles",),
        description=(
            "The straps cross on the back, so nothing pulls at the neck, and there is nothing to tie with wet "
            "hands. Two pockets: one for the phone, one for what you were just looking for.\n\n"
            "Heavy linen, 280 g/m², washed, with a double hem and bar tacks where it strains. 85 cm (33 in) "
            "long; one size from S to XL, with straps that can be moved by two buttons.\n\n"
            "Wash at 40 °C with the towels. Oil stains come out with dish soap before the wash, and the rest are "
            "medals."
        ),
        attributes={"material": "Linen", "care": "Machine wash 40 °C", "made_in": "Lithuania"},
        drawing="apron",
        alt=(
            "{color} linen apron hanging by its crossed straps",
            "Pocket of the {color} apron with a wooden spoon",
            "The {color} apron on a peg rail beside a towel",
        ),
        options=(Option("Color", (Choice("Moss", MOSS), Choice("Charcoal", CHARCOAL), Choice("Flax", FLAX))),),
        variants=(
            Variant("VLW-APR-MOS", ("Moss",), 5800, 430, 27, 22),
            Variant("VLW-APR-CHR", ("Charcoal",), 5800, 430, 33, 25),
            Variant("VLW-APR-FLX", ("Flax",), 4800, 430, 16, 12, compare_at=5800),
        ),
    ),
)
