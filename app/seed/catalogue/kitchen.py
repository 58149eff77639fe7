"""Kitchen, and coffee and tea within it."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import CHALK, CHARCOAL, INK_BLUE, MAPLE, OAT, SAGE, STEEL, TERRACOTTA, WALNUT

CATEGORIES = (
    Category(
        slug="kitchen",
        name="Kitchen",
        description="Stoneware, wood and linen for a kitchen that is cooked in every day.",
        alt="A kettle, a walnut board, a bowl and a mug before a pale arch",
        attributes=("material", "made_in", "dishwasher_safe", "oven_safe", "care"),
    ),
    Category(
        slug="coffee-and-tea",
        name="Coffee & tea",
        description="What the first quarter of an hour of the day needs, and nothing it does not.",
        alt="A ceramic dripper on a glass server beside a blue mug",
        attributes=("volume_ml", "height_mm", "microwave_safe"),
        parent="kitchen",
    ),
)

PRODUCTS = (
    Product(
        sku="HLM-MUG",
        slug="harbor-stoneware-mug",
        name="Harbor stoneware mug",
        brand="Holm Pottery",
        home="coffee-and-tea",
        also=("kitchen",),
        description=(
            "A mug with some weight to it. The wall is thick enough to keep coffee warm through a long first "
            "page, the handle takes three fingers, and the foot is left unglazed so that it sits quietly on "
            "wood.\n\n"
            "Thrown and glazed in small batches from a speckled stoneware clay, fired once at 1,240 °C. The "
            "glaze breaks a little differently on every piece; expect small iron spots.\n\n"
            "The small one is 90 mm tall and holds 300 ml (10 oz), the large one 105 mm and 420 ml (14 oz). "
            "Dishwasher and microwave safe. Let it warm up before you pour in something boiling straight from a "
            "cold shelf."
        ),
        attributes={"material": "Stoneware", "made_in": "Portugal", "dishwasher_safe": True, "microwave_safe": True},
        drawing="mug",
        alt=(
            "Stoneware mug with a {color} glaze and a bare clay foot, full of coffee",
            "The {color} mug from above",
            "The {color} mug steaming on three books at a window",
        ),
        options=(
            Option("Color", (Choice("Sage", SAGE), Choice("Ink blue", INK_BLUE), Choice("Oat", OAT))),
            Option("Size", (Choice("300 ml"), Choice("420 ml"))),
        ),
        variants=(
            Variant("HLM-MUG-SAG-300", ("Sage", "300 ml"), 2400, 380, 64, 40),
            Variant("HLM-MUG-SAG-420", ("Sage", "420 ml"), 2800, 460, 38, 22),
            Variant("HLM-MUG-INK-300", ("Ink blue", "300 ml"), 2400, 380, 57, 31),
            Variant("HLM-MUG-INK-420", ("Ink blue", "420 ml"), 2800, 460, 3, 1),
            Variant("HLM-MUG-OAT-300", ("Oat", "300 ml"), 2400, 380, 72, 48),
            Variant("HLM-MUG-OAT-420", ("Oat", "420 ml"), 2800, 460, 0, 0),
        ),
    ),
    Product(
        sku="FRW-KET",
        slug="larch-gooseneck-kettle",
        name="Larch gooseneck kettle",
        brand="Ferrow",
        home="coffee-and-tea",
        also=("kitchen",),
        description=(
            "A stovetop kettle that pours where you look. The spout is narrow and comes off low, so the water "
            "leaves in one calm thread, slow enough for pour-over coffee and quick enough for a pot of tea.\n\n"
            "Brushed 18/10 stainless steel, with handle and knob of oiled walnut that stay cool. Holds 1 liter "
            "(34 oz); the mark inside shows 0.9 l, which is as full as it should be. Base 150 mm wide, 210 mm "
            "tall to the knob. Works on gas, electric and induction.\n\n"
            "Wash by hand, and dry the wood. Descale with one part vinegar to two parts water when the spout "
            "gets slow."
        ),
        attributes={
            "material": "Stainless steel",
            "made_in": "Taiwan",
            "dishwasher_safe": False,
            "volume_ml": 1000,
            "height_mm": 210,
        },
        drawing="kettle",
        alt=(
            "Gooseneck kettle in {color} with a walnut handle and knob",
            "Water leaving the {color} spout in one thread",
            "The {color} kettle on the stove",
        ),
        options=(Option("Color", (Choice("Matte black", CHARCOAL), Choice("Brushed steel", STEEL))),),
        variants=(
            Variant("FRW-KET-BLK", ("Matte black",), 8900, 940, 26, 14),
            Variant("FRW-KET-STL", ("Brushed steel",), 8400, 920, 19, 17),
        ),
    ),
    Product(
        sku="HLM-DRP",
        slug="ridge-dripper-and-server",
        name="Ridge dripper and server",
        brand="Holm Pottery",
        home="coffee-and-tea",
        also=("kitchen",),
        description=(
            "A stoneware cone over a glass server: two cups at a time, and you can see how far you are. Twelve "
            "curved ridges hold the paper off the wall, so the water runs through evenly and does not stall.\n\n"
            "The cone takes size 02 papers. The server is borosilicate glass and holds 600 ml (20 oz). Together "
            "they stand 235 mm tall.\n\n"
            "Both parts go in the dishwasher, neither in the microwave. Rinse the cone with hot water first, "
            "and the coffee stays hot. A pack of 40 unbleached papers is in the box."
        ),
        attributes={
            "material": "Stoneware",
            "made_in": "Portugal",
            "dishwasher_safe": True,
            "microwave_safe": False,
            "volume_ml": 600,
            "height_mm": 235,
        },
        drawing="dripper",
        alt=(
            "{color} stoneware dripper on a glass server with coffee",
            "The ridges inside the {color} cone from above",
            "The {color} dripper on a kitchen counter under a shelf of jars",
        ),
        options=(Option("Color", (Choice("Terracotta", TERRACOTTA), Choice("Chalk", CHALK))),),
        variants=(
            Variant("HLM-DRP-TER", ("Terracotta",), 5400, 890, 23, 12, compare_at=6200),
            Variant("HLM-DRP-CHK", ("Chalk",), 5400, 890, 18, 20, compare_at=6200),
        ),
    ),
    Product(
        sku="MND-BRD",
        slug="ashlar-cutting-board",
        name="Ashlar cutting board",
        brand="Meander",
        home="kitchen",
        description=(
            "One plank, no glue joints. The board is cut along the grain from a single piece of North American "
            "hardwood, 24 mm thick, with a handle that is really for carrying and a hole for a peg.\n\n"
            "The small board is 360 × 180 mm and does breakfast. The large one is 480 × 240 mm and takes a "
            "loaf, a cheese and a knife. Finished with food-safe linseed oil and beeswax.\n\n"
            "Wipe with a damp cloth and dry standing up; no dishwasher, and do not leave it in the sink. Oil it "
            "twice a year and it will outlast the kitchen. Grain and tone differ from board to board."
        ),
        attributes={"material": "Hardwood", "made_in": "United States", "dishwasher_safe": False},
        drawing="board",
        alt=(
            "{color} cutting board hanging from a peg",
            "Bread being sliced on the {color} board",
            "The {color} board leaning at tiles beside a bowl of lemons",
        ),
        options=(
            Option("Wood", (Choice("Walnut", WALNUT), Choice("Maple", MAPLE))),
            Option("Size", (Choice("Small"), Choice("Large"))),
        ),
        variants=(
            Variant("MND-BRD-WAL-S", ("Walnut", "Small"), 5200, 950, 21, 9),
            Variant("MND-BRD-WAL-L", ("Walnut", "Large"), 8400, 1750, 3, 1),
            Variant("MND-BRD-MAP-S", ("Maple", "Small"), 4600, 1020, 27, 15),
            Variant("MND-BRD-MAP-L", ("Maple", "Large"), 7400, 1880, 16, 8),
        ),
    ),
    Product(
        sku="MND-TWL",
        slug="selvedge-linen-towels",
        name="Selvedge linen towels, set of two",
        brand="Meander",
        home="kitchen",
        description=(
            "Two kitchen towels of pure European linen, one plain and one striped, with a loop in the middle of "
            "the long side so that they hang straight. They dry glasses without lint from the third wash on.\n\n"
            "Woven at 240 g/m² with a true selvedge; 50 × 70 cm (20 × 28 in) each. The yarn is dyed before "
            "weaving, so the stripes are the same on both sides and stay.\n\n"
            "Wash at 60 °C (140 °F), line dry, and iron damp if you must. Linen shrinks by about four percent "
            "the first time; we have cut them larger for that."
        ),
        attributes={"material": "Linen", "made_in": "Lithuania"},
        drawing="towels",
        alt=(
            "Two linen towels, one plain {color} and one striped, over a brass rail",
            "Folded towels striped in {color}",
            "{color} towel over the rail of a stove",
        ),
        options=(Option("Color", (Choice("Ink blue", INK_BLUE), Choice("Terracotta", TERRACOTTA))),),
        variants=(
            Variant("MND-TWL-INK", ("Ink blue",), 2800, 260, 44, 37),
            Variant("MND-TWL-TER", ("Terracotta",), 2800, 260, 39, 30),
        ),
    ),
    Product(
        sku="HLM-BWL",
        slug="tideline-serving-bowl",
        name="Tideline serving bowl",
        brand="Holm Pottery",
        home="kitchen",
        description=(
            "A wide bowl on a narrow foot, in three sizes that nest. The small one is for soup, the middle one "
            "for salad for two, the large one for the middle of the table.\n\n"
            "Speckled stoneware with a satin glaze inside and out. 180, 240 and 300 mm across; 0.8, 1.9 and 3.6 "
            "liters.\n\n"
            "Dishwasher safe and oven safe to 220 °C (430 °F). Cutlery may leave gray lines on the satin glaze "
            "after a while: they are metal, not scratches, and a little baking soda takes them off."
        ),
        attributes={"material": "Stoneware", "made_in": "Portugal", "dishwasher_safe": True, "oven_safe": True},
        drawing="bowl",
        alt=(
            "Wide stoneware bowl in {color}",
            "Three {color} bowls nested, lemons in the smallest",
            "The {color} bowl full of lemons",
        ),
        options=(
            Option("Color", (Choice("Oat", OAT), Choice("Sage", SAGE), Choice("Ink blue", INK_BLUE))),
            Option("Size", (Choice("18 cm"), Choice("24 cm"), Choice("30 cm"))),
        ),
        variants=(
            Variant("HLM-BWL-OAT-18", ("Oat", "18 cm"), 2600, 520, 48, 33),
            Variant("HLM-BWL-OAT-24", ("Oat", "24 cm"), 4200, 980, 29, 17),
            Variant("HLM-BWL-OAT-30", ("Oat", "30 cm"), 6400, 1640, 12, 7),
            Variant("HLM-BWL-SAG-18", ("Sage", "18 cm"), 2600, 520, 41, 26),
            Variant("HLM-BWL-SAG-24", ("Sage", "24 cm"), 4200, 980, 0, 0, back_in=18),
            Variant("HLM-BWL-SAG-30", ("Sage", "30 cm"), 6400, 1640, 9, 5),
            Variant("HLM-BWL-INK-18", ("Ink blue", "18 cm"), 2600, 520, 36, 28),
            Variant("HLM-BWL-INK-24", ("Ink blue", "24 cm"), 4200, 980, 24, 13),
            Variant("HLM-BWL-INK-30", ("Ink blue", "30 cm"), 6400, 1640, 5, 0),
        ),
    ),
)
