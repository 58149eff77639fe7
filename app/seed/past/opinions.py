"""What buyers say, by the shelf that a thing stands on: stars, title, text. Each is said once."""

from typing import NamedTuple


class Words(NamedTuple):
    stars: int
    title: str
    body: str


OPINIONS: dict[str, tuple[Words, ...]] = {
    "kitchen": (
        Words(
            5,
            "In my hand every morning",
            "I have had it for two months and it is the first thing I reach for. Heavier than it looks in the picture, in a good way.",
        ),
        Words(
            4,
            "Good, with one wish",
            "Made as described and easy to clean. I wish it came with a lid; otherwise it would be five stars.",
        ),
        Words(5, "Bought a second one", "The first was for me, the second for my sister, who kept borrowing mine."),
        Words(5, "", "Exactly the size given on the page. I measured."),
        Words(
            3, "Nice, but mind the handle", "The handle gets warmer than I expected on gas. With a cloth it is fine."
        ),
        Words(4, "Does its one job", "No tricks, no parts to lose. Took a week to arrive, which was said beforehand."),
        Words(
            5,
            "Worth the wait",
            "It replaced three things in the drawer. The finish is even better than in the pictures.",
        ),
        Words(
            5,
            "Still like new",
            "Daily use since spring, through the dishwasher twice against advice, and nothing to see.",
        ),
    ),
    "table": (
        Words(
            5,
            "The table looks grown up",
            "Every piece is a little different, as it should be, and they stack without wobbling.",
        ),
        Words(
            4,
            "Lovely glaze",
            "One of four had a tiny speck. I asked, and was told that it belongs to the glaze; I have come to like it.",
        ),
        Words(5, "", "Microwave, oven, dishwasher: all of it, all the time. Not a chip yet."),
        Words(5, "Bigger than I thought", "Read the centimetres! My fault, and I would not change it now."),
        Words(
            4, "Good weight", "Feels solid, pours well, does not drip. The colour is a shade darker than on my screen."
        ),
        Words(2, "Arrived broken", "One glass was in pieces when I opened the parcel."),
        Words(
            5,
            "Guests ask where it is from",
            "I tell them, and then I tell them to buy quickly, because my colour was sold out for weeks.",
        ),
        Words(5, "Plain and right", "It is hard to find plain things that are not boring. These are."),
    ),
    "bath": (
        Words(
            5,
            "Thick and quick to dry",
            "I was afraid of thick towels that never dry. These do, overnight, in a bathroom without a window.",
        ),
        Words(
            4,
            "Soft after the third wash",
            "A little stiff at first, then better each time. They lose some lint in the beginning.",
        ),
        Words(5, "", "Water runs off as it should, soap lasts longer. A small thing that works."),
        Words(5, "Hotel feeling at home", "Ordered two, then two more. The loops are sewn on properly, they hold."),
        Words(4, "Smells of cedar for weeks", "Then it fades. A wipe with oil brings it back, as the care note says."),
        Words(3, "Colour is not mine", "Good quality, but the sage is more grey than green in my light."),
        Words(5, "Holds everything", "Screwed to the tile with what came in the box. Level at the first try."),
        Words(5, "My grandmother had one", "Mine now looks like hers, and hers lasted forty years."),
    ),
    "textiles": (
        Words(5, "Warm without weight", "I sleep under it from October on and have stopped using the second blanket."),
        Words(
            4,
            "Good linen, wrinkled linen",
            "It wrinkles, because it is linen. If you mind, buy something else; I do not.",
        ),
        Words(5, "", "Washed at 60 by mistake. Came out smaller by a finger and still lovely."),
        Words(5, "The corners are what I love", "Mitred, stitched twice. Somebody cared."),
        Words(4, "Itchy for an hour", "Then it was not. My cat moved in the same day."),
        Words(5, "Heavy curtains of cloth", "We use it as a throw and, in winter, at the draughty door."),
        Words(3, "Thinner than hoped", "Fine for summer. I had pictured more weight for the price."),
        Words(5, "Colours as shown", "I ordered by daylight pictures and got exactly those. That is rare."),
    ),
    "light": (
        Words(
            5,
            "The corner is a place now",
            "A warm, low light that makes you want to sit down. The dimmer starts softly, without a hum.",
        ),
        Words(
            4, "Cord could be longer", "Beautiful lamp. We needed an extension, since the socket is behind the sofa."
        ),
        Words(5, "", "Took ten minutes to put together and has not moved a millimetre since."),
        Words(5, "Reads well at night", "Enough for a book, not so much that it wakes anybody."),
        Words(4, "Solid", "The base is heavy, so the cat cannot tip it. She has tried."),
        Words(
            5,
            "The brass ages nicely",
            "After half a year it is darker where I touch it. I like that you can see it being used.",
        ),
        Words(3, "Bulb not included", "It says so in the details, I overlooked it. The lamp itself is fine."),
        Words(
            5,
            "Three of them over the table",
            "They hang at exactly the same height, which I had feared they would not.",
        ),
    ),
    "desk": (
        Words(5, "Paper that does not show through", "Fountain pen, wet nib, both sides used. Nothing bleeds."),
        Words(5, "", "Opens flat. That is all I ever wanted from a notebook."),
        Words(4, "Good pen, small", "Writes smoothly from the first line. For large hands it is a little thin."),
        Words(5, "My desk is empty at last", "It holds what used to lie around, and I find it again."),
        Words(
            4,
            "Felt picks up dust",
            "A lint roller helps. It has stopped my laptop from sliding, which is why I bought it.",
        ),
        Words(5, "Tick, but softly", "You hear it only if you want to."),
        Words(3, "Refill was hard to find", "The shop told me the size by mail within a day, and then it was easy."),
        Words(5, "Well made in the small things", "The edges are rounded inside too, where nobody looks."),
    ),
    "bags": (
        Words(5, "Six weeks on the road", "Rain, dust, airport belts. A scratch on the leather and nothing else."),
        Words(
            4, "Great bag, stiff at first", "The canvas needed a fortnight to give in. Now it sits like an old friend."
        ),
        Words(5, "", "Fits a 14 inch laptop, lunch and a jacket. Stands by itself."),
        Words(5, "The strap is right", "Wide enough that I forget it. I have looked for that for years."),
        Words(4, "One more pocket, please", "I keep my keys at the bottom. Otherwise perfect."),
        Words(5, "Looks better used", "Mine is a year old and gets more compliments than when it was new."),
        Words(2, "Zip caught the lining", "After a week the zip got caught and pulled a thread."),
        Words(5, "Market every Saturday", "Potatoes, bread, flowers. It has carried ten kilos without a murmur."),
    ),
    "trail": (
        Words(5, "Kept me dry on the coast path", "Two days of sideways rain. Everything inside was dry."),
        Words(4, "Light enough to forget", "I weighed it: 12 grams over what is said. I can live with that."),
        Words(5, "", "Boiled half a litre in three minutes at 1,800 metres with a bit of wind."),
        Words(
            5,
            "Goes up in four minutes",
            "Alone, in the dusk, without reading anything. That is how a thing should be made.",
        ),
        Words(4, "Battery is honest", "They say 60 hours, I got 55 in the cold."),
        Words(5, "No blisters", "Fifteen miles on the first day in them. I did not believe it either."),
        Words(3, "Good, but loud", "It does everything as described; the pot rattles a little in the pack."),
        Words(5, "It has seen four countries", "And comes along to the next one."),
    ),
    "plants": (
        Words(
            5,
            "My fern has stopped sulking",
            "It was the pot all along. The drainage hole is large enough and the saucer fits.",
        ),
        Words(4, "Pours a thin, slow stream", "Exactly what seedlings need. It is a bit small if you have many."),
        Words(5, "", "Heavy, stable, no sharp edges. Survived a fall from the sill that the plant did not."),
        Words(5, "The colour of real clay", "Not painted, not shiny. It darkens where it is wet."),
        Words(4, "Well packed", "Came in more paper than I have seen in my life, and whole."),
        Words(5, "Cuts cleanly", "Easy on the wrist. I have pruned a whole hedge of roses with it."),
        Words(3, "Leaves a ring", "On wood you need something under it, even with the saucer."),
        Words(5, "Three in a row on the sill", "They look as if they had always been there."),
    ),
    "play": (
        Words(
            5, "Quiet for a whole afternoon", "Two children, five and eight. They have asked for it every day since."
        ),
        Words(
            5,
            "Smooth edges",
            "I ran my thumb over every piece before I gave it to her. Nothing to sand, nothing to fear.",
        ),
        Words(4, "Harder than I thought", "Good for grown-ups, too. The picture on the lid is your only help."),
        Words(5, "", "It flew at the first try, in hardly any wind."),
        Words(4, "Lovely, a little dear", "You see where the money went, though. It will outlast the child."),
        Words(5, "We play it every Sunday", "Rules on one page. That alone deserves five stars."),
        Words(3, "One piece was missing", "I wrote, and the next day one was in the mail. So all is well."),
        Words(
            5,
            "A present that stays",
            "Most toys are gone after a month. This one stands on the shelf and is taken down.",
        ),
    ),
    "guides": (
        Words(5, "In my jacket since May", "The corners are soft by now and the map is still in one piece."),
        Words(4, "Well written", "Somebody has really walked these paths. I would have liked a larger scale."),
        Words(5, "", "Drawings instead of photographs: you see at once what to look for."),
        Words(5, "Cooked twelve of them", "Short lists, things you have at home, and it tells you what may go wrong."),
        Words(4, "Good paper, small print", "I need my glasses for it. Lies flat, which is worth a lot at the stove."),
        Words(5, "Found the owl", "Third evening, exactly where the book said. My daughter will not forget it."),
        Words(3, "Covers less than I hoped", "What is in it is excellent. The north is missing."),
        Words(5, "Read it like a novel", "I have not walked a single one of them yet and feel as if I had."),
    ),
}

# What the shop answers to those who were not happy.
REPLIES = {
    2: "We are sorry, that should not happen. A new one is on its way to you, and the old one you may keep or throw away.",
    3: "Thank you for telling us so plainly; it helps others to choose. If you would rather send it back, just write to us.",
}
