"""Plants."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import CHARCOAL, INK_BLUE, SAGE, STONE, TERRACOTTA, WALNUT

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
        alt=("Rubber fig in a {color} planter with a saucer", "The three sizes of the {color} planter side by side"),
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
        alt=("Plant snips with walnut handles beside a cut sprig", "Blades and brass pivot of the snips"),
        color=WALNUT,
        variants=(Variant("FRW-SNP-175", (), 3600, 160, 29, 26),),
    ),
)
