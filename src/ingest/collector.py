"""The garbage collector of the interpreter, told to wait."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No collection while it lasts, in any thread; one that was off before stays off. Also a decorator.

    For work that makes many small objects which live to its end and hardly any cycles: the collector goes through all
    of them, and now and then through every word list, to free next to nothing. What it would have freed, it frees
    afterwards. Where two threads are at it, the first to end switches it on again for both: that costs time, no more.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
