"""Farms of trades that no list of words knows, and the lists that articles hold themselves."""

import random

import pytest

import ingest
from ingest.strip.farm import farm_reason
from tests.damage import link_trials, list_trials
from tests.strip.reading import HEAD, MIDDLE, TAIL, drafted, put

# Out of the article, the article whole, all of it labelled as a farm. Measured on 1,200 trials of the half held back:
# .993, .987 and .993 in text, 1.000, 1.000 and .997 in HTML.
FLOORS = {"text": (0.98, 0.97, 0.97), "html": (1.0, 1.0, 0.97)}
FRIENDS = "某某新闻网 某市人民政府 某省发改委 某某日报社 某某电视台 某市财政局 某市科技局 某某大学 某某在线网 某某日报"
MENU = "园区概况 领导之窗 政务动态 产业布局 投资指南 惠企政策 办事大厅 互动交流 专题专栏"


@pytest.fixture(scope="module")
def outcomes() -> dict[str, list[link_trials.Outcome]]:
    found: dict[str, list[link_trials.Outcome]] = {"text": [], "html": []}
    for trial in link_trials.trials("held", 300, "suite"):
        found[trial.kind[:4]].append(link_trials.outcome(trial))
    return found


@pytest.mark.parametrize("medium", FLOORS)
def test_farms_of_unknown_trades_are_no_part_of_an_article(
    outcomes: dict[str, list[link_trials.Outcome]], medium: str
) -> None:
    out, whole, labelled = FLOORS[medium]
    found = outcomes[medium]
    assert sum(o.out for o in found) >= out * len(found)
    assert sum(o.whole for o in found) >= whole * len(found)
    assert sum(o.labelled for o in found) >= labelled * len(found)


def test_an_articles_own_lists_stay() -> None:
    lost = [(kind, own.title) for kind, own, source in list_trials.trials() if not list_trials.kept(own, source)]
    assert lost == []


@pytest.mark.parametrize("at", [HEAD, MIDDLE, TAIL])
def test_what_a_heading_of_the_text_names_stays(at: int) -> None:
    listed = ["夜航船", "浮生六记", "陶庵梦忆", "西湖寻踪", "闲情偶寄", "随园食单", "板桥杂记", "长物志略", "梦溪笔谈"]
    page = put(["读书会今年选了九本书，每月读一本，书目由馆员投票选出。", "今年的书目", *listed], at)
    _, drafts = drafted(page)
    kept = [p.text for d in drafts for p in d.paragraphs]
    assert set(listed) <= set(kept)


@pytest.mark.parametrize(("size", "told"), [(12, "十二"), (20, "20"), (100, "一百"), (105, "一百零五"), (1200, "1200")])
def test_a_list_that_its_text_counts_stays_however_long(size: int, told: str) -> None:
    draw = random.Random(size)
    listed = ["".join(draw.sample("山水云月松竹梅兰菊石溪桥亭舟琴书画茶雨雪风霜春夏秋冬", 4)) for _ in range(size)]
    page = put([f"展厅里挂着的画由街道的居民投票选出，一共{told}幅。", *listed], MIDDLE)
    _, drafts = drafted(page)
    kept = [p.text for d in drafts for p in d.paragraphs]
    assert set(listed) <= set(kept)


def test_a_line_alone_knows_no_text() -> None:
    assert (
        farm_reason("石磨豆腐坊 | 竹编手艺 | 皮影戏班 | 糖画摊位 | 油纸伞铺 | 剪纸课堂 | 捏面人 | 吹糖人 | 舞龙队")
        == ""
    )


def _site(top: list[str], bottom: list[str]) -> str:
    """A page with links above its menu and below its notice of copyright."""
    above, below = ("".join(f'<a href="/{n}">{x}</a> ' for n, x in enumerate(links)) for links in (top, bottom))
    text = "<p>近日，某市召开会议，部署下半年的工作，要求各单位抓好落实。</p>" * 2
    return (
        f"<html><head><title>某市召开工作会议_某某网</title></head><body><div>{above}</div>"
        '<div class="nav"><a href="/">首页</a> <a href="/n">新闻</a></div><h1>某市召开工作会议</h1>'
        f'<div class="content">{text}</div><div class="foot">版权所有 某某网</div><div>{below}</div></body></html>'
    )


@pytest.mark.parametrize("at_end", [False, True])
def test_links_beyond_the_sites_own_are_a_farm(at_end: bool) -> None:
    farm = [
        "玉石手镯鉴别",
        "沉香手串价位",
        "古钱币行情",
        "紫砂壶真伪",
        "老酒上门收购",
        "翡翠原石直播",
        "字画拍卖预展",
        "邮票整版报价",
    ]
    found = ingest.read_page(_site(*([], farm) if at_end else (farm, [])).encode())
    assert {b.label.value for b in found.blocks if any(x in b.text for x in farm)} == {"link-farm"}


def test_friends_and_a_sites_second_menu_are_none() -> None:
    page = ingest.read_page(_site([], FRIENDS.split()).encode())
    assert "link-farm" not in {b.label.value for b in page.blocks}
    source = _site(["首页", *MENU.split()], [])
    assert "link-farm" not in {b.label.value for b in ingest.read_page(source.encode()).blocks}
