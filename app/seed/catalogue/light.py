"""Light."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import BEESWAX, CHARCOAL, FOREST, INK_BLUE, IVORY, OCHRE, SAGE, TERRACOTTA

CATEGORIES = (
    Category(
        slug="light",
        name="Light",
        description="Lamps that light what you are doing, and leave the rest of the room its evening.",
        alt="An ochre pendant, a table lamp and three candles on a blue evening",
        attributes=("material", "height_mm", "bulb", "dimmable", "cord_cm", "made_in"),
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
        alt=("{color} dome pendant, lit, on a dark cord", "Brass crown of the {color} pendant"),
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
        alt=("Three {color} beeswax tapers burning in brass holders", "Six {color} tapers in a paper band"),
        options=(Option("Color", (Choice("Natural", BEESWAX), Choice("Ivory", IVORY))),),
        variants=(
            Variant("MND-TPR-NAT", ("Natural",), 3200, 620, 58, 24),
            Variant("MND-TPR-IVO", ("Ivory",), 3400, 620, 33, 19),
        ),
    ),
)
