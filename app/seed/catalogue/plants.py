"""Plants."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import BRASS, CHALK, CHARCOAL, INK_BLUE, MOSS, SAGE, STEEL, STONE, TERRACOTTA, WALNUT

CATEGORIES = (
    Category(
        slug="plants",
        name="Plants",
        description="Pots and tools for what grows on the sill. The plants you will have to raise yourself.",
        alt="A rubber fig in a terracotta pot, a small aloe and a blue watering can",
        attributes=("material", "volume_ml", "drainage", "made_in"),
    ),
)

PRODUCTS = (
    Product(
        sku="HLM-PLT",
        slug="terrace-planter",
        name="Terrace planter with saucer",
        brand="Holm Pottery",
        home="plants",
        description=(
            "The flowerpot as it should be: a rim to lift it by, a hole in the bottom, and a saucer that holds "
            "what runs through. Unglazed outside, so the soil can breathe; sealed inside the saucer, so the "
            "sill stays dry.\n\n"
            "Pressed and fired in Portugal. Small is 14 cm (5.5 in) across and 12 cm tall, medium 20 × 17 cm, "
            "large 28 × 24 cm. The plant is not included.\n\n"
            "White bloom on the outside is lime from the water and brushes off. Hardy to about −10 °C (14 °F) "
            "if it stands dry; take it in before that."
        ),
        attributes={"material": "Terracotta", "drainage": True, "made_in": "Portugal"},
        drawing="planter",
        alt=(
            "Rubber fig in a {color} planter with a saucer",
            "The three sizes of the {color} planter side by side",
            "The {color} planter on a balcony above a river valley",
        ),
        options=(
            Option("Color", (Choice("Terracotta", TERRACOTTA), Choice("Stone", STONE), Choice("Charcoal", CHARCOAL))),
            Option("Size", (Choice("14 cm"), Choice("20 cm"), Choice("28 cm"))),
        ),
        variants=(
            Variant("HLM-PLT-TER-14", ("Terracotta", "14 cm"), 1800, 720, 46, 34),
            Variant("HLM-PLT-TER-20", ("Terracotta", "20 cm"), 3200, 1580, 28, 21),
            Variant("HLM-PLT-TER-28", ("Terracotta", "28 cm"), 5400, 3600, 11, 7, threshold=5),
            Variant("HLM-PLT-STO-14", ("Stone", "14 cm"), 2000, 720, 39, 27),
            Variant("HLM-PLT-STO-20", ("Stone", "20 cm"), 3400, 1580, 22, 16),
            Variant("HLM-PLT-STO-28", ("Stone", "28 cm"), 5800, 3600, 2, 1, threshold=5),
            Variant("HLM-PLT-CHA-14", ("Charcoal", "14 cm"), 2000, 720, 33, 25),
            Variant("HLM-PLT-CHA-20", ("Charcoal", "20 cm"), 3400, 1580, 19, 14),
            Variant("HLM-PLT-CHA-28", ("Charcoal", "28 cm"), 5800, 3600, 0, 0, threshold=5, back_in=40),
        ),
    ),
    Product(
        sku="FRW-CAN",
        slug="rill-watering-can",
        name="Rill watering can",
        brand="Ferrow",
        home="plants",
        description=(
            "A can with a long thin spout that reaches the pot at the back without a drop on the sill. The "
            "handle is one brass rod; the weight hangs under your hand from full to empty.\n\n"
            "Powder-coated steel with a brass tip. Holds 1.5 liters (50 oz); 260 mm tall, 400 mm from handle to "
            "tip.\n\n"
            "For indoors and balconies. Empty it before frost, and let it dry if it will not be used for a "
            "while."
        ),
        attributes={"material": "Steel", "volume_ml": 1500, "made_in": "Poland"},
        drawing="can",
        alt=(
            "{color} watering can with a long spout and a brass handle",
            "Drops falling from the {color} spout on a seedling",
            "The {color} watering can on a potting bench beside seedlings",
        ),
        options=(Option("Color", (Choice("Sage", SAGE), Choice("Ink blue", INK_BLUE))),),
        variants=(
            Variant("FRW-CAN-SAG", ("Sage",), 4400, 690, 24, 18),
            Variant("FRW-CAN-INK", ("Ink blue",), 4400, 690, 21, 16),
        ),
    ),
    Product(
        sku="FRW-SNP",
        slug="wren-plant-snips",
        name="Wren plant snips",
        brand="Ferrow",
        home="plants",
        description=(
            "Small scissors for herbs, dead leaves and a stem for the table. The blades are narrow enough to "
            "get between twigs, and meet to the very tip.\n\n"
            "Hand-ground carbon steel blades, handles wrapped in oiled walnut, a brass screw to set the "
            "tension. 175 mm long. For left and right hands.\n\n"
            "Wipe dry after use and put on a drop of oil now and then. Sharpening is free of charge for five "
            "years; you pay the postage to us."
        ),
        attributes={"material": "Steel", "made_in": "Japan"},
        drawing="snips",
        alt=(
            "Plant snips with walnut handles beside a cut sprig",
            "Blades and brass pivot of the snips",
            "The snips beside herbs on a walnut board",
        ),
        color=WALNUT,
        variants=(Variant("FRW-SNP-175", (), 3600, 160, 29, 26),),
    ),
    Product(
        sku="HLM-HNG",
        slug="cradle-hanging-planter",
        name="Cradle hanging planter",
        brand="Holm Pottery",
        home="plants",
        description=(
            "For what likes to hang: pothos, string of hearts, a fern that has had enough of the floor. The "
            "bowl is shallow, so that it is light, and glazed, so that it does not drip.\n\n"
            "Stoneware, 21 cm (8 in) across and 12 cm deep, 2 liters of soil. Three cords of cotton, 75 cm, on "
            "solid brass eyes, with a ring and a hook for the ceiling that carries 20 kg. No hole: put a hand "
            "of gravel in first.\n\n"
            "Water sparingly and turn it now and then. The cords are washed by hand when they are gray."
        ),
        attributes={"material": "Stoneware", "volume_ml": 2000, "drainage": False, "made_in": "Portugal"},
        drawing="hanging_planter",
        alt=(
            "{color} bowl with trailing plants on three cords",
            "Rim, cord and brass eye of the {color} planter",
            "The {color} planter in a window with another one",
        ),
        options=(Option("Color", (Choice("Chalk", CHALK), Choice("Sage", SAGE), Choice("Terracotta", TERRACOTTA))),),
        variants=(
            Variant("HLM-HNG-CHK", ("Chalk",), 4600, 1150, 26, 19),
            Variant("HLM-HNG-SAG", ("Sage",), 4600, 1150, 21, 17),
            Variant("HLM-HNG-TER", ("Terracotta",), 4600, 1150, 1, 2),
        ),
    ),
    Product(
        sku="FRW-MST",
        slug="morning-plant-mister",
        name="Morning plant mister",
        brand="Ferrow",
        home="plants",
        description=(
            "A fine fog, not a jet. One pull fills the air around a fern for as long as it takes to say good "
            "morning to it.\n\n"
            "Flask of pressed glass with walls 3 mm thick, pump of solid brass, bare or blackened, with a tube "
            "of brass inside. 300 ml (10 oz), 190 mm tall. The nozzle turns from fog to drops and unscrews for "
            "cleaning.\n\n"
            "Fill with rain water or boiled water, and the nozzle stays free of lime. Empty it before a "
            "holiday."
        ),
        attributes={"material": "Brass", "volume_ml": 300, "made_in": "Japan"},
        drawing="mister",
        alt=(
            "Glass plant mister with a pump of {color}",
            "Nozzle of {color} in the act of spraying",
            "The mister of {color} beside a fern in a terracotta pot",
        ),
        options=(Option("Finish", (Choice("Bare brass", BRASS), Choice("Blackened brass", CHARCOAL))),),
        variants=(
            Variant("FRW-MST-BRS", ("Bare brass",), 3800, 520, 33, 30),
            Variant("FRW-MST-BLK", ("Blackened brass",), 4200, 520, 0, 14),
        ),
    ),
    Product(
        sku="FRW-TRG",
        slug="sill-herb-trough",
        name="Sill herb trough with seeds",
        brand="Ferrow",
        home="plants",
        also=("kitchen",),
        description=(
            "Basil, rosemary and chives on the window sill, from seed, which takes eight weeks and tastes of "
            "having waited. The saucer is as long as the trough and holds a day's water.\n\n"
            "Galvanized or powder-coated steel with handles of brass, 42 × 14 × 13 cm (17 × 6 × 5 in), 5 "
            "liters, with five holes. In the box: three packets of open-pollinated seed, three labels, and a "
            "leaflet that is honest about basil. Soil is not included.\n\n"
            "Rinse with vinegar when lime shows. Sow again every spring; the second year's seed is on us."
        ),
        attributes={"material": "Steel", "volume_ml": 5000, "drainage": True, "made_in": "Poland"},
        drawing="herb_trough",
        alt=(
            "Herb trough in {color} with basil, rosemary and chives",
            "The trough in {color} from above with packets of seed and labels",
            "The trough in {color} on the sill of a window with curtains",
        ),
        options=(Option("Color", (Choice("Zinc", STEEL), Choice("Moss", MOSS))),),
        variants=(
            Variant("FRW-TRG-ZNC", ("Zinc",), 5200, 1600, 18, 16, compare_at=5900),
            Variant("FRW-TRG-MOS", ("Moss",), 5200, 1600, 15, 11, compare_at=5900),
        ),
    ),
)
