"""The goods of Meander: categories as a tree, typed attributes, products with what can be chosen, and stock."""

from app.seed.catalogue import bags, bath, desk, guides, kitchen, light, plants, play, table, textiles, trail
from app.seed.catalogue.shapes import Attribute, Category, Choice, Option, Product, Variant

ATTRIBUTES = (
    Attribute(
        "material",
        "Material",
        "choice",
        choices=(
            "Aluminum",
            "Beeswax",
            "Brass",
            "Cotton",
            "Cotton canvas",
            "Enameled steel",
            "Glass",
            "Hardwood",
            "Linen",
            "Paper",
            "Recycled polyester",
            "Soap",
            "Stainless steel",
            "Steel",
            "Stoneware",
            "Terracotta",
            "Wool",
            "Wool felt",
        ),
    ),
    Attribute("made_in", "Made in", "text"),
    Attribute("volume_ml", "Volume", "number", "ml"),
    Attribute("height_mm", "Height", "number", "mm"),
    Attribute("dishwasher_safe", "Dishwasher safe", "boolean"),
    Attribute("microwave_safe", "Microwave safe", "boolean"),
    Attribute("oven_safe", "Oven safe", "boolean"),
    Attribute("bulb", "Bulb", "text"),
    Attribute("dimmable", "Dimmable", "boolean"),
    Attribute("cord_cm", "Cord", "number", "cm"),
    Attribute("author", "Author", "text"),
    Attribute("pages", "Pages", "number"),
    Attribute("paper_gsm", "Paper weight", "number", "g/m²"),
    Attribute("refill", "Refill", "text"),
    Attribute("capacity_l", "Capacity", "number", "l"),
    Attribute("laptop_in", "Laptop up to", "number", "in"),
    Attribute("water_resistant", "Water resistant", "boolean"),
    Attribute("battery_h", "Battery life up to", "number", "h"),
    Attribute("width_cm", "Width", "number", "cm"),
    Attribute("fabric_gsm", "Fabric weight", "number", "g/m²"),
    Attribute("organic", "Organic", "boolean"),
    Attribute(
        "care",
        "Care",
        "choice",
        choices=(
            "Dishwasher safe",
            "Hand wash",
            "Hang to dry",
            "Keep dry between uses",
            "Machine wash 40 °C",
            "Machine wash 60 °C",
            "Vacuum",
            "Wipe clean",
        ),
    ),
    Attribute("drainage", "Drainage hole", "boolean"),
    Attribute("age_from", "Age from", "number", "years"),
    Attribute("pieces", "Pieces", "number"),
)

REQUIRED_ATTRIBUTES = frozenset({"material"})

CATEGORIES: tuple[Category, ...] = (
    *kitchen.CATEGORIES,
    *table.CATEGORIES,
    *bath.CATEGORIES,
    *textiles.CATEGORIES,
    *light.CATEGORIES,
    *desk.CATEGORIES,
    *bags.CATEGORIES,
    *trail.CATEGORIES,
    *plants.CATEGORIES,
    *play.CATEGORIES,
    *guides.CATEGORIES,
)

PRODUCTS: tuple[Product, ...] = (
    *kitchen.PRODUCTS,
    *table.PRODUCTS,
    *bath.PRODUCTS,
    *textiles.PRODUCTS,
    *light.PRODUCTS,
    *desk.PRODUCTS,
    *bags.PRODUCTS,
    *trail.PRODUCTS,
    *plants.PRODUCTS,
    *play.PRODUCTS,
    *guides.PRODUCTS,
)

__all__ = [
    "ATTRIBUTES",
    "CATEGORIES",
    "PRODUCTS",
    "REQUIRED_ATTRIBUTES",
    "Attribute",
    "Category",
    "Choice",
    "Option",
    "Product",
    "Variant",
]
