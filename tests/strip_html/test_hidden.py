"""The usual tricks by which pages hide text, and what looks like one and is none."""

import pytest

from ingest.strip.html import read_html

HIDING = {
    "display": '<div style="display: none">{}</div>',
    "important": '<div style="DISPLAY:NONE !important">{}</div>',
    "visibility": '<div style="visibility:hidden">{}</div>',
    "position": '<div style="position:absolute; left:-9999px">{}</div>',
    "em": '<div style="position:fixed;top:-100em">{}</div>',
    "indent": '<p style="text-indent:-9999px">{}</p>',
    "margin": '<div style="margin-left:-5000px">{}</div>',
    "font": '<span style="font-size:0px">{}</span>',
    "size": '<div style="width:0;height:0;overflow:hidden">{}</div>',
    "marquee": '<marquee height=1 style="height:1px;overflow:hidden">{}</marquee>',
    "opacity": '<div style="opacity:0.0">{}</div>',
    "colour": '<div style="background:#FFF"><font color="#fefefe">{}</font></div>',
    "table": '<table bgcolor=white><tr><td style="color:rgb(255,255,255)">{}</td></tr></table>',
    "transparent": '<p style="color:transparent">{}</p>',
    "attribute": "<div hidden>{}</div>",
    "aria": '<div aria-hidden="true">{}</div>',
    "noscript": "<noscript><p>{}</p></noscript>",
    "within": '<div style="display:none"><p style="display:block">{}</p></div>',
    "class": "<style>.gone, p.x {{ display:none }}</style><div class='a gone'>{}</div>",
    "id": "<style>/* c */ #farm{{position:absolute;left:-2000px}}</style><div id=farm><p>{}</p></div>",
    "sheet colour": "<style>.w{{color:#fff;background-color:#ffffff}}</style><p class=w>{}</p>",
    "clip": '<span style="position:absolute;clip:rect(0, 0, 0, 0)">{}</span>',
}
SHOWN = {
    "plain": "<div>{}</div>",
    "sprite": '<div style="margin-left:-20px;text-indent:-10px">{}</div>',
    "undone visibility": '<div style="visibility:hidden"><p style="visibility:visible">{}</p></div>',
    "undone size": '<section style="font-size:0"><p style="font-size:16px">{}</p></section>',
    "undone sheet": "<style>.t{{display:none}}</style><div class=t style='display:block'>{}</div>",
    "white on blue": '<div style="background:#fff"><p style="background:#1e90ff;color:#fff">{}</p></div>',
    "white on an image": '<div style="background:#fff"><p style="background:url(a.png);color:#fff">{}</p></div>',
    "print": "<style>@media print {{ .p {{display:none}} .q {{display:none}} }} .r{{x:y}}</style><p class='p q'>{}</p>",
    "longer selector": "<style>.menu .item{{display:none}} a:hover{{display:none}}</style><p class=item>{}</p>",
    "half seen": '<div style="opacity:0.6">{}</div>',
    "cut off": '<div style="max-height:500px;overflow:hidden">{}</div>',
    "aria false": '<div aria-hidden="false" hidden="false">{}</div>',
}


@pytest.mark.parametrize("way", HIDING)
def test_hidden_text_is_told(way: str) -> None:
    block = next(b for b in read_html(HIDING[way].format("藏起来的文字")).blocks if b.original == "藏起来的文字")
    assert block.hidden
    assert block.reason


@pytest.mark.parametrize("way", SHOWN)
def test_text_that_shows_is_not_hidden(way: str) -> None:
    block = next(b for b in read_html(SHOWN[way].format("看得见的文字")).blocks if b.original == "看得见的文字")
    assert not block.hidden
