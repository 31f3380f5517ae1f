"""What a page hides: the usual tricks of style attributes, old attributes and in-page style sheets."""

import re
from collections.abc import Iterable
from colorsys import hls_to_rgb
from functools import lru_cache
from typing import NamedTuple

# Real style attributes are a few hundred characters; data put into one to choke a reader is megabytes.
MAX_STYLE = 4_000
# Farther out than this no screen shows it. Spammers write -9999px or -1000em; a sprite's shift stays within 300 px.
OFF_SCREEN_PX = 500
# Colours whose channels differ by less than this look the same: #fefefe on #fff.
SAME_COLOUR = 12

# Text of this size in pixels or points is a line of dust; the smallest print on Chinese pages has 9.
TINY_PX = 2
# The same in em and rem; pages whose rem is 100 px write texts of .14rem.
TINY_EM = 0.02
# A carousel of twenty slides is moved by 4,000 px at the most seen; spammers write -9999px.
MOVED_PX = 5_000

Colour = tuple[int, int, int]


class Style(NamedTuple):
    """What a style says about being seen. None: it says nothing, so what stands around decides."""

    gone: str = ""  # why neither the element nor anything in it is seen
    shown: bool = False  # it sets a display other than none, which overrides a style sheet
    invisible: bool | None = None  # visibility; inner elements may set it back
    tiny: bool | None = None  # a font size of nought; inner elements may set it back
    colour: Colour | None = None
    ground: Colour | None = None
    painted: bool = False  # a ground that cannot be compared: an image or a gradient
    bold: bool = False


PLAIN = Style()

_DECLARATION = re.compile(r"([a-z-]{3,30})\s*:\s*([^;]{0,300})")
_LENGTH = re.compile(r"(-?\d{0,7}\.?\d{0,7})\s*(px|em|rem|pt|vw|vh|%)?")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]{1,6}))?")
_HSL = re.compile(r"hsla?\(\s*(\d{1,3})(?:deg)?[\s,]+(\d{1,3})%[\s,]+(\d{1,3})%(?:[\s,/]+([\d.]{1,6}))?")
_CLEAR = re.compile(r"opacity\s*[=(]\s*0(?:\.0+)?\s*\)")
_SHRUNK = re.compile(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]")
_SHIFT = re.compile(r"(?<![\d.])(-?\d{4,7})(?:\.\d*)?px")
_CLIPPED = re.compile(r"inset\((?:50|100)%|circle\(0|polygon\((?:0(?:px|%)?0(?:px|%)?,?)+\)")
_NO_FONT = re.compile(r"(?:^|\s)0(?:px|pt|em|%)?(?:\s*/|\s)")
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0)}
_NAMED |= {"yellow": (255, 255, 0), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128)}
# What stands in declarations that say anything of being seen.
TELLING = re.compile(
    r"display|visib|indent|font|left|top|right|margin|height|width|color|background|opacity|clip|transform|content-v|z-index"
)


@lru_cache(maxsize=4096)
def read_style(style: str) -> Style:
    """Read a style attribute or the declarations of a rule, less white space at its ends."""
    style = style[:MAX_STYLE].lower()
    if not TELLING.search(style):
        return PLAIN
    found = _read(style)
    return PLAIN if found == PLAIN else found


def _read(style: str) -> Style:
    said = {name: value.strip() for name, value in _DECLARATION.findall(style)}
    display = said.get("display", "").split("!")[0].strip()
    ground = _colour(said.get("background-color", "")) or _colour(said.get("background", ""))
    paint = said.get("background", "") + said.get("background-image", "")
    size = said.get("font-size", "")
    return Style(
        gone=_gone(said, display),
        shown=display not in ("", "none"),
        invisible=said["visibility"].startswith(("hidden", "collapse")) if "visibility" in said else None,
        tiny=_tiny(size, said.get("font", "")),
        colour=_colour(said.get("color", "")),
        ground=ground,
        painted="url(" in paint or "gradient" in paint,
        bold=said.get("font-weight", "")[:3] in ("bol", "600", "700", "800", "900"),
    )


def _gone(said: dict[str, str], display: str) -> str:
    """Why the element is gone with all that stands in it; empty when it is not."""
    placed = said.get("position", "").startswith(("absolute", "fixed"))
    clip = said.get("clip", "").replace(" ", "")
    reasons = (
        ("display:none", display == "none"),
        ("opacity:0", _pixels(said.get("opacity", "1")) == 0 or _CLEAR.search(said.get("filter", "")) is not None),
        ("off-screen position", placed and _far(said, "left", "top", "right", "bottom")),
        ("behind the page", placed and said.get("z-index", "").startswith("-")),
        ("off-screen indent", _far(said, "text-indent", "margin-left", "margin-top", "margin")),
        ("off-screen position", _moved(said.get("transform", ""))),
        ("no size", _cuts(said) and _sizeless(said)),
        ("no size", _SHRUNK.search(said.get("transform", "")) is not None),
        ("clipped away", clip.startswith(("rect(0,0,0,0", "rect(0000", "rect(1px,1px"))),
        ("clipped away", _CLIPPED.match(said.get("clip-path", "").replace(" ", "")) is not None),
        ("content-visibility:hidden", said.get("content-visibility", "").startswith("hidden")),
        ("transparent", said.get("color") == "transparent" or _is_clear(said.get("color", ""))),
    )
    return next((reason for reason, holds in reasons if holds), "")


def _tiny(size: str, font: str) -> bool | None:
    """Whether a font is too small to be read; None where nothing is said of its size. A rem may be any size."""
    if not size:
        return True if _NO_FONT.search(font) else None
    number = _pixels(size)
    said = size.partition("!")[0].strip()
    least = TINY_PX if said.endswith(("px", "pt")) else 16 * TINY_EM if said.endswith("em") else 0
    return number is not None and number <= least


def _cuts(said: dict[str, str]) -> bool:
    return any(said.get(name, "").startswith("hidden") for name in ("overflow", "overflow-x", "overflow-y"))


def _moved(transform: str) -> bool:
    """Whether a box is moved off every screen; the slides of a carousel are moved by some screens."""
    return any(abs(float(pixels)) >= MOVED_PX for pixels in _SHIFT.findall(transform))


def _is_clear(colour: str) -> bool:
    found = _RGB.search(colour) or _HSL.search(colour)
    return found is not None and bool(found[4]) and not found[4].strip("0.")


def _sizeless(said: dict[str, str]) -> bool:
    """Whether a box has no room for text: 0 or, as screen readers' text has it, 1 px."""
    return any(_pixels(said.get(side, "auto")) in (0.0, 1.0) for side in ("height", "width", "max-height", "max-width"))


def _far(said: dict[str, str], *names: str) -> bool:
    return any((size := _pixels(said.get(name, ""))) is not None and size <= -OFF_SCREEN_PX for name in names)


def _pixels(value: str) -> float | None:
    """A CSS length as pixels, roughly; None when it is none (auto, calc)."""
    found = _LENGTH.match(value)
    try:
        number = float(found[1]) if found else None
    except ValueError:
        return None
    if number is None or found is None:
        return None
    return number * {"em": 16.0, "rem": 16.0, "vw": 10.0, "vh": 10.0, "%": 10.0}.get(found[2] or "", 1.0)


@lru_cache(maxsize=1024)
def _colour(value: str) -> Colour | None:
    if found := _HEX.search(value):
        digits = found[1] if len(found[1]) == 6 else "".join(d * 2 for d in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.search(value):
        unseen = found[4] and not found[4].strip("0.")
        return None if unseen else (int(found[1]), int(found[2]), int(found[3]))
    if found := _HSL.search(value):
        unseen = found[4] and not found[4].strip("0.")
        red, green, blue = hls_to_rgb(int(found[1]) / 360, int(found[3]) / 100, int(found[2]) / 100)
        return None if unseen else (round(red * 255), round(green * 255), round(blue * 255))
    return next((colour for name, colour in _NAMED.items() if value.startswith(name)), None)


def read_colour(value: str) -> Colour | None:
    """A colour of an old attribute: ``<font color=FFFFFF>``, ``<td bgcolor="#fff">``."""
    value = value[:30].strip().lower()
    return _colour(value) or _colour("#" + value)


def same_colour(text: Colour, ground: Colour) -> bool:
    """Whether text of one colour cannot be seen on a ground of the other."""
    return all(abs(a - b) < SAME_COLOUR for a, b in zip(text, ground, strict=True))


def within(style: Style, around: Style) -> Style:
    """What is inherited within an element of a style: of visibility, font size, colour and ground."""
    if style[2:7] == _SAYS_NOTHING:
        return around
    return Style(
        invisible=around.invisible if style.invisible is None else style.invisible,
        tiny=around.tiny if style.tiny is None else style.tiny,
        colour=style.colour or around.colour,
        ground=None if style.painted and not style.ground else style.ground or around.ground,
    )


_SAYS_NOTHING = PLAIN[2:7]  # of what is inherited


def unseen(inherited: Style) -> str:
    """Why text of such visibility, size, colour and ground is not shown; empty when it is."""
    if inherited.invisible:
        return "visibility:hidden"
    if inherited.tiny:
        return "font-size:0"
    if inherited.colour and inherited.ground and same_colour(inherited.colour, inherited.ground):
        return "colour of the ground"
    return ""


def merge(styles: Iterable[Style], own: Style = PLAIN) -> Style:
    """Several styles on one element: ``own`` is its style attribute, which wins."""
    every = [*styles, own]

    def last(name: str) -> bool | Colour | None:
        return next((value for style in reversed(every) if (value := getattr(style, name)) is not None), None)

    gone = own.gone or ("" if own.shown else next((style.gone for style in every if style.gone), ""))
    return Style(
        gone=gone,
        shown=own.shown,
        invisible=last("invisible"),  # type: ignore[arg-type]  # last() looks the field up by name
        tiny=last("tiny"),  # type: ignore[arg-type]  # as above
        colour=last("colour"),  # type: ignore[arg-type]  # as above
        ground=last("ground"),  # type: ignore[arg-type]  # as above
        painted=any(style.painted for style in every),
        bold=any(style.bold for style in every),
    )


@lru_cache(maxsize=4096)
def ruled(*rules: str) -> Style:
    """What the declarations of rules say of an element, the last one most; ``PLAIN`` itself where it is nothing."""
    style = merge(map(read_style, rules))
    return PLAIN if style == PLAIN else style
