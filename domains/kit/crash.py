"""Points at which a test can kill the process: `CRASH_AT=T3` ends it there, as `kill -9` would.

They stand in the product's own code because a crash between two beats of a payment cannot be staged from outside.
Without the variable they do nothing.
"""

import os


def crash_point(name: str) -> None:
    """End the process at once, with nothing cleaned up, if `CRASH_AT` names this point."""
    if os.environ.get("CRASH_AT") == name:
        os._exit(137)
