"""Table."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import (
    AEGEAN,
    BRASS,
    CHALK,
    FLAX,
    FOREST,
    GLASS,
    INK_BLUE,
    OAK,
    OAT,
    OCHRE,
    SAGE,
    SEA_GLASS,
    SMOKE,
    STEEL,
    TERRACOTTA,
    WALNUT,
)

CATEGORIES = (
    Category(
        slug="table",
        name="Table",
        description="Plates, glasses and linen for the table that people stay at after they have eaten.",
        alt="A carafe, a terracotta pitcher with tulips and a stack of plates before a pale arch",
        attributes=("material", "pieces", "volume_ml", "height_mm", "width_cm", "dishwasher_safe", "care", "made_in"),
    ),
)

PRODUCTS = (
    Product(
        sku="HLM-DPL",
        slug="tidal-stoneware-plates",
        name="Tidal stoneware plates, set of four",
        brand="Holm Pottery",
        home="table",
        also=("kitchen",),
        description=(
            "Four plates with a flat middle and a low, wide rim, so that a stew does not run and a knife does "
            "not slip. They stack closely: a dozen is no taller than a loaf.\n\n"
            "Speckled stoneware, thrown on the wheel, fired at 1,240 °C, with the edge left bare where the "
            "glaze would wear. The small ones are 21 cm (8 in) across for bread and fruit, the large ones 27 cm "
            "(10½ in) for dinner.\n\n"
            "Dishwasher and microwave safe. Grey lines from cutlery are metal left on the glaze; baking soda on "
            "a wet cloth takes them off."
        ),
        attributes={"material": "Stoneware", "pieces": 4, "dishwasher_safe": True, "made_in": "Portugal"},
        drawing="plate",
        alt=(
            "{color} plate standing at the wall, four more stacked before it",
            "Bare rim of the {color} plate, close",
            "Two {color} plates laid on linen, with cutlery and a pear",
        ),
        options=(
            Option("Color", (Choice("Sage", SAGE), Choice("Oat", OAT), Choice("Ink blue", INK_BLUE))),
            Option("Size", (Choice("21 cm"), Choice("27 cm"))),
        ),
        variants=(
            Variant("HLM-DPL-SAG-21", ("Sage", "21 cm"), 6400, 1800, 26, 19),
            Variant("HLM-DPL-SAG-27", ("Sage", "27 cm"), 8800, 3100, 21, 14),
            Variant("HLM-DPL-OAT-21", ("Oat", "21 cm"), 6400, 1800, 31, 22),
            Variant("HLM-DPL-OAT-27", ("Oat", "27 cm"), 8800, 3100, 4, 2),
            Variant("HLM-DPL-INK-21", ("Ink blue", "21 cm"), 6400, 1800, 18, 15),
            Variant("HLM-DPL-INK-27", ("Ink blue", "27 cm"), 8800, 3100, 0, 0, back_in=21),
        ),
    ),
    Product(
        sku="HLM-PIT",
        slug="millstream-pitcher",
        name="Millstream pitcher",
        brand="Holm Pottery",
        home="table",
        also=("kitchen",),
        description=(
            "The jug that is never put away. Water at noon, milk on Sundays, tulips for the rest of the week. "
            "The lip was drawn out by hand until it stopped dripping, and the ear is large enough for four "
            "fingers.\n\n"
            "Stoneware with a speckled glaze inside and out, the foot left bare. Holds 1.4 liters (47 oz) to "
            "the shoulder, 200 mm tall, weighs 1.1 kg.\n\n"
            "Dishwasher safe. Not for the stove, and not for boiling water straight from a cold cupboard."
        ),
        attributes={
            "material": "Stoneware",
            "volume_ml": 1400,
            "height_mm": 200,
            "dishwasher_safe": True,
            "made_in": "Portugal",
        },
        drawing="pitcher",
        alt=(
            "{color} stoneware pitcher with a bare clay foot",
            "Ear and shoulder of the {color} pitcher, close",
            "Tulips in the {color} pitcher, a pear beside it",
        ),
        options=(
            Option("Color", (Choice("Terracotta", TERRACOTTA), Choice("Chalk", CHALK), Choice("Aegean", AEGEAN))),
        ),
        variants=(
            Variant("HLM-PIT-TER", ("Terracotta",), 5800, 1100, 23, 17, compare_at=6600),
            Variant("HLM-PIT-CHA", ("Chalk",), 5800, 1100, 19, 12, compare_at=6600),
            Variant("HLM-PIT-AEG", ("Aegean",), 5800, 1100, 7, 0, compare_at=6600),
        ),
    ),
    Product(
        sku="ORN-TUM",
        slug="pebble-tumblers",
        name="Pebble tumblers, set of four",
        brand="Orrin Glass",
        home="table",
        also=("kitchen",),
        description=(
            "A glass with a heavy foot that sits in the hand like a stone from the river. It takes water, wine, "
            "iced coffee and a toothbrush with the same calm, and stacks without sticking.\n\n"
            "Blown into a mold from recycled window glass, which leaves a few small bubbles and a breath of "
            "color. Each holds 280 ml (9½ oz), 92 mm tall, 80 mm across. Four to a box of pressed paper.\n\n"
            "Dishwasher safe. Let them come to the warmth of the room before anything boiling goes in."
        ),
        attributes={
            "material": "Glass",
            "pieces": 4,
            "volume_ml": 280,
            "height_mm": 92,
            "dishwasher_safe": True,
            "made_in": "Spain",
        },
        drawing="tumblers",
        alt=(
            "Four tumblers of {color} glass, two stacked, one full of water",
            "A {color} tumbler from above, with ice and a slice of lemon",
            "Tumblers and a carafe of {color} glass with lemons",
        ),
        options=(Option("Color", (Choice("Clear", GLASS), Choice("Sea green", SEA_GLASS), Choice("Smoke", SMOKE))),),
        variants=(
            Variant("ORN-TUM-CLR", ("Clear",), 3600, 1250, 58, 43),
            Variant("ORN-TUM-SEA", ("Sea green",), 3800, 1250, 41, 30),
            Variant("ORN-TUM-SMK", ("Smoke",), 3800, 1250, 2, 3),
        ),
    ),
    Product(
        sku="ORN-CRF",
        slug="bedside-carafe",
        name="Bedside carafe with tumbler",
        brand="Orrin Glass",
        home="table",
        also=("bath",),
        description=(
            "A liter of water with its glass worn as a hat. For the night table, for a guest, for a desk where "
            "nothing should fall in.\n\n"
            "Blown from recycled glass, thin at the neck and heavy at the foot. The carafe holds 1 liter (34 "
            "oz), the tumbler 200 ml (7 oz); together they are 260 mm tall. Pours without a drop running down "
            "if it is tipped with a decided hand.\n\n"
            "Wash by hand with a bottle brush, or with a spoon of rice and a shake."
        ),
        attributes={
            "material": "Glass",
            "pieces": 2,
            "volume_ml": 1000,
            "height_mm": 260,
            "dishwasher_safe": False,
            "care": "Hand wash",
            "made_in": "Spain",
        },
        drawing="carafe",
        alt=(
            "Carafe of {color} glass with its tumbler over the neck",
            "Water from the {color} carafe into a tumbler",
            "The {color} carafe on a window sill in the morning",
        ),
        options=(Option("Color", (Choice("Clear", GLASS), Choice("Sea green", SEA_GLASS))),),
        variants=(
            Variant("ORN-CRF-CLR", ("Clear",), 3400, 720, 36, 28),
            Variant("ORN-CRF-SEA", ("Sea green",), 3400, 720, 0, 0, back_in=14),
        ),
    ),
    Product(
        sku="FRW-CUT",
        slug="evenfall-cutlery",
        name="Evenfall cutlery",
        brand="Ferrow",
        home="table",
        description=(
            "Forged and not stamped: thick where the hand is, thin where the mouth is. The spoon is deep enough "
            "for soup, the fork has shoulders that lift a pea, and the knife stands on its back without "
            "rolling.\n\n"
            "18/10 stainless steel, brushed by hand; the brass ones are the same steel with a coat of titanium "
            "nitride that does not rub off. Knife 228 mm, fork and spoon 205 mm, small spoon 140 mm. 16 pieces "
            "lay the table for four, 24 for six.\n\n"
            "Dishwasher safe; take them out before they have stood wet overnight."
        ),
        attributes={"material": "Stainless steel", "dishwasher_safe": True, "made_in": "Japan"},
        drawing="cutlery",
        alt=(
            "Fork, knife, spoon and small spoon in {color}",
            "Tines and bowl in {color}, close",
            "A place of {color} cutlery in a linen roll",
        ),
        options=(
            Option("Finish", (Choice("Brushed steel", STEEL), Choice("Soft brass", BRASS))),
            Option("Pieces", (Choice("16 pieces"), Choice("24 pieces"))),
        ),
        variants=(
            Variant("FRW-CUT-STL-16", ("Brushed steel", "16 pieces"), 11800, 980, 27, 21),
            Variant("FRW-CUT-STL-24", ("Brushed steel", "24 pieces"), 16400, 1450, 16, 13),
            Variant("FRW-CUT-BRS-16", ("Soft brass", "16 pieces"), 14800, 980, 9, 4, threshold=5),
            Variant("FRW-CUT-BRS-24", ("Soft brass", "24 pieces"), 20800, 1450, 0, 0, threshold=5, back_in=40),
        ),
    ),
    Product(
        sku="VLW-NAP",
        slug="four-corner-linen-napkins",
        name="Four-corner linen napkins, set of four",
        brand="Vale & Weft",
        home="table",
        also=("textiles",),
        description=(
            "Napkins of the size that they had when people still tied them on. Linen takes up a fifth of its "
            "weight in soup before it feels wet, and looks best when nobody has ironed it.\n\n"
            "Pure European flax, 190 g/m², washed with stone so that it is soft from the first day. 45 × 45 cm "
            "(18 × 18 in), with a hem of 25 mm and mitered corners.\n\n"
            "Wash at 40 °C with like colors, dry on the line, fold while a little damp. Red wine: salt, then "
            "cold water, then patience."
        ),
        attributes={
            "material": "Linen",
            "pieces": 4,
            "width_cm": 45,
            "care": "Machine wash 40 °C",
            "made_in": "Lithuania",
        },
        drawing="napkins",
        alt=(
            "Four {color} linen napkins, folded",
            "Mitered corner of the {color} linen",
            "A {color} napkin in a wooden ring on a plate",
        ),
        options=(
            Option(
                "Color",
                (
                    Choice("Terracotta", TERRACOTTA),
                    Choice("Flax", FLAX),
                    Choice("Forest", FOREST),
                    Choice("Ink blue", INK_BLUE),
                ),
            ),
        ),
        variants=(
            Variant("VLW-NAP-TER", ("Terracotta",), 4400, 260, 44, 37),
            Variant("VLW-NAP-FLX", ("Flax",), 4400, 260, 62, 51),
            Variant("VLW-NAP-FOR", ("Forest",), 4400, 260, 29, 24),
            Variant("VLW-NAP-INK", ("Ink blue",), 4400, 260, 0, 6),
        ),
    ),
    Product(
        sku="VLW-CLT",
        slug="long-evening-tablecloth",
        name="Long Evening tablecloth",
        brand="Vale & Weft",
        home="table",
        also=("textiles",),
        description=(
            "A cloth that falls well because it is heavy, and is heavy because the yarn is. It makes a table of "
            "two trestles and a door, and nobody asks.\n\n"
            "Pure European flax, 245 g/m², woven in one width without a seam, garment-washed, hemmed by hand "
            "with a running stitch. 150 × 150 cm for a table for four, 150 × 250 cm (59 × 98 in) for six to "
            "eight; the drop is about 30 cm.\n\n"
            "Wash at 40 °C, shake out, hang over two lines. It needs no iron; if you like one, use it while "
            "the linen is damp."
        ),
        attributes={"material": "Linen", "width_cm": 150, "care": "Machine wash 40 °C", "made_in": "Lithuania"},
        drawing="tablecloth",
        alt=(
            "{color} linen cloth over a table, falling in folds",
            "The {color} cloth folded, its hem sewn by hand",
            "A long table under the {color} cloth, with a pitcher and pears",
        ),
        options=(
            Option("Color", (Choice("Sage", SAGE), Choice("Flax", FLAX), Choice("Ochre", OCHRE))),
            Option("Size", (Choice("150 × 150 cm"), Choice("150 × 250 cm"))),
        ),
        variants=(
            Variant("VLW-CLT-SAG-S", ("Sage", "150 × 150 cm"), 9800, 680, 15, 12),
            Variant("VLW-CLT-SAG-L", ("Sage", "150 × 250 cm"), 14600, 1080, 9, 8),
            Variant("VLW-CLT-FLX-S", ("Flax", "150 × 150 cm"), 9800, 680, 21, 17),
            Variant("VLW-CLT-FLX-L", ("Flax", "150 × 250 cm"), 14600, 1080, 12, 10),
            Variant("VLW-CLT-OCH-S", ("Ochre", "150 × 150 cm"), 8400, 680, 6, 4, compare_at=9800),
            Variant("VLW-CLT-OCH-L", ("Ochre", "150 × 250 cm"), 12400, 1080, 3, 1, compare_at=14600),
        ),
    ),
    Product(
        sku="MND-TRY",
        slug="halo-serving-tray",
        name="Halo serving tray",
        brand="Meander",
        home="table",
        also=("kitchen",),
        description=(
            "A round of wood with a lip to lift it by. It carries a pot and four cups to the sofa, and leans "
            "against the wall until then as if it were meant to be looked at.\n\n"
            "Turned from three boards of one tree, oiled with linseed. 40 cm (16 in) across, 26 mm tall, 1.2 kg. "
            "The underside has a ring of cork, so that it neither slides nor knocks.\n\n"
            "Wipe with a damp cloth and dry. Oil it when the grain looks thirsty, about twice a year; a rag "
            "with kitchen linseed oil is enough."
        ),
        attributes={
            "material": "Hardwood",
            "width_cm": 40,
            "dishwasher_safe": False,
            "care": "Wipe clean",
            "made_in": "United States",
        },
        drawing="tray",
        alt=(
            "Round tray of {color} leaning at the wall",
            "Breakfast on the {color} tray, from above",
            "Kettle and two mugs on the {color} tray",
        ),
        options=(Option("Wood", (Choice("Walnut", WALNUT), Choice("Oak", OAK))),),
        variants=(
            Variant("MND-TRY-WAL", ("Walnut",), 7800, 1200, 14, 11),
            Variant("MND-TRY-OAK", ("Oak",), 6800, 1200, 18, 16),
        ),
    ),
)
