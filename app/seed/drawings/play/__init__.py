"""Play: train, duck, blocks, stones, kite, puzzle, cards."""

from app.seed.drawings.play import blocks, cards, duck, kite, puzzle, stones, train

DRAWINGS = {
    **train.DRAWINGS,
    **duck.DRAWINGS,
    **blocks.DRAWINGS,
    **stones.DRAWINGS,
    **kite.DRAWINGS,
    **puzzle.DRAWINGS,
    **cards.DRAWINGS,
}
