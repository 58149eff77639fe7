"""Guides: what is printed, to take along or to come home to."""

from app.seed.catalogue.shapes import Category, Choice, Option, Product, Variant
from app.seed.drawings.shades import AEGEAN, CHARCOAL, FOREST, INK_BLUE, MOSS, RUST, TERRACOTTA

CATEGORIES = (
    Category(
        slug="guides",
        name="Guides",
        description="Books and maps on paper, for finding the way, a bird, a star or a supper.",
        alt="A green bird guide, a star wheel and a folded map on a stack of books",
        attributes=("material", "author", "pages", "made_in"),
    ),
)

PRODUCTS = (
    Product(
        sku="FTH-BRD",
        slug="birds-of-the-back-garden",
        name="Birds of the Back Garden",
        brand="Fathom Press",
        home="guides",
        also=("plants",),
        tax_class="reduced",
        description=(
            "Sixty birds that come without being asked, each on two pages: what it looks like sitting, what it "
            "looks like gone, what it says, and what it would like you to plant. No Latin until the index.\n\n"
            "Written by Ines Halloran, painted by Tove Lind. 176 pages, 130 × 200 mm, sewn, with a ribbon. The "
            "hardcover is bound in cloth; the paperback has flaps that serve as bookmarks, and a cover that "
            "takes a wet bench.\n\n"
            "Covers North America and western Europe, and says plainly which bird is where. Printed on uncoated "
            "paper with plant-based inks."
        ),
        attributes={"material": "Paper", "author": "Ines Halloran", "pages": 176, "made_in": "Netherlands"},
        drawing="birds_book",
        alt=(
            "Green bird guide with a robin on its cover",
            "The guide open at two birds, eggs and a feather",
            "The guide on a window sill with binoculars, a robin on a branch outside",
        ),
        color=FOREST,
        options=(Option("Cover", (Choice("Hardcover"), Choice("Paperback"))),),
        variants=(
            Variant("FTH-BRD-HC", ("Hardcover",), 2800, 420, 34, 37),
            Variant("FTH-BRD-PB", ("Paperback",), 1900, 310, 58, 49),
        ),
    ),
    Product(
        sku="FTH-TRE",
        slug="twenty-four-trees",
        name="Twenty-Four Trees: A Fold-Out Guide",
        brand="Fathom Press",
        home="guides",
        also=("trail",),
        tax_class="reduced",
        description=(
            "A strip of paper two and a half meters long that folds to the size of a phone. On one side "
            "twenty-four trees as you see them across a field, on the other their leaf, bark, bud and fruit, at "
            "the size they are.\n\n"
            "Drawn by Tove Lind. 48 panels of 100 × 165 mm on 250 g/m² card, between boards of cloth. Stands by "
            "itself on a shelf, or on a stump.\n\n"
            "Start with the leaf if there is one, with the bark if not. Wipe rain off before you fold it."
        ),
        attributes={"material": "Paper", "author": "Tove Lind", "pages": 48, "made_in": "Netherlands"},
        drawing="trees_guide",
        alt=(
            "Fold-out guide standing open, a tree on each panel",
            "Two panels with an oak and a birch, and leaves beside them",
            "The guide on a stump before the trees themselves",
        ),
        color=MOSS,
        variants=(Variant("FTH-TRE-EN", (), 1600, 190, 62, 57),),
    ),
    Product(
        sku="FTH-MAP",
        slug="contour-walking-map",
        name="Contour walking map 1:25,000",
        brand="Fathom Press",
        home="guides",
        also=("trail",),
        tax_class="reduced",
        description=(
            "Every height, stile, spring and teahouse, at 4 cm to the kilometer. The marked ways are those that "
            "somebody of ours has walked in the last two years; the date stands beside each.\n\n"
            "By Piet Vos. 96 × 64 cm (38 × 25 in), folded to 12 × 24 cm in a card cover. Printed on both sides "
            "on a paper of stone and resin that neither tears nor minds rain, and can be written on with a "
            "pencil. Grid for GPS.\n\n"
            "Refold it along the old creases; it knows the way. Revised every three years; the corrections in "
            "between are on our pages, free."
        ),
        attributes={"material": "Paper", "author": "Piet Vos", "made_in": "Netherlands"},
        drawing="walking_map",
        alt=(
            "Folded map in a {color} cover over the unfolded sheet",
            "Heights, a river and the marked way on the {color} map",
            "The {color} map spread on a rock, a compass and a mug keeping it down",
        ),
        options=(
            Option(
                "Sheet",
                (Choice("Columbia Gorge", RUST), Choice("Lower Rhine", AEGEAN), Choice("Lake District", MOSS)),
            ),
        ),
        variants=(
            Variant("FTH-MAP-GOR", ("Columbia Gorge",), 1400, 120, 86, 34),
            Variant("FTH-MAP-RHI", ("Lower Rhine",), 1400, 120, 22, 71),
            Variant("FTH-MAP-LAK", ("Lake District",), 1400, 120, 0, 3),
        ),
    ),
    Product(
        sku="FTH-CKB",
        slug="the-slow-stove",
        name="The Slow Stove: Sixty Suppers",
        brand="Fathom Press",
        home="guides",
        also=("kitchen",),
        tax_class="reduced",
        description=(
            "Sixty things that want a quarter of an hour of your hands and two hours of nobody's. Soups, beans, "
            "braises, three breads and a chapter called Oranges. All of them were cooked in small kitchens by "
            "people who had other things to do.\n\n"
            "By Odile Marchetti, with drawings by Tove Lind instead of photographs, so that yours will look "
            "right too. 248 pages, 190 × 240 mm, sewn, and it stays open where you leave it. Grams and cups; "
            "an index by what is in the house.\n\n"
            "The cover is cloth with a coat that tomato wipes off. Forty of the sixty have no meat."
        ),
        attributes={"material": "Paper", "author": "Odile Marchetti", "pages": 248, "made_in": "Italy"},
        drawing="cookbook",
        alt=(
            "Cookbook in terracotta cloth with a steaming pot on the cover",
            "The cookbook open at a soup and what goes in",
            "The cookbook on a worktop beside a board and a bowl of fruit",
        ),
        color=TERRACOTTA,
        variants=(Variant("FTH-CKB-EN", (), 3400, 980, 27, 31, compare_at=3900),),
    ),
    Product(
        sku="LWP-LOG",
        slug="waymark-log-of-walks",
        name="Waymark log of walks",
        brand="Lowland Paper",
        home="guides",
        also=("desk", "trail"),
        description=(
            "A pocket book for a hundred walks. On the left the facts: where, how far, how high, who with, how "
            "wet. On the right room for what it was like, and the outline of the hills if you can draw, or if "
            "you cannot.\n\n"
            "208 pages of 100 g/m² paper with a dotted right side, 105 × 160 mm, sewn, in waxed cloth with a "
            "leather back and a pencil in a loop. Index of places at the end.\n\n"
            "Survives drizzle. For more than that there is a bag of oiled paper in the back pocket."
        ),
        attributes={"material": "Paper", "pages": 208, "made_in": "Netherlands"},
        drawing="walkers_log",
        alt=(
            "{color} pocket log with a ridge on its cover and a pencil in a loop",
            "A day written down in the {color} log, with a pressed leaf",
            "The {color} log on a rock above a valley, a mug beside it",
        ),
        options=(Option("Color", (Choice("Moss", MOSS), Choice("Rust", RUST), Choice("Charcoal", CHARCOAL))),),
        variants=(
            Variant("LWP-LOG-MOS", ("Moss",), 2400, 260, 44, 39),
            Variant("LWP-LOG-RUS", ("Rust",), 2400, 260, 36, 33),
            Variant("LWP-LOG-CHA", ("Charcoal",), 2400, 260, 0, 0, back_in=16),
        ),
    ),
    Product(
        sku="FTH-STR",
        slug="tonight-star-wheel",
        name="Tonight star wheel and guide",
        brand="Fathom Press",
        home="guides",
        also=("play", "trail"),
        description=(
            "Turn the date to the hour, hold it over your head, and the window shows what is up there. No "
            "battery, no screen, and the only light you need is a red one.\n\n"
            "A disk and a sleeve of board 1.5 mm thick, 240 mm across, with a brass rivet, for 40° to 55° north. "
            "The stars that glow are the two hundred you can see from a town. With a booklet of 64 pages by "
            "Ruth Akande: twelve walks through the sky, one for each month.\n\n"
            "From eight years, with no upper limit. Load the stars under a lamp for a minute."
        ),
        attributes={"material": "Paper", "author": "Ruth Akande", "pages": 64, "made_in": "Germany"},
        drawing="star_wheel",
        alt=(
            "Star wheel in a dark blue sleeve over its booklet",
            "The window of the star wheel with a constellation",
            "The star wheel on a blanket under the night sky",
        ),
        color=INK_BLUE,
        variants=(Variant("FTH-STR-EN", (), 2200, 340, 39, 2),),
    ),
)
