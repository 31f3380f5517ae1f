"""The garbage collector of the interpreter, told to wait."""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


def paused(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Decorate a function: no collection while it is at work, in any thread; one that was off before stays off.

    For work that makes many small objects which live to its end and hardly any cycles: the collector goes through all
    of them, and now and then through every word list, to free next to nothing. What it would have freed, it frees
    afterwards. Where two threads are at it, the first to end switches it on again for both: that costs time, no more.

    Nothing is made between the end of the pause and the return, as a context manager would: the collector would take
    that for its cue, and go through a result that most callers are about to let go.
    """

    @wraps(function)
    def calm(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if not gc.isenabled():
            return function(*args, **kwargs)
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            gc.enable()

    return calm
