"""Textiles."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import (
    AEGEAN,
    CHALK,
    FOREST,
    INK_BLUE,
    MOSS,
    OAT,
    OCHRE,
    PLUM,
    ROSE,
    RUST,
    SAGE,
    SKY,
    STONE,
)

CATEGORIES = (
    Category(
        slug="textiles",
        name="Textiles",
        description="Linen, wool and cotton from mills we have visited, for beds, chairs and bare feet.",
        alt="Two cushions and a wool throw on a ladder before a pale arch",
        attributes=("material", "fabric_gsm", "organic", "width_cm", "pieces", "care", "made_in"),
    ),
)

PRODUCTS = (
    Product(
        sku="VLW-CSH",
        slug="meadow-linen-cushion",
        name="Meadow linen cushion",
        brand="Vale & Weft",
        home="textiles",
        description=(
            "A cushion that keeps its corners. The cover is heavy linen with a piped edge, closed by three "
            "buttons of olive wood on the back, so that no zip leaves its teeth in a cheek.\n\n"
            "Cover of pure linen, 320 g/m²; filling of washed duck feather in a cotton case, 600 g in the "
            "square one. 50 × 50 cm (20 × 20 in) or 60 × 40 cm (24 × 16 in).\n\n"
            "Wash the cover at 40 °C, inside out. Hang the filling in the wind for a day each spring."
        ),
        attributes={
            "material": "Linen",
            "fabric_gsm": 320,
            "organic": False,
            "care": "Machine wash 40 °C",
            "made_in": "Lithuania",
        },
        drawing="cushion",
        alt=(
            "Square cushion of {color} linen, a pale long one before it",
            "Piped corner and wooden buttons of the {color} cover",
            "The {color} cushion in an armchair",
        ),
        options=(
            Option(
                "Color",
                (Choice("Rust", RUST), Choice("Ochre", OCHRE), Choice("Sage", SAGE), Choice("Ink blue", INK_BLUE)),
            ),
            Option("Size", (Choice("50 × 50 cm"), Choice("60 × 40 cm"))),
        ),
        variants=(
            Variant("VLW-CSH-RUS-S", ("Rust", "50 × 50 cm"), 6800, 1020, 22, 18),
            Variant("VLW-CSH-RUS-L", ("Rust", "60 × 40 cm"), 6200, 940, 17, 13),
            Variant("VLW-CSH-OCH-S", ("Ochre", "50 × 50 cm"), 6800, 1020, 26, 20),
            Variant("VLW-CSH-OCH-L", ("Ochre", "60 × 40 cm"), 6200, 940, 3, 1),
            Variant("VLW-CSH-SAG-S", ("Sage", "50 × 50 cm"), 6800, 1020, 19, 16),
            Variant("VLW-CSH-INK-S", ("Ink blue", "50 × 50 cm"), 6800, 1020, 0, 0, back_in=19),
            Variant("VLW-CSH-INK-L", ("Ink blue", "60 × 40 cm"), 6200, 940, 12, 10),
        ),
    ),
    Product(
        sku="VLW-THR",
        slug="fallow-lambswool-throw",
        name="Fallow lambswool throw",
        brand="Vale & Weft",
        home="textiles",
        also=("light",),
        description=(
            "For the hour between the end of dinner and the decision to go to bed. Woven in a herringbone of two "
            "undyed yarns, or of one that was dyed before it was spun, so that the color has depth.\n\n"
            "Pure lambswool from the Scottish Borders, 420 g/m², teased to a soft face. 130 × 180 cm (51 × 71 "
            "in) with a twisted fringe of 8 cm.\n\n"
            "Air it; wool cleans itself better than machines do. If it must be, wash by hand in cold water and "
            "dry it lying flat."
        ),
        attributes={
            "material": "Wool",
            "fabric_gsm": 420,
            "width_cm": 130,
            "care": "Hand wash",
            "made_in": "United Kingdom",
        },
        drawing="throw",
        alt=(
            "{color} lambswool throw over an oak ladder",
            "Herringbone and fringe of the {color} throw",
            "The {color} throw over an armchair beside a lamp",
        ),
        options=(Option("Color", (Choice("Oat", OAT), Choice("Moss", MOSS), Choice("Plum", PLUM))),),
        variants=(
            Variant("VLW-THR-OAT", ("Oat",), 14800, 1150, 18, 21, compare_at=17800),
            Variant("VLW-THR-MOS", ("Moss",), 14800, 1150, 13, 11, compare_at=17800),
            Variant("VLW-THR-PLU", ("Plum",), 17800, 1150, 4, 3),
        ),
    ),
    Product(
        sku="VLW-BED",
        slug="first-light-linen-bedding",
        name="First Light linen bedding",
        brand="Vale & Weft",
        home="textiles",
        description=(
            "Linen is cool in July and warm in January, and nobody quite knows how. This one has been washed "
            "until it gave up being stiff, so the first night is like the hundredth.\n\n"
            "Pure French flax, 165 g/m², certified organic. A duvet cover with buttons of shell and two "
            "pillowcases with an inner flap. Twin 172 × 220 cm with one pillowcase; Queen 228 × 228 cm; King 264 "
            "× 234 cm (104 × 92 in). Pillowcases 51 × 76 cm (20 × 30 in).\n\n"
            "Wash at 40 °C, half a drum full, and dry on the line or on low. It softens for years, then it "
            "becomes napkins."
        ),
        attributes={
            "material": "Linen",
            "fabric_gsm": 165,
            "organic": True,
            "care": "Machine wash 40 °C",
            "made_in": "Portugal",
        },
        drawing="bedding",
        alt=(
            "Bedding of {color} linen, folded and tied with a band",
            "Pillows and button placket of the {color} linen",
            "A bed made with {color} linen",
        ),
        options=(
            Option("Color", (Choice("Sky", SKY), Choice("Chalk", CHALK), Choice("Rose", ROSE))),
            Option("Size", (Choice("Twin"), Choice("Queen"), Choice("King"))),
        ),
        variants=(
            Variant("VLW-BED-SKY-T", ("Sky", "Twin"), 18800, 1400, 14, 9),
            Variant("VLW-BED-SKY-Q", ("Sky", "Queen"), 25800, 2200, 19, 12),
            Variant("VLW-BED-SKY-K", ("Sky", "King"), 29800, 2600, 8, 6),
            Variant("VLW-BED-CHA-T", ("Chalk", "Twin"), 18800, 1400, 21, 16),
            Variant("VLW-BED-CHA-Q", ("Chalk", "Queen"), 25800, 2200, 27, 20),
            Variant("VLW-BED-CHA-K", ("Chalk", "King"), 29800, 2600, 2, 1),
            Variant("VLW-BED-ROS-T", ("Rose", "Twin"), 18800, 1400, 9, 7),
            Variant("VLW-BED-ROS-Q", ("Rose", "Queen"), 25800, 2200, 0, 0, back_in=28),
            Variant("VLW-BED-ROS-K", ("Rose", "King"), 29800, 2600, 5, 3),
        ),
    ),
    Product(
        sku="TRN-RUG",
        slug="furrow-wool-rug",
        name="Furrow wool rug",
        brand="Tarnside",
        home="textiles",
        description=(
            "A flat rug that lies still. It is woven so tightly that a chair can be pushed back over it, and "
            "both sides are the right one: turn it with the seasons.\n\n"
            "Hand-spun wool on a cotton warp, 1,900 g/m², 6 mm thick; the pale stripes are the sheep's own "
            "color. 80 × 150 cm (31 × 59 in) for a bedside, 140 × 200 cm (55 × 79 in), 170 × 240 cm (67 × 94 "
            "in). The fringe is the warp itself, knotted.\n\n"
            "Vacuum without the brush. Lift spills with a dry cloth at once; for the rest there are rug "
            "cleaners, and there is snow. Use a pad under it on smooth floors."
        ),
        attributes={"material": "Wool", "fabric_gsm": 1900, "care": "Vacuum", "made_in": "Türkiye"},
        drawing="rug",
        alt=(
            "{color} wool rug with diamonds and pale stripes, from above",
            "The {color} rug rolled up and tied with cord",
            "The {color} rug under an armchair",
        ),
        options=(
            Option("Color", (Choice("Rust", RUST), Choice("Ink blue", INK_BLUE), Choice("Stone", STONE))),
            Option("Size", (Choice("80 × 150 cm"), Choice("140 × 200 cm"), Choice("170 × 240 cm"))),
        ),
        variants=(
            Variant("TRN-RUG-RUS-S", ("Rust", "80 × 150 cm"), 16800, 2300, 11, 9, threshold=4),
            Variant("TRN-RUG-RUS-M", ("Rust", "140 × 200 cm"), 34800, 5300, 7, 5, threshold=4),
            Variant("TRN-RUG-RUS-L", ("Rust", "170 × 240 cm"), 49800, 7800, 2, 1, threshold=4),
            Variant("TRN-RUG-INK-S", ("Ink blue", "80 × 150 cm"), 16800, 2300, 8, 8, threshold=4),
            Variant("TRN-RUG-INK-M", ("Ink blue", "140 × 200 cm"), 34800, 5300, 0, 0, threshold=4, back_in=45),
            Variant("TRN-RUG-STO-S", ("Stone", "80 × 150 cm"), 13800, 2300, 9, 6, threshold=4, compare_at=16800),
            Variant("TRN-RUG-STO-M", ("Stone", "140 × 200 cm"), 28800, 5300, 5, 4, threshold=4, compare_at=34800),
        ),
    ),
    Product(
        sku="VLW-CUR",
        slug="still-air-linen-curtain",
        name="Still Air linen curtain",
        brand="Vale & Weft",
        home="textiles",
        description=(
            "One panel of linen, thin enough for the morning and close enough for the neighbors. It hangs in "
            "soft pleats from a tape with hidden loops, on rings or on a rod.\n\n"
            "Pure linen, 180 g/m², 140 cm (55 in) wide, hemmed at 5 cm so that it can be let down. 230 or 275 cm "
            "(90 or 108 in) long. Sold by the panel: count twice the width of the window for full pleats. Rod "
            "and rings are not included.\n\n"
            "Wash at 40 °C and hang it up wet; its own weight is the iron. Linen shrinks by 3% in the first "
            "wash, which is allowed for."
        ),
        attributes={
            "material": "Linen",
            "fabric_gsm": 180,
            "width_cm": 140,
            "pieces": 1,
            "care": "Machine wash 40 °C",
            "made_in": "Lithuania",
        },
        drawing="curtain",
        alt=(
            "A pair of {color} linen curtains at a window, half open",
            "Brass rings and pleats of the {color} linen",
            "A {color} curtain moved by the wind",
        ),
        options=(
            Option("Color", (Choice("Chalk", CHALK), Choice("Sage", SAGE))),
            Option("Length", (Choice("230 cm"), Choice("275 cm"))),
        ),
        variants=(
            Variant("VLW-CUR-CHA-230", ("Chalk", "230 cm"), 11800, 650, 32, 28),
            Variant("VLW-CUR-CHA-275", ("Chalk", "275 cm"), 13800, 770, 24, 19),
            Variant("VLW-CUR-SAG-230", ("Sage", "230 cm"), 11800, 650, 0, 0),
            Variant("VLW-CUR-SAG-275", ("Sage", "275 cm"), 13800, 770, 10, 8),
        ),
    ),
    Product(
        sku="MND-HWB",
        slug="quiet-coal-hot-water-bottle",
        name="Quiet Coal hot-water bottle",
        brand="Meander",
        home="textiles",
        also=("bath",),
        description=(
            "The oldest heating in the house, in a jersey of its own. The cover is knitted with cables, which "
            "is not only for looks: the air in them keeps the bottle from scalding, and keeps it warm until "
            "three.\n\n"
            "Natural rubber, 2 liters (68 oz), tested to BS 1970. Cover of lambswool knitted in a small mill, "
            "closed by its own collar. 33 × 20 cm (13 × 8 in), 520 g empty.\n\n"
            "Fill with hot water, not boiling, to two thirds, and press the air out. Wash the cover by hand. "
            "Change the bottle every three years; the flower on it tells its birthday."
        ),
        attributes={"material": "Wool", "pieces": 2, "care": "Hand wash", "made_in": "Germany"},
        drawing="hot_water_bottle",
        alt=(
            "Hot-water bottle in a {color} cover knitted with cables",
            "Collar and cables of the {color} cover",
            "The {color} bottle on a bed",
        ),
        options=(Option("Color", (Choice("Oat", OAT), Choice("Rust", RUST), Choice("Forest", FOREST))),),
        variants=(
            Variant("MND-HWB-OAT", ("Oat",), 4200, 520, 49, 44),
            Variant("MND-HWB-RUS", ("Rust",), 4200, 520, 36, 31),
            Variant("MND-HWB-FOR", ("Forest",), 4200, 520, 5, 4),
        ),
    ),
    Product(
        sku="MND-DRN",
        slug="second-winter-darning-kit",
        name="Second Winter darning kit",
        brand="Meander",
        home="textiles",
        also=("desk",),
        description=(
            "Everything for the hole in the heel, and a page that says how. It takes twenty minutes the first "
            "time and ten from then on, and there are worse evenings.\n\n"
            "A mushroom of maple, turned and waxed, 62 mm across; six cards of wool yarn of 10 m each; three "
            "darning needles; small scissors; a folded sheet with drawings. In a tin of 16 cm (6 in).\n\n"
            "The yarn is wool with a fifth of nylon and goes with socks to 40 °C. Refills are sold by the card; "
            "write to us."
        ),
        attributes={"material": "Wool", "pieces": 12, "care": "Machine wash 40 °C", "made_in": "United States"},
        drawing="mending",
        color=AEGEAN,
        alt=(
            "Blue tin with six cards of yarn, its lid and a wooden mushroom beside it",
            "Darning mushroom and the blue tin with two cards of yarn",
            "A grey sock with a darned heel, the needle still in it",
        ),
        variants=(Variant("MND-DRN", (), 3600, 410, 38, 27),),
    ),
)
