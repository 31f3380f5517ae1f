"""Traditional script to Simplified, for reading and search."""

import re
from collections.abc import Callable
from functools import cache

from ingest.decode import tables
from ingest.model import Repair

# Share of Traditional-only characters among the Han of a page; Simplified pages have none, Traditional ones .35.
_GATE = 0.08
_HAN = re.compile("[\u3400-\u9fff]")
# OpenCC leaves 著 where it is the particle 着, except in the words below.
_PARTICLE = re.compile("(?<![显名专论编译原遗巨拙撰合土昭卓较])著(?![名作者述称书录文])")


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(tables.traditional()))}]")


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """Text in Simplified script."""
    return _PARTICLE.sub("着", _converter()(text))


def find(text: str) -> list[Repair]:
    """What to change to read a Traditional page in Simplified script; nothing for any other page."""
    foreign = len(_traditional().findall(text))
    if not foreign or foreign < _GATE * len(_HAN.findall(text)):
        return []
    made = simplified(text)
    if len(made) != len(text):
        return []
    return [
        Repair(kind="script", start=place, end=place + 1, found=before, made=after)
        for place, (before, after) in enumerate(zip(text, made, strict=True))
        if before != after
    ]
