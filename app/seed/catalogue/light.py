"""Light."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import (
    BEESWAX,
    CHALK,
    CHARCOAL,
    FOREST,
    INK_BLUE,
    IVORY,
    OAK,
    OCHRE,
    RUST,
    SAGE,
    SKY,
    TERRACOTTA,
    WALNUT,
)

CATEGORIES = (
    Category(
        slug="light",
        name="Light",
        description="Lamps that light what you are doing, and leave the rest of the room its evening.",
        alt="An ochre pendant, a table lamp and three candles on a blue evening",
        attributes=("material", "height_mm", "bulb", "dimmable", "cord_cm", "battery_h", "made_in"),
    ),
)

PRODUCTS = (
    Product(
        sku="FRW-DLM",
        slug="heron-desk-lamp",
        name="Heron desk lamp",
        brand="Ferrow",
        home="light",
        also=("desk",),
        description=(
            "Two arms, three joints, and a head that stays where you leave it. The joints are solid brass with "
            "a thumb screw, so there are no springs to sing or to tire.\n\n"
            "Powder-coated steel, brass, a cast-iron foot 170 mm across. The lower arm is 300 mm and the upper "
            "360 mm long; the light reaches 62 cm from the foot. Takes one E26 or E27 bulb up to 9 W LED; a "
            "warm 2,700 K bulb for 110–240 V is in the box. Switch on the head, 180 cm cloth cord.\n\n"
            "Dust with a dry cloth. The brass is not lacquered and will darken; polish it or let it."
        ),
        attributes={
            "material": "Steel",
            "height_mm": 520,
            "bulb": "E26/E27 LED, included",
            "dimmable": True,
            "cord_cm": 180,
            "made_in": "Poland",
        },
        drawing="desk_lamp",
        alt=(
            "{color} desk lamp with brass joints, its head turned down to the left",
            "Brass joint of the {color} lamp",
            "The {color} lamp over an open book at night",
        ),
        options=(
            Option("Color", (Choice("Terracotta", TERRACOTTA), Choice("Charcoal", CHARCOAL), Choice("Sage", SAGE))),
        ),
        variants=(
            Variant("FRW-DLM-TER", ("Terracotta",), 14800, 2900, 14, 9, compare_at=16800),
            Variant("FRW-DLM-CHA", ("Charcoal",), 14800, 2900, 22, 16, compare_at=16800),
            Variant("FRW-DLM-SAG", ("Sage",), 16800, 2900, 11, 6),
        ),
    ),
    Product(
        sku="HLM-TLM",
        slug="gable-table-lamp",
        name="Gable table lamp",
        brand="Holm Pottery",
        home="light",
        description=(
            "A round stoneware foot and a straight linen shade: a lamp for a sideboard, a bedside, a window. "
            "The light falls down and up, and glows softly through the cloth.\n\n"
            "The foot is thrown by hand, with two lines cut into the shoulder. The shade is natural linen on a "
            "card lining. 480 mm tall, shade 340 mm across at the bottom. One E26 or E27 bulb up to 11 W LED "
            "(not included). Pull switch of solid brass, 200 cm cloth cord.\n\n"
            "Brush the shade with a soft brush; it must not get wet."
        ),
        attributes={
            "material": "Stoneware",
            "height_mm": 480,
            "bulb": "E26/E27 LED, not included",
            "dimmable": True,
            "cord_cm": 200,
            "made_in": "Portugal",
        },
        drawing="table_lamp",
        alt=(
            "Table lamp with a {color} stoneware foot and a linen shade, lit",
            "Linen shade over the {color} foot, with its brass pull",
            "The lamp with the {color} foot beside an armchair in the evening",
        ),
        options=(Option("Color", (Choice("Sage", SAGE), Choice("Ink blue", INK_BLUE))),),
        variants=(
            Variant("HLM-TLM-SAG", ("Sage",), 12900, 3400, 13, 8),
            Variant("HLM-TLM-INK", ("Ink blue",), 12900, 3400, 10, 7),
        ),
    ),
    Product(
        sku="FRW-PND",
        slug="dome-pendant",
        name="Dome pendant",
        brand="Ferrow",
        home="light",
        description=(
            "A spun dome for over the table. It is deep enough that nobody looks into the bulb, and white "
            "inside so that the plate is brighter than the faces.\n\n"
            "Spun aluminum, 1.2 mm, powder-coated; crown and canopy of solid brass. 30 cm (12 in) across for a "
            "corner or a row of three, 45 cm (18 in) for a table for six. Cloth cord 250 cm, shortened at the "
            "canopy. One E26 or E27 bulb up to 15 W LED (not included). To be connected by an electrician.\n\n"
            "Hang it 65 to 75 cm above the table top. Wipe with a damp cloth when it is off and cold."
        ),
        attributes={
            "material": "Aluminum",
            "bulb": "E26/E27 LED, not included",
            "dimmable": True,
            "cord_cm": 250,
            "made_in": "Poland",
        },
        drawing="pendant",
        alt=(
            "{color} dome pendant, lit, on a dark cord",
            "Brass crown of the {color} pendant",
            "The {color} pendant over a table laid for two",
        ),
        options=(
            Option("Color", (Choice("Forest", FOREST), Choice("Ochre", OCHRE), Choice("Charcoal", CHARCOAL))),
            Option("Size", (Choice("30 cm"), Choice("45 cm"))),
        ),
        variants=(
            Variant("FRW-PND-FOR-30", ("Forest", "30 cm"), 15900, 1300, 12, 11),
            Variant("FRW-PND-FOR-45", ("Forest", "45 cm"), 21900, 2200, 6, 5, threshold=4),
            Variant("FRW-PND-OCH-30", ("Ochre", "30 cm"), 15900, 1300, 9, 7),
            Variant("FRW-PND-OCH-45", ("Ochre", "45 cm"), 21900, 2200, 0, 0, threshold=4, back_in=32),
            Variant("FRW-PND-CHA-30", ("Charcoal", "30 cm"), 15900, 1300, 15, 14),
            Variant("FRW-PND-CHA-45", ("Charcoal", "45 cm"), 21900, 2200, 7, 4, threshold=4),
        ),
    ),
    Product(
        sku="MND-TPR",
        slug="hive-beeswax-tapers",
        name="Hive beeswax tapers, box of six",
        brand="Meander",
        home="light",
        description=(
            "Six hand-dipped candles that burn with a steady flame and smell faintly of honey. Nothing is "
            "added: no perfume, no stearin, no dye in the natural ones.\n\n"
            "Pure beeswax from Oregon and Washington, cotton wick. 280 mm long, 22 mm at the foot, to fit a "
            "common holder; each burns for about nine hours. The ivory ones are bleached in the sun.\n\n"
            "Trim the wick to 6 mm and keep out of drafts. The pale bloom that comes with time is the wax "
            "itself; a soft cloth takes it off. Holders in the picture are not included."
        ),
        attributes={"material": "Beeswax", "height_mm": 280, "made_in": "United States"},
        drawing="candles",
        alt=(
            "Three {color} beeswax tapers burning in brass holders",
            "Six {color} tapers in a paper band",
            "{color} tapers burning in a window on a winter evening",
        ),
        options=(Option("Color", (Choice("Natural", BEESWAX), Choice("Ivory", IVORY))),),
        variants=(
            Variant("MND-TPR-NAT", ("Natural",), 3200, 620, 58, 24),
            Variant("MND-TPR-IVO", ("Ivory",), 3400, 620, 33, 19),
        ),
    ),
    Product(
        sku="FRW-FLR",
        slug="stilt-floor-lamp",
        name="Stilt floor lamp",
        brand="Ferrow",
        home="light",
        description=(
            "A lamp that stands beside a chair like somebody reading along. Three legs never rock, and the "
            "light falls over the left shoulder or the right, as you put it.\n\n"
            "Legs of solid wood, turned and oiled, in a collar of brass; a brass ring keeps them from going "
            "astray. Shade of natural linen, 420 mm across. 1,480 mm (58 in) tall. One E26 or E27 bulb up to 13 "
            "W LED (not included). Pull switch, 250 cm cloth cord. Comes in two parts; no tools needed.\n\n"
            "Oil the legs once in a while. The shade is brushed, not washed."
        ),
        attributes={
            "material": "Hardwood",
            "height_mm": 1480,
            "bulb": "E26/E27 LED, not included",
            "dimmable": True,
            "cord_cm": 250,
            "made_in": "Poland",
        },
        drawing="floor_lamp",
        alt=(
            "Floor lamp on three legs of {color} with a linen shade",
            "Brass collar and {color} legs of the lamp",
            "The {color} lamp beside an armchair in the evening",
        ),
        options=(Option("Wood", (Choice("Oak", OAK), Choice("Walnut", WALNUT))),),
        variants=(
            Variant("FRW-FLR-OAK", ("Oak",), 26800, 5200, 8, 6, threshold=4),
            Variant("FRW-FLR-WAL", ("Walnut",), 29800, 5400, 5, 1, threshold=4),
        ),
    ),
    Product(
        sku="FRW-WLM",
        slug="eave-wall-lamp",
        name="Eave wall lamp",
        brand="Ferrow",
        home="light",
        description=(
            "The lamp that makes a bedside table larger. It hangs on the wall, reaches where it is wanted, and "
            "folds away with one finger.\n\n"
            "Powder-coated steel; plate and joints of solid brass. The arm reaches 62 cm and swings through a "
            "half circle, the head turns and tilts. Shade 180 mm across. One E14 or E12 bulb up to 6 W LED, "
            "warm and dimmable, in the box. Plug and 220 cm cloth cord with a switch; it can also be wired to "
            "the wall by an electrician.\n\n"
            "Two screws and plugs are included. Wipe with a dry cloth when cold."
        ),
        attributes={
            "material": "Steel",
            "bulb": "E12/E14 LED, included",
            "dimmable": True,
            "cord_cm": 220,
            "made_in": "Poland",
        },
        drawing="wall_lamp",
        alt=(
            "{color} wall lamp on a folding arm with brass joints",
            "Brass wall plate and joint of the {color} lamp",
            "The {color} lamp over a bed in the evening",
        ),
        options=(Option("Color", (Choice("Forest", FOREST), Choice("Chalk", CHALK), Choice("Charcoal", CHARCOAL))),),
        variants=(
            Variant("FRW-WLM-FOR", ("Forest",), 11900, 1450, 17, 14),
            Variant("FRW-WLM-CHK", ("Chalk",), 11900, 1450, 21, 19),
            Variant("FRW-WLM-CHA", ("Charcoal",), 11900, 1450, 0, 0),
        ),
    ),
    Product(
        sku="FRW-PTL",
        slug="bonnet-portable-lamp",
        name="Bonnet portable lamp",
        brand="Ferrow",
        home="light",
        also=("trail",),
        description=(
            "A small lamp without a cord, for the table outside, the shelf without a socket, the child who "
            "wants to know where the door is. Touch the knob for on, again for brighter, hold it for off.\n\n"
            "Spun and powder-coated aluminum with a brass knob. 230 mm (9 in) tall, shade 160 mm across. The "
            "light is 2,400 K, nearly as warm as a candle, from 5 to 180 lumens. Up to 60 hours at its lowest, 9 at "
            "its brightest; charged by USB-C in three hours. The cell can be changed with a coin.\n\n"
            "Stands rain (IPX4) but not a winter outside."
        ),
        attributes={
            "material": "Aluminum",
            "height_mm": 230,
            "bulb": "Built-in LED",
            "dimmable": True,
            "battery_h": 60,
            "made_in": "Taiwan",
        },
        drawing="portable_lamp",
        alt=(
            "Small {color} lamp with a dome and a brass knob, lit",
            "Dome and light of the {color} lamp",
            "The {color} lamp on a garden table after sunset",
        ),
        options=(Option("Color", (Choice("Ochre", OCHRE), Choice("Rust", RUST), Choice("Sky", SKY))),),
        variants=(
            Variant("FRW-PTL-OCH", ("Ochre",), 8600, 690, 31, 27, compare_at=9800),
            Variant("FRW-PTL-RUS", ("Rust",), 8600, 690, 28, 22, compare_at=9800),
            Variant("FRW-PTL-SKY", ("Sky",), 8600, 690, 2, 0, compare_at=9800),
        ),
    ),
)
