"""Trail, and the camp kitchen within it."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import AEGEAN, FOREST, MOSS, OAT, OCHRE, PLUM, RUST, SKY

CATEGORIES = (
    Category(
        slug="trail",
        name="Trail",
        description="For a day out of doors or a few: warm, light, and glad of rain.",
        alt="A wool blanket, a lantern, a bottle and a mug before a valley with a river",
        attributes=("material", "volume_ml", "height_mm", "battery_h", "pages", "made_in"),
    ),
    Category(
        slug="camp-kitchen",
        name="Camp kitchen",
        description="Cups and bottles that may fall down.",
        alt="Two enamel mugs and a green bottle",
        attributes=("dishwasher_safe",),
        parent="trail",
    ),
)

PRODUCTS = (
    Product(
        sku="TRN-ENM",
        slug="ember-enamel-mug",
        name="Ember enamel mug",
        brand="Tarnside",
        home="camp-kitchen",
        also=("kitchen", "coffee-and-tea"),
        description=(
            "The mug for the fire, the van and the garden table. It stands in embers, weighs next to nothing "
            "and has been dropped by better people.\n\n"
            "Two coats of enamel on 0.8 mm steel, white inside, with a dark rolled rim. Holds 350 ml (12 oz), "
            "80 mm tall, 90 mm across. The handle is wide enough for a glove.\n\n"
            "Dishwasher safe; not for the microwave. If a chip comes off it is a mark and not a fault: the "
            "steel under it may rust a little, and is harmless."
        ),
        attributes={
            "material": "Enameled steel",
            "volume_ml": 350,
            "height_mm": 80,
            "dishwasher_safe": True,
            "made_in": "Poland",
        },
        drawing="enamel_mug",
        alt=("{color} enamel mug with a dark rim", "Two {color} enamel mugs stacked, the upper one steaming"),
        options=(Option("Color", (Choice("Aegean", AEGEAN), Choice("Rust", RUST), Choice("Oat", OAT))),),
        variants=(
            Variant("TRN-ENM-AEG", ("Aegean",), 1500, 150, 96, 71),
            Variant("TRN-ENM-RUS", ("Rust",), 1500, 150, 88, 69),
            Variant("TRN-ENM-OAT", ("Oat",), 1500, 150, 0, 0),
        ),
    ),
    Product(
        sku="TRN-BTL",
        slug="beck-insulated-bottle",
        name="Beck insulated bottle",
        brand="Tarnside",
        home="camp-kitchen",
        also=("trail", "desk"),
        description=(
            "Cold for a day, hot until the evening, and it does not sweat in the bag. The cap takes a quarter "
            "of a turn less than others and hangs from two fingers.\n\n"
            "Double-walled 18/8 stainless steel with a vacuum between, powder-coated. 500 ml (17 oz) is 240 mm "
            "tall and fits a cup holder; 750 ml (25 oz) is 280 mm. Cap of polypropylene with a silicone ring, "
            "both sold singly as spares. Free of BPA.\n\n"
            "Wash by hand with a brush; the dishwasher harms the coat. Do not fill with milk or sparkling "
            "drinks and leave them."
        ),
        attributes={"material": "Stainless steel", "dishwasher_safe": False, "made_in": "Taiwan"},
        drawing="bottle",
        alt=("Insulated bottle in {color} with a black cap", "Cap and carrying loop of the {color} bottle"),
        options=(
            Option(
                "Color", (Choice("Ochre", OCHRE), Choice("Sky", SKY), Choice("Forest", FOREST), Choice("Plum", PLUM))
            ),
            Option("Size", (Choice("500 ml"), Choice("750 ml"))),
        ),
        variants=(
            Variant("TRN-BTL-OCH-500", ("Ochre", "500 ml"), 2900, 320, 52, 45),
            Variant("TRN-BTL-OCH-750", ("Ochre", "750 ml"), 3500, 410, 43, 38),
            Variant("TRN-BTL-SKY-500", ("Sky", "500 ml"), 2900, 320, 61, 49),
            Variant("TRN-BTL-SKY-750", ("Sky", "750 ml"), 3500, 410, 37, 33),
            Variant("TRN-BTL-FOR-500", ("Forest", "500 ml"), 2900, 320, 58, 46),
            Variant("TRN-BTL-FOR-750", ("Forest", "750 ml"), 3500, 410, 3, 2),
            Variant("TRN-BTL-PLU-500", ("Plum", "500 ml"), 2900, 320, 29, 24),
            Variant("TRN-BTL-PLU-750", ("Plum", "750 ml"), 3500, 410, 21, 18),
        ),
    ),
    Product(
        sku="TRN-BLK",
        slug="drift-wool-blanket",
        name="Drift wool blanket",
        brand="Tarnside",
        home="trail",
        description=(
            "A blanket for the sofa, the boat and the cold half of September. Woven of wool that was shorn, "
            "spun and finished within a day's drive.\n\n"
            "Pure new wool, 480 g/m², brushed on both sides, with a twisted fringe and three stripes at each "
            "end. 140 × 180 cm (55 × 71 in).\n\n"
            "Wool cleans itself on a line in damp air. When it must be washed: by hand, cold, with wool soap, "
            "and dried flat. The first few evenings it sheds a little."
        ),
        attributes={"material": "Wool", "made_in": "United Kingdom"},
        drawing="blanket",
        alt=(
            "Folded {color} wool blanket with cream stripes and a fringe",
            "Corner of the {color} blanket: weave, stripes, fringe",
        ),
        options=(Option("Color", (Choice("Rust", RUST), Choice("Forest", FOREST), Choice("Sky", SKY))),),
        variants=(
            Variant("TRN-BLK-RUS", ("Rust",), 14500, 1250, 16, 21),
            Variant("TRN-BLK-FOR", ("Forest",), 14500, 1250, 14, 18),
            Variant("TRN-BLK-SKY", ("Sky",), 14500, 1250, 11, 12),
        ),
    ),
    Product(
        sku="FRW-LNT",
        slug="tarn-camp-lantern",
        name="Tarn camp lantern",
        brand="Ferrow",
        home="trail",
        also=("light",),
        description=(
            "A lantern that lights a table and not the whole campsite. One knob: turn for on, turn further for "
            "brighter, from a night light of 5 lumens to 320.\n\n"
            "Powder-coated steel, frosted glass that can be replaced, steel bail with a leather grip. 250 mm "
            "tall, 120 mm across. The battery lasts 90 hours at its lowest and 7 at its brightest, is charged "
            "by USB-C in four hours, and is a common 18650 cell that you can change yourself.\n\n"
            "Splash-proof (IPX4). Wipe with a damp cloth."
        ),
        attributes={"material": "Steel", "height_mm": 250, "battery_h": 90, "made_in": "Taiwan"},
        drawing="lantern",
        alt=("{color} camp lantern, lit, with a leather grip", "Knob and frosted glass of the {color} lantern"),
        options=(Option("Color", (Choice("Moss", MOSS), Choice("Rust", RUST))),),
        variants=(
            Variant("FRW-LNT-MOS", ("Moss",), 7400, 780, 26, 19),
            Variant("FRW-LNT-RUS", ("Rust",), 7400, 780, 17, 15),
        ),
    ),
    Product(
        sku="LWP-BOK",
        slug="the-long-way-round",
        name="The Long Way Round: Forty River Walks",
        brand="Lowland Paper",
        home="trail",
        also=("guides", "desk"),
        tax_class="reduced",
        description=(
            "Forty walks along rivers, from an hour to two days, in Oregon, the Netherlands and the north of "
            "England. Each has a map, a profile, a place to eat and an honest word on how wet it gets.\n\n"
            "Text by Ines Halloran, maps by Piet Vos. 208 pages, 130 × 200 mm, sewn and bound in cloth; it fits "
            "a coat pocket and lies open on a knee. Two ribbons.\n\n"
            "First edition, sold here and nowhere else."
        ),
        attributes={"material": "Paper", "pages": 208, "made_in": "Netherlands"},
        drawing="book",
        alt=(
            "Cloth-bound guide with a river winding through hills on its cover",
            "The guide open at a map and the text of a walk",
        ),
        color=FOREST,
        variants=(Variant("LWP-BOK-EN", (), 2600, 340, 48, 55),),
    ),
)
