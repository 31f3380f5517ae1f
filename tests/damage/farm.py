"""Link farms: what a hijacked site carries for search engines, as lines of text and as HTML."""

import random
from functools import cache
from pathlib import Path

SHAPES = ("bar", "tight-bar", "wide-bar", "underscore", "hyphen", "semicolon")
HIDDEN = ("display", "off-screen", "font", "colour", "random-tags")
_JOIN = {"bar": "| ", "tight-bar": "|", "wide-bar": "｜", "underscore": "_", "hyphen": "-", "semicolon": ";"}
_PLACES = Path(__file__).parent / "data" / "places.txt"
_TAGS = ("bdo", "del", "ins", "acronym", "tt", "small", "dfn", "kbd")
_STYLES = {
    "display": "display:none",
    "off-screen": "position:absolute;left:-9999px;top:-9999px",
    "font": "font-size:0;line-height:0",
    "colour": "color:#ffffff;background-color:#fff",
}


@cache
def places() -> tuple[str, ...]:
    """Return place names of mixed level: province, city, county, with and without their last character."""
    return tuple(_PLACES.read_text("utf-8").splitlines()[1:])


def items(n: int, *, seed: int = 0) -> list[str]:
    """Return ``n`` names; from eight on, one of them stands twice, as in the wild."""
    rng = random.Random(seed)
    names = [rng.choice(places()) for _ in range(n)] if n > len(places()) else rng.sample(places(), n)
    if n >= 8:
        names[-2] = names[rng.randrange(n - 3)]
    return names


def farm(n: int, shape: str = "bar", seed: int = 0) -> str:
    """Return a farm of ``n`` places as one line; the bar shapes leave a bar dangling at its end.

    Raises:
        KeyError: ``shape`` is none of ``SHAPES``.
    """
    joiner = _JOIN[shape]
    line = joiner.join(items(n, seed=seed))
    return line + joiner.strip() if "bar" in shape else line


def hidden_farm(n: int, how: str = "display", seed: int = 0) -> str:
    """Return a farm of ``n`` links as HTML that no reader sees: one of ``HIDDEN``.

    ``random-tags`` adds what hijacked sites pepper the page with: list items of empty tags that share one random id.

    Raises:
        KeyError: ``how`` is none of ``HIDDEN``.
    """
    rng = random.Random(seed)
    links = "\n".join(f'<a href="http://m.{_word(rng)}.example/{_word(rng)}.html">{x}</a>' for x in items(n, seed=seed))
    if how == "random-tags":
        return f'<div style="{_STYLES["display"]}">\n{random_tags(n, seed=seed)}\n{links}\n</div>'
    return f'<div style="{_STYLES[how]}">\n{links}\n</div>'


def random_tags(n: int, seed: int = 0) -> str:
    """Return ``n`` list items of nested empty tags with one random id, and no text at all."""
    rng = random.Random(seed)
    mark = _word(rng)[:5]
    rows = (rng.sample(_TAGS, 2) for _ in range(n))
    return "\n".join(f'<li><{a} id="{mark}"><{b} id="{mark}"></{b}></{a}></li>' for a, b in rows)


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("0123456789abcdefghijklmnopqrstuvwxyz") for _ in range(8))
