"""Play."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import AEGEAN, INK_BLUE, MAPLE, MOSS, OCHRE, RUST, SAGE, SKY, TERRACOTTA

CATEGORIES = (
    Category(
        slug="play",
        name="Play",
        description="Toys and games of wood, paper and cloth, for one afternoon and the next thirty years.",
        alt="A wooden train before an arch of blocks, a duck on wheels and a red kite",
        attributes=("material", "age_from", "pieces", "made_in"),
    ),
)

PRODUCTS = (
    Product(
        sku="OXB-TRN",
        slug="branch-line-wooden-train",
        name="Branch Line wooden train",
        brand="Oxbow Toys",
        home="play",
        description=(
            "An engine, a wagon of logs and a wagon of blocks, joined by brass hooks that small fingers can "
            "work. The wheels turn on steel pins, so they still turn after a winter in the sandpit.\n\n"
            "Solid beech and maple, turned and sanded round, with water-based paint that is safe in the mouth "
            "(EN 71, ASTM F963). The train is 62 cm (24 in) long and 22 cm tall and runs on any floor; it needs "
            "no track. Five logs and six blocks come with it.\n\n"
            "From two years. Wipe with a damp cloth, do not soak. Lost hooks and wheels are sent for the "
            "postage, as long as we are here."
        ),
        attributes={"material": "Hardwood", "age_from": 2, "pieces": 14, "made_in": "Germany"},
        drawing="train",
        alt=(
            "Wooden engine painted {color} with a wagon of logs",
            "Boiler, funnel and wheels of the {color} engine",
            "The {color} train on its way under a bridge of blocks",
        ),
        options=(Option("Color", (Choice("Terracotta", TERRACOTTA), Choice("Aegean", AEGEAN))),),
        variants=(
            Variant("OXB-TRN-TER", ("Terracotta",), 6800, 1450, 18, 16),
            Variant("OXB-TRN-AEG", ("Aegean",), 6800, 1450, 14, 3),
        ),
    ),
    Product(
        sku="OXB-DCK",
        slug="dabble-pull-along-duck",
        name="Dabble pull-along duck",
        brand="Oxbow Toys",
        home="play",
        description=(
            "The hind wheels sit a little off their middle, so the duck waddles when it is pulled. It follows "
            "faithfully, falls over seldom, and is heavy enough to be worth stopping for.\n\n"
            "Solid beech with water-based paint, wheels of maple with a ring of felt that spares the floor. 20 "
            "cm (8 in) long and tall; the cotton cord is 60 cm, shorter than the law asks, with a bead at the "
            "end.\n\n"
            "From one year. Wipe with a damp cloth. The paint wears first at the beak, and the wood under it is "
            "as safe as the paint."
        ),
        attributes={"material": "Hardwood", "age_from": 1, "pieces": 1, "made_in": "Germany"},
        drawing="duck",
        alt=(
            "Wooden duck in {color} on four wheels, with a cord",
            "Head and wing of the {color} duck",
            "The {color} duck on the nursery floor, a small one following",
        ),
        options=(Option("Color", (Choice("Ochre", OCHRE), Choice("Sage", SAGE))),),
        variants=(
            Variant("OXB-DCK-OCH", ("Ochre",), 3400, 520, 37, 29),
            Variant("OXB-DCK-SAG", ("Sage",), 3400, 520, 4, 2),
        ),
    ),
    Product(
        sku="OXB-BLK",
        slug="arcade-building-blocks",
        name="Arcade building blocks",
        brand="Oxbow Toys",
        home="play",
        description=(
            "Posts, arches, beams and gables: enough for a palace, a viaduct or a very long wall. Everything is "
            "cut to one measure, so two of these are always as high as one of those.\n\n"
            "Oiled maple, a third of the blocks painted with water-based paint; edges rounded by hand. The "
            "module is 36 mm (1.4 in). The set of 40 is packed in a sliding box of maple, the set of 72 in the "
            "same box twice as deep, with a canvas bag. A sheet with twelve plans is in the lid.\n\n"
            "From one year. Dust them; a damp cloth takes off jam. If the wood feels dry after some years, rub "
            "it with a drop of linseed oil."
        ),
        attributes={"material": "Hardwood", "age_from": 1, "made_in": "United States"},
        drawing="blocks",
        alt=(
            "Maple blocks built into an arcade with a gable",
            "The blocks in their box, each in its place",
            "A tower of blocks below a shelf with their canvas bag",
        ),
        color=MAPLE,
        options=(Option("Set", (Choice("40 blocks"), Choice("72 blocks"))),),
        variants=(
            Variant("OXB-BLK-40", ("40 blocks",), 7200, 2400, 22, 15, compare_at=7900),
            Variant("OXB-BLK-72", ("72 blocks",), 11800, 4300, 9, 6, threshold=5),
        ),
    ),
    Product(
        sku="OXB-STN",
        slug="cairn-stacking-stones",
        name="Cairn stacking stones",
        brand="Oxbow Toys",
        home="play",
        also=("desk",),
        description=(
            "Sixteen stones of wood with flat faces in odd places. Some stacks are easy, some take a steady "
            "hand and a quarter of an hour, and the best ones look as if they could not stand.\n\n"
            "Solid beech and maple in seven tints of one family, from a coast or from a canyon. The largest is "
            "8 cm (3 in) across, the smallest 3 cm. Water-based stain, no lacquer, so they do not slip. In a "
            "drawstring bag of cotton canvas.\n\n"
            "From three years, and often found on desks. Keep dry; wipe with a damp cloth."
        ),
        attributes={"material": "Hardwood", "age_from": 3, "pieces": 16, "made_in": "United States"},
        drawing="stones",
        alt=(
            "Seven wooden stones in the colors of a {color} stacked into a tower",
            "The {color} stones poured out of their canvas bag",
            "Three towers of {color} stones on a window sill",
        ),
        options=(Option("Color", (Choice("Coast", AEGEAN), Choice("Canyon", TERRACOTTA))),),
        variants=(
            Variant("OXB-STN-COA", ("Coast",), 3900, 780, 33, 28),
            Variant("OXB-STN-CAN", ("Canyon",), 3900, 780, 0, 0, back_in=21),
        ),
    ),
    Product(
        sku="OXB-KIT",
        slug="swift-diamond-kite",
        name="Swift diamond kite",
        brand="Oxbow Toys",
        home="play",
        also=("trail",),
        description=(
            "A kite of the oldest shape, which is also the one that flies best in a light wind. One person can "
            "launch it; a child of five can hold it; anybody can mend it.\n\n"
            "Sail of recycled ripstop polyester with hems folded twice, spars of ash that come apart, a tail of "
            "cotton bows. 92 × 66 cm (36 × 26 in). 60 m of line on a maple winder. Rolls up to 70 cm. Flies in "
            "winds of 8 to 28 km/h (5 to 17 mph).\n\n"
            "Dry it before you roll it. Never fly it near power lines or in a thunderstorm."
        ),
        attributes={"material": "Recycled polyester", "age_from": 5, "pieces": 1, "made_in": "United Kingdom"},
        drawing="kite",
        alt=(
            "Diamond kite in {color} and cream, with a tail of bows and a winder",
            "The {color} kite rolled around its spars, its line beside it",
            "The {color} kite over a valley with a river",
        ),
        options=(Option("Color", (Choice("Rust", RUST), Choice("Aegean", AEGEAN), Choice("Moss", MOSS))),),
        variants=(
            Variant("OXB-KIT-RUS", ("Rust",), 4200, 360, 27, 24, compare_at=4800),
            Variant("OXB-KIT-AEG", ("Aegean",), 4200, 360, 31, 26, compare_at=4800),
            Variant("OXB-KIT-MOS", ("Moss",), 4200, 360, 12, 8, compare_at=4800),
        ),
    ),
    Product(
        sku="LWP-PZL",
        slug="delta-jigsaw-puzzle",
        name="Delta jigsaw puzzle",
        brand="Lowland Paper",
        home="play",
        description=(
            "A river on its last day, seen from the air: it parts, parts again, and is the sea. Much blue, much "
            "green, and fewer easy places than you think.\n\n"
            "Gray board 2 mm thick with linen-embossed paper, cut so that no two pieces are the same; they stay "
            "together when the whole is lifted. 500 pieces make 50 × 40 cm (20 × 16 in), 1,000 pieces 70 × 50 "
            "cm (28 × 20 in). Drawn by Piet Vos. The picture is printed as a poster, too, in the box.\n\n"
            "Recycled board, plant-based inks, no plastic around it. A piece that is missing is replaced free."
        ),
        attributes={"material": "Paper", "age_from": 10, "made_in": "Netherlands"},
        drawing="puzzle",
        alt=(
            "Puzzle box with a river delta on it, some pieces before it",
            "The puzzle half done, from very near",
            "Edge and river of the puzzle laid on a table, a cup beside them",
        ),
        color="#5f8fae",
        options=(Option("Pieces", (Choice("500"), Choice("1,000"))),),
        variants=(
            Variant("LWP-PZL-500", ("500",), 2400, 640, 41, 38),
            Variant("LWP-PZL-1000", ("1,000",), 2900, 880, 35, 0),
        ),
    ),
    Product(
        sku="LWP-CRD",
        slug="four-seasons-playing-cards",
        name="Four Seasons playing cards",
        brand="Lowland Paper",
        home="play",
        also=("trail",),
        description=(
            "A deck of 54 in which the suits are leaf, sun, drop and stone: spring, summer, autumn, winter. "
            "Every game you know can be played with them, and there is a leaflet with three you do not.\n\n"
            "Linen-finished card stock of 310 g/m² with a black core, printed in Belgium where they have done "
            "nothing else for two centuries. Poker size, 63 × 88 mm. In a tuck box.\n\n"
            "Keep dry. A deck is good for about four hundred evenings."
        ),
        attributes={"material": "Paper", "age_from": 6, "pieces": 54, "made_in": "Belgium"},
        drawing="cards",
        alt=(
            "Box of playing cards in {color}, a hand fanned out before it",
            "Backs in {color} and faces with leaf, sun, drop and stone",
            "A game for two with {color} cards on a green cloth",
        ),
        options=(Option("Color", (Choice("Ink blue", INK_BLUE), Choice("Rust", RUST), Choice("Sky", SKY))),),
        variants=(
            Variant("LWP-CRD-INK", ("Ink blue",), 1400, 110, 88, 74),
            Variant("LWP-CRD-RUS", ("Rust",), 1400, 110, 79, 66),
            Variant("LWP-CRD-SKY", ("Sky",), 1400, 110, 0, 0),
        ),
    ),
)
