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
    "collapse": '<div style="visibility:collapse">{}</div>',
    "right": '<div style="position:absolute;right:-3000px">{}</div>',
    "moved": '<div style="transform:translateX(-9999px)">{}</div>',
    "shrunk": '<div style="transform:scale(0)">{}</div>',
    "dust": '<div style="font-size:1px">{}</div>',
    "font shorthand": '<div style="font:0/0 a">{}</div>',
    "overflow in one direction": '<div style="height:0;overflow-y:hidden">{}</div>',
    "no height at most": '<div style="max-height:0;overflow:hidden">{}</div>',
    "clip path": '<div style="clip-path:inset(100%)">{}</div>',
    "polygon": '<div style="clip-path:polygon(0 0,0 0,0 0,0 0)">{}</div>',
    "clear colour": '<div style="color:rgba(0,0,0,0)">{}</div>',
    "clear filter": '<div style="filter:alpha(opacity=0)">{}</div>',
    "named colour": '<div style="background:silver;color:silver">{}</div>',
    "row": '<table><tr bgcolor="#ffffff"><td><span style="color:#fff">{}</span></td></tr></table>',
    "speck": '<marquee width="1" height="1">{}</marquee>',
    "fast speck": "<marquee scrollamount=30000 height=8 width=5>{}</marquee>",
    "closed dialogue": "<dialog>{}</dialog>",
    "until found": '<div hidden="until-found">{}</div>',
    "content": '<div style="content-visibility:hidden">{}</div>',
    "commented sheet": "<style><!-- .g {{ display:none }} --></style><p class=g>{}</p>",
    "written": "<script>document.write('<div style=\"position:absolute;left:-2000px\">')</script><a>{}</a>",
    "by id": "<div id='zz'>{}</div><script>document.getElementById('zz').style.display='none';</script>",
    "every screen": "<style>@media screen {{ .a{{x:y}} .g {{display:none}} }}</style><p class=g>{}</p>",
    "hsl": '<div style="background:#fff;color:hsl(0, 0%, 99%)">{}</div>',
    "clear hsl": '<div style="color:hsla(0,0%,0%,0)">{}</div>',
    "dust in em": '<div style="font-size:.01em">{}</div>',
    "behind": '<div style="position:absolute;z-index:-1">{}</div>',
    "clip": '<span style="position:absolute;clip:rect(0, 0, 0, 0)">{}</span>',
    "by place": "<style>.box .more{{display:none}}</style><div class=box><div><p class=more>{}</p></div></div>",
    "two classes": "<style>div.x.y{{display:none}}</style><div class='y z x'>{}</div>",
    "tag and id above": "<style>ul#l li.f{{visibility:hidden}}</style><ul id=l><li class=f>{}</li></ul>",
    "child by class": "<style>.f>.g{{display:none}}</style><div class=f><p class=g>{}</p></div>",
    "three steps": "<style>.a .b .c{{display:none}}</style><div class=a><div class=b><i class=c>{}</i></div></div>",
    "other tab": "<style>.t .c{{display:none}} .t .c.on{{display:block}}</style><div class=t><p class=c>{}</p></div>",
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
    "elsewhere": "<style>.farm .x p{{display:none}}</style><div class=x><div class=farm><p>{}</p></div></div>",
    "one class of two": "<style>div.x.y{{display:none}}</style><div class=x>{}</div>",
    "child": "<style>.f > p{{display:none}} .f[a] p{{display:none}}</style><div class=f><div><p>{}</p></div></div>",
    "narrow screens": "<style>@media screen and (max-width:600px){{.p{{display:none}}}}</style><p class=p>{}</p>",
    "slide": '<div style="transform:translate3d(-1200px,0,0)">{}</div>',
    "rem": '<div style="font-size:.28rem">{}</div>',
    "scaled": '<div style="transform:scale(0.9)">{}</div>',
    "ticker": '<marquee width="600" height="30">{}</marquee>',
    "open dialogue": "<dialog open>{}</dialog>",
    "written and closed": "<script>document.write('<div style=\"display:none\">')</script>甲"
    "<script>document.write('</div>')</script><p>{}</p>",
    "toggled": "<div id='zz'>{}</div><script>function f(){{"
    "document.getElementById('zz').style.display='none'}}</script>",
    "half seen": '<div style="opacity:0.6">{}</div>',
    "cut off": '<div style="max-height:500px;overflow:hidden">{}</div>',
    "longer selector elsewhere": "<style>.a .b{{display:none}}</style><div class=a></div><p class=b>{}</p>",
    "steps in another order": "<style>.a .b .c{{display:none}}</style><p class=b><i class=a><b class=c>{}</b></i></p>",
    "no child": "<style>.f > .g{{display:none}}</style><div class=f><div><p class=g>{}</p></div></div>",
    "another tag": "<style>div.f p.g{{display:none}}</style><ul class=f><li class=g>{}</li></ul>",
    "open tab": "<style>.c{{display:none}} .t .c.on{{display:block}}</style><div class=t><p class='c on'>{}</p></div>",
    "open tab by place": "<style>.t .c{{display:none}} .t .on{{display:block}} .t .c.on{{display:block}}</style>"
    "<div class=t><p class='c on'>{}</p></div>",
    "menu": "<style>.n .s{{display:none}} .n li:hover .s{{display:block}}</style>"
    "<ul class=n><li><p class=s>{}</p></li></ul>",
    "not followed": "<style>.a + .b{{display:none}} .a .b::after{{display:none}} .a .b:empty{{display:none}}</style>"
    "<div class=a><p class=a></p><p class=b>{}</p></div>",
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
