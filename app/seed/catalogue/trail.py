"""Trail, and the camp kitchen within it."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import AEGEAN, BRASS, CHARCOAL, FOREST, MOSS, OAT, OCHRE, PLUM, RUST, SKY

CATEGORIES = (
    Category(
        slug="trail",
        name="Trail",
        description="For a day out of doors or a few: warm, light, and glad of rain.",
        alt="A wool blanket, a lantern, a bottle and a mug before a valley with a river",
        attributes=("material", "volume_ml", "height_mm", "battery_h", "author", "pages", "water_resistant", "made_in"),
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
        alt=(
            "{color} enamel mug with a dark rim",
            "Two {color} enamel mugs stacked, the upper one steaming",
            "The {color} mug on a stump beside a campfire",
        ),
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
        alt=(
            "Insulated bottle in {color} with a black cap",
            "Cap and carrying loop of the {color} bottle",
            "The {color} bottle on a rock above a river, a straw hat beside it",
        ),
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
            "The {color} blanket over the arm of a chair",
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
        alt=(
            "{color} camp lantern, lit, with a leather grip",
            "Knob and frosted glass of the {color} lantern",
            "The {color} lantern on a jetty at night, a tent behind it",
        ),
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
        attributes={"material": "Paper", "author": "Ines Halloran", "pages": 208, "made_in": "Netherlands"},
        drawing="book",
        alt=(
            "Cloth-bound guide with a river winding through hills on its cover",
            "The guide open at a map and the text of a walk",
            "The guide on a bench beside a mug, boots below",
        ),
        color=FOREST,
        variants=(Variant("LWP-BOK-EN", (), 2600, 340, 48, 55),),
    ),
    Product(
        sku="TRN-TNT",
        slug="lee-two-person-tent",
        name="Lee two-person tent",
        brand="Tarnside",
        home="trail",
        description=(
            "A ridge tent, because a ridge is what rain runs off. Two poles, eight pegs, four minutes; one "
            "person can do it in the dark, and the inner tent hangs in it already.\n\n"
            "Flysheet of recycled ripstop polyester with a water column of 3,000 mm, inner tent of undyed "
            "cotton and mesh, poles of aluminum. 210 × 130 cm (83 × 51 in) on the ground, 115 cm high. Packed "
            "50 × 17 cm and 2.4 kg (5.3 lb). A repair kit and two spare pegs are in the bag.\n\n"
            "Dry it before it goes into the cupboard. Seams are taped; we tape them again after some years, at "
            "cost."
        ),
        attributes={"material": "Recycled polyester", "water_resistant": True, "made_in": "Vietnam"},
        drawing="tent",
        alt=(
            "Ridge tent in {color} with its door open",
            "The {color} tent in its bag, poles and pegs beside it",
            "The {color} tent beside a lake at night, lit from inside",
        ),
        options=(Option("Color", (Choice("Ochre", OCHRE), Choice("Moss", MOSS))),),
        variants=(
            Variant("TRN-TNT-OCH", ("Ochre",), 28900, 2600, 7, 9, compare_at=32900, threshold=5),
            Variant("TRN-TNT-MOS", ("Moss",), 28900, 2600, 0, 0, compare_at=32900, threshold=5, back_in=45),
        ),
    ),
    Product(
        sku="FRW-CMP",
        slug="true-pocket-compass",
        name="True pocket compass",
        brand="Ferrow",
        home="trail",
        also=("guides", "play"),
        description=(
            "It knows one thing. The needle swings in oil, so it comes to rest in three seconds, and the lid "
            "has a mirror and a notch for taking a bearing on something far away.\n\n"
            "Turned from solid brass, 56 mm across, 14 mm thick, 118 g. Sapphire bearing, dial of 360 degrees "
            "with a ring for the declination, letters that glow. Leather cord 60 cm long.\n\n"
            "Keep it away from phones and loudspeakers. Brass darkens; flour, salt and vinegar bring it back. "
            "Needle and glass are replaced for the postage, for life."
        ),
        attributes={"material": "Brass", "made_in": "Germany"},
        drawing="compass",
        alt=(
            "Brass compass with its lid open, on a leather cord",
            "Dial and needle of the compass",
            "The compass on a walking map with a pencil",
        ),
        color=BRASS,
        variants=(Variant("FRW-CMP-BRS", (), 5800, 190, 36, 41),),
    ),
    Product(
        sku="TRN-SOX",
        slug="tussock-walking-socks",
        name="Tussock walking socks",
        brand="Tarnside",
        home="trail",
        description=(
            "Thick where the boot is, thin where it is not. The heel and the toe are knitted twice and in "
            "another color, so that you see in time when they want darning.\n\n"
            "75% merino wool, 23% recycled polyamide, 2% elastane, terry-lined under the foot, with a flat seam "
            "at the toe. Small is 36–38 (US 5–7), medium 39–42 (US 7½–9½), large 43–46 (US 10–12½).\n\n"
            "Wash at 30 °C (86 °F) on wool, inside out, no softener; dry on a line. They may be worn for days "
            "before that, which is the point of wool."
        ),
        attributes={"material": "Wool", "made_in": "United Kingdom"},
        drawing="socks",
        alt=(
            "Pair of {color} wool socks with ochre heel and toe",
            "Ribbed cuff and cream stripes of the {color} socks",
            "The {color} socks on a line between two trees",
        ),
        options=(
            Option("Color", (Choice("Rust", RUST), Choice("Forest", FOREST), Choice("Charcoal", CHARCOAL))),
            Option("Size", (Choice("Small"), Choice("Medium"), Choice("Large"))),
        ),
        variants=(
            Variant("TRN-SOX-RUS-S", ("Rust", "Small"), 2200, 90, 34, 31),
            Variant("TRN-SOX-RUS-M", ("Rust", "Medium"), 2200, 95, 52, 46),
            Variant("TRN-SOX-RUS-L", ("Rust", "Large"), 2200, 105, 41, 37),
            Variant("TRN-SOX-FOR-S", ("Forest", "Small"), 2200, 90, 29, 27),
            Variant("TRN-SOX-FOR-M", ("Forest", "Medium"), 2200, 95, 47, 43),
            Variant("TRN-SOX-FOR-L", ("Forest", "Large"), 2200, 105, 3, 2),
            Variant("TRN-SOX-CHA-S", ("Charcoal", "Small"), 2200, 90, 0, 0),
            Variant("TRN-SOX-CHA-M", ("Charcoal", "Medium"), 2200, 95, 55, 50),
            Variant("TRN-SOX-CHA-L", ("Charcoal", "Large"), 2200, 105, 44, 40),
        ),
    ),
)
