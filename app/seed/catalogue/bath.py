"""Bath."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import (
    AEGEAN,
    CHALK,
    CHARCOAL,
    INK_BLUE,
    MAPLE,
    OAK,
    OAT,
    ROSE,
    SAGE,
    STONE,
    TERRACOTTA,
    WALNUT,
)

CATEGORIES = (
    Category(
        slug="bath",
        name="Bath",
        description="Thick towels, plain soap, and things that may stand in the wet.",
        alt="Towels on a stool, a dispenser and a bar of soap before a pale arch",
        attributes=("material", "fabric_gsm", "organic", "volume_ml", "height_mm", "width_cm", "care", "made_in"),
    ),
)

PRODUCTS = (
    Product(
        sku="VLW-TWL",
        slug="slow-sunday-towel",
        name="Slow Sunday towel",
        brand="Vale & Weft",
        home="bath",
        also=("textiles",),
        description=(
            "A towel that dries you instead of moving the water about. The loops are long and not twisted "
            "hard, which is why it drinks, and why it takes a night to dry on a rail and an hour in the sun.\n\n"
            "Organic cotton terry, 600 g/m², with a flat border and a loop in the middle of the long side, where "
            "it belongs. Hand towel 50 × 90 cm (20 × 35 in), bath towel 70 × 140 cm (28 × 55 in), bath sheet 100 "
            "× 160 cm (39 × 63 in).\n\n"
            "Wash at 60 °C before the first use and without softener ever after: softener is wax, and wax sheds "
            "water. It leaves a little lint in the first three washes."
        ),
        attributes={
            "material": "Cotton",
            "fabric_gsm": 600,
            "organic": True,
            "care": "Machine wash 60 °C",
            "made_in": "Portugal",
        },
        drawing="bath_towels",
        alt=(
            "Three {color} towels folded on an oak stool",
            "{color} towels rolled up and piled",
            "{color} towels on a brass rail before tiles",
        ),
        options=(
            Option(
                "Color",
                (
                    Choice("Terracotta", TERRACOTTA),
                    Choice("Chalk", CHALK),
                    Choice("Sage", SAGE),
                    Choice("Aegean", AEGEAN),
                ),
            ),
            Option("Size", (Choice("Hand towel"), Choice("Bath towel"), Choice("Bath sheet"))),
        ),
        variants=(
            Variant("VLW-TWL-TER-H", ("Terracotta", "Hand towel"), 1800, 270, 52, 46),
            Variant("VLW-TWL-TER-B", ("Terracotta", "Bath towel"), 3400, 590, 38, 31),
            Variant("VLW-TWL-TER-S", ("Terracotta", "Bath sheet"), 5200, 960, 14, 9),
            Variant("VLW-TWL-CHA-H", ("Chalk", "Hand towel"), 1800, 270, 84, 70),
            Variant("VLW-TWL-CHA-B", ("Chalk", "Bath towel"), 3400, 590, 61, 55),
            Variant("VLW-TWL-CHA-S", ("Chalk", "Bath sheet"), 5200, 960, 22, 19),
            Variant("VLW-TWL-SAG-H", ("Sage", "Hand towel"), 1800, 270, 47, 39),
            Variant("VLW-TWL-SAG-B", ("Sage", "Bath towel"), 3400, 590, 5, 3),
            Variant("VLW-TWL-SAG-S", ("Sage", "Bath sheet"), 5200, 960, 0, 0, back_in=12),
            Variant("VLW-TWL-AEG-H", ("Aegean", "Hand towel"), 1500, 270, 33, 28, compare_at=1800),
            Variant("VLW-TWL-AEG-B", ("Aegean", "Bath towel"), 2800, 590, 26, 20, compare_at=3400),
        ),
    ),
    Product(
        sku="VLW-BMT",
        slug="ripple-bath-mat",
        name="Ripple bath mat",
        brand="Vale & Weft",
        home="bath",
        description=(
            "Ridges like sand after the tide: they massage cold feet, and let the air under so that the mat is "
            "dry by the evening.\n\n"
            "Tufted cotton, 1,500 g/m², on a woven back that grips stone and tile. 50 × 80 cm (20 × 31 in) for "
            "a shower, 60 × 100 cm (24 × 39 in) for the side of a tub.\n\n"
            "Shake it out, wash at 60 °C every week or two, dry flat or over a rail. No rubber, so the machine "
            "does it no harm."
        ),
        attributes={"material": "Cotton", "fabric_gsm": 1500, "care": "Machine wash 60 °C", "made_in": "Portugal"},
        drawing="bath_mat",
        alt=(
            "{color} bath mat with tufted waves, from above",
            "The {color} mat rolled up in a band of linen",
            "The {color} mat on stone before a bathtub",
        ),
        options=(
            Option("Color", (Choice("Stone", STONE), Choice("Sage", SAGE), Choice("Ink blue", INK_BLUE))),
            Option("Size", (Choice("50 × 80 cm"), Choice("60 × 100 cm"))),
        ),
        variants=(
            Variant("VLW-BMT-STO-S", ("Stone", "50 × 80 cm"), 3800, 640, 31, 26),
            Variant("VLW-BMT-STO-L", ("Stone", "60 × 100 cm"), 5400, 960, 19, 15),
            Variant("VLW-BMT-SAG-S", ("Sage", "50 × 80 cm"), 3800, 640, 24, 21),
            Variant("VLW-BMT-SAG-L", ("Sage", "60 × 100 cm"), 5400, 960, 11, 9),
            Variant("VLW-BMT-INK-S", ("Ink blue", "50 × 80 cm"), 3800, 640, 0, 0),
            Variant("VLW-BMT-INK-L", ("Ink blue", "60 × 100 cm"), 5400, 960, 8, 6),
        ),
    ),
    Product(
        sku="SLC-SOP",
        slug="headland-soap",
        name="Headland soap",
        brand="Saltcote",
        home="bath",
        description=(
            "A plain, hard bar that lasts a month and leaves the basin clean. It is cured for eight weeks, "
            "which is the whole secret: the water goes, and the soap that stays is mild and slow to melt.\n\n"
            "Olive, coconut and rapeseed oil, sea salt, clay for the color and plant oils for the scent; "
            "nothing else. No palm oil, no dye, no perfume from a laboratory. 140 g (5 oz), 85 × 58 × 32 mm, in "
            "a band of paper.\n\n"
            "Let it dry between uses, on something with holes. It pales in the light."
        ),
        attributes={"material": "Soap", "organic": True, "care": "Keep dry between uses", "made_in": "Ireland"},
        drawing="soap",
        alt=(
            "Two bars of {color} soap in paper bands, a green twig beside them",
            "A bar of {color} soap from above, three waves pressed into it",
            "The {color} bar wet on a dish beside the basin",
        ),
        options=(
            Option(
                "Scent",
                (
                    Choice("Oat milk", OAT),
                    Choice("Cedar & sea salt", STONE),
                    Choice("Rosemary & nettle", SAGE),
                    Choice("Rose geranium", ROSE),
                ),
            ),
        ),
        variants=(
            Variant("SLC-SOP-OAT", ("Oat milk",), 900, 150, 140, 118),
            Variant("SLC-SOP-CED", ("Cedar & sea salt",), 900, 150, 126, 97),
            Variant("SLC-SOP-ROS", ("Rosemary & nettle",), 900, 150, 88, 74),
            Variant("SLC-SOP-GER", ("Rose geranium",), 900, 150, 6, 2),
        ),
    ),
    Product(
        sku="HLM-DSH",
        slug="drift-soap-dish",
        name="Drift soap dish",
        brand="Holm Pottery",
        home="bath",
        description=(
            "Five ridges to hold the bar up, twelve holes to let the water go, and a foot that keeps the drips "
            "together. A soap on it lasts twice as long as a soap in a puddle.\n\n"
            "Stoneware, pressed by hand, glazed but for the foot. 155 × 105 mm, 28 mm tall. Four dots of cork "
            "under it keep stone tops from scratches.\n\n"
            "Rinse it when you rinse the basin; the dishwasher does it good once a month."
        ),
        attributes={"material": "Stoneware", "height_mm": 28, "care": "Dishwasher safe", "made_in": "Portugal"},
        drawing="soap_dish",
        alt=(
            "Oval soap dish in {color} with a bar on it",
            "Ridges and drain holes of the {color} dish, from above",
            "The {color} dish on a shelf before tiles",
        ),
        options=(Option("Color", (Choice("Charcoal", CHARCOAL), Choice("Chalk", CHALK), Choice("Sage", SAGE))),),
        variants=(
            Variant("HLM-DSH-CHR", ("Charcoal",), 2200, 340, 41, 33),
            Variant("HLM-DSH-CHA", ("Chalk",), 2200, 340, 55, 42),
            Variant("HLM-DSH-SAG", ("Sage",), 2200, 340, 37, 29),
        ),
    ),
    Product(
        sku="HLM-DSP",
        slug="inlet-soap-dispenser",
        name="Inlet soap dispenser",
        brand="Holm Pottery",
        home="bath",
        also=("kitchen",),
        description=(
            "A bottle of stoneware that stands firm under a wet hand, with a pump of solid brass that can be "
            "taken apart and mended. Fill it from the big bottle, and never look at that label again.\n\n"
            "Holds 350 ml (12 oz), 190 mm tall, 74 mm across, 620 g: heavy enough to press with one finger. The "
            "brass is not lacquered; it darkens, and brightens where it is touched. The tube inside is silicone "
            "and can be cut to length.\n\n"
            "For liquid soap, dish soap and lotion. Rinse the pump with warm water once a season."
        ),
        attributes={
            "material": "Stoneware",
            "volume_ml": 350,
            "height_mm": 190,
            "care": "Hand wash",
            "made_in": "Portugal",
        },
        drawing="dispenser",
        alt=(
            "{color} stoneware dispenser with a brass pump",
            "Brass pump of the {color} dispenser with a drop at its spout",
            "The {color} dispenser beside a basin",
        ),
        options=(Option("Color", (Choice("Sage", SAGE), Choice("Chalk", CHALK), Choice("Ink blue", INK_BLUE))),),
        variants=(
            Variant("HLM-DSP-SAG", ("Sage",), 4600, 620, 28, 22),
            Variant("HLM-DSP-CHA", ("Chalk",), 4600, 620, 34, 26),
            Variant("HLM-DSP-INK", ("Ink blue",), 4600, 620, 0, 0, back_in=16),
        ),
    ),
    Product(
        sku="SLC-BRS",
        slug="long-reach-bath-brush",
        name="Long Reach bath brush",
        brand="Saltcote",
        home="bath",
        description=(
            "It gets to the one place that you cannot. The handle is bent a little, as a back is, and comes off "
            "the head with a quarter turn, so that it fits into a bag.\n\n"
            "Maple, waxed, with bristles of tampico: a plant fiber from the Mexican highlands that is firm when "
            "dry and kind when wet. 41 cm (16 in) long, the head 110 × 75 mm. Leather loop.\n\n"
            "Hang it up with the bristles down. Wax the wood when it turns grey. The head is sold singly."
        ),
        attributes={"material": "Hardwood", "height_mm": 410, "care": "Hang to dry", "made_in": "Germany"},
        drawing="bath_brush",
        color=MAPLE,
        alt=(
            "Long maple brush with an oval head and a leather loop",
            "Head of the brush from the side, with its bristles",
            "The brush on a peg before tiles, a towel beside it",
        ),
        variants=(Variant("SLC-BRS", (), 2900, 240, 46, 35),),
    ),
    Product(
        sku="MND-PEG",
        slug="shaker-peg-rail",
        name="Shaker peg rail",
        brand="Meander",
        home="bath",
        also=("textiles",),
        description=(
            "The Shakers hung up their chairs on it before they swept. Yours may have towels, a brush, a bag "
            "and tomorrow's shirt.\n\n"
            "Solid wood, 22 mm thick, with pegs turned from the same board and wedged from behind: each carries "
            "6 kg. Three pegs on 45 cm (18 in), five on 75 cm (30 in), 75 mm tall. Holes for two screws, hidden "
            "by wooden plugs; screws and plugs for masonry are in the box.\n\n"
            "Oiled and waxed; it does not mind a steamy room. Wipe with a dry cloth."
        ),
        attributes={"material": "Hardwood", "height_mm": 75, "care": "Wipe clean", "made_in": "United States"},
        drawing="pegs",
        alt=(
            "{color} peg rail with five pegs, a linen bag on one",
            "Turned pegs of the {color} rail, close",
            "Towel, brush and bag on the {color} rail",
        ),
        options=(
            Option("Wood", (Choice("Oak", OAK), Choice("Walnut", WALNUT))),
            Option("Size", (Choice("Three pegs"), Choice("Five pegs"))),
        ),
        variants=(
            Variant("MND-PEG-OAK-3", ("Oak", "Three pegs"), 4800, 780, 24, 19),
            Variant("MND-PEG-OAK-5", ("Oak", "Five pegs"), 6800, 1250, 17, 14),
            Variant("MND-PEG-WAL-3", ("Walnut", "Three pegs"), 5800, 760, 12, 0),
            Variant("MND-PEG-WAL-5", ("Walnut", "Five pegs"), 8200, 1220, 3, 4),
        ),
    ),
)
