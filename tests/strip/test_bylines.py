"""The grammar of bylines: fields, names, datelines, dates."""

from datetime import date, datetime, time

import pytest

from ingest.strip.byline import dated_fields, fields
from ingest.strip.byline_authors import is_photographer, unbracketed, written_by
from ingest.strip.byline_dateline import dateline_end
from ingest.strip.byline_dates import date_in_url, find_date
from ingest.strip.byline_names import is_name, loose_names, names_in

FIELDS = [
    ("来源：某某高新区 作者：陈小艺 评论：0", [("publisher", "某某高新区"), ("author", "陈小艺"), ("views", "0")]),
    ("来源：产研院 cyy.example 日期：2025-09-25 点击：次", "publisher=产研院 cyy.example date=2025-09-25 views=次"),
    ("2022-07-04 12:18:01", [("date", "2022-07-04 12:18:01")]),
    ("信息来源：市科技局　　发布日期：2023-04-05　　浏览量：77", "publisher=市科技局 date=2023-04-05 views=77"),
    ("2019-06-25 13:02 编辑：TF021 来源：某某晚报", "date=2019-06-25 13:02 editor=TF021 publisher=某某晚报"),
    ("责任编辑：张三 审核：李四 校对：王五", [("editor", "张三"), ("staff", "李四"), ("staff", "王五")]),
    ("编辑 刘晓阳 校对 李铭", [("editor", "刘晓阳"), ("staff", "李铭")]),
    ("（责任编辑 王小萍）", [("editor", "王小萍")]),
    ("文/张三 图/李四", [("author", "张三"), ("photo", "李四")]),
    ("来源丨新华社", [("publisher", "新华社")]),
    ("【来源：某方网】", [("publisher", "某方网")]),
    ("来源：某某日报 | 2024-05-06 | 记者：李四", "publisher=某某日报 date=2024-05-06 author=李四"),
    ("来源：净湖融媒记者 樊雨桐", [("publisher", "净湖融媒"), ("author", "樊雨桐")]),
    ("来源：某某晚报 举报", [("publisher", "某某晚报")]),
    ("供稿：某某高新区管委会办公室", [("contributor", "某某高新区管委会办公室")]),
    ("图片来源：某某高新区（滨江）", [("photo", "某某高新区（滨江）")]),
    ("某某导报 2024-05-06", [("publisher", "某某导报"), ("date", "2024-05-06")]),
]


@pytest.mark.parametrize(("text", "expected"), FIELDS)
def test_fields_of_a_byline(text: str, expected: str | list[tuple[str, str]]) -> None:
    found = fields(text)
    listed = [(f.kind, f.value) for f in found]
    assert (" ".join(f"{k}={v}" for k, v in listed) if isinstance(expected, str) else listed) == expected
    assert [f.start for f in found[1:]] == [f.end for f in found[:-1]]
    assert (found[0].start, found[-1].end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "来源：于基层的经验表明，党建与业务必须深度融合。",
        "附件：某某名单",
        "编辑推荐意见写道：这部书稿填补了空白。",
        "2024-05-06 某地召开大会部署下半年工作",
        "首页 新闻 图片",
        "",
    ],
)
def test_what_is_no_byline(text: str) -> None:
    assert fields(text) == []


def test_a_date_near_the_title_brings_its_outlet() -> None:
    found = dated_fields("2019年11月25日 18:57 参考时报 我有话说（1307人参与）")
    assert [(f.kind, f.value) for f in found[:2]] == [("date", "2019年11月25日 18:57"), ("publisher", "参考时报")]
    assert found[2].kind == "views"


@pytest.mark.parametrize("name", ["王强", "魏志刚", "欧阳小桥", "司马光", "解张", "阿不都·买买提", "仝明"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "word", ["高新区", "金融", "时尚", "新闻", "高新院", "经济日报", "王", "歌诗达邮轮·某某号分别以", "石家庄"]
)
def test_words_that_begin_like_names(word: str) -> None:
    assert not is_name(word)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("魏志刚 吕明", ["魏志刚", "吕明"]),
        ("王 强 李 勇 张小明", ["王强", "李勇", "张小明"]),
        ("张三、李四", ["张三", "李四"]),
        ("张小三和李小四", ["张小三", "李小四"]),
        ("高新区 金融", []),
    ],
)
def test_lists_of_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("记者张三 通讯员李四", ["张三", "李四"]),
        ("本报记者 高峰", ["高峰"]),
        ("张三通讯员李四", ["张三", "李四"]),
        ("某某日报·某某网记者 李四", ["李四"]),
        ("□ 王 强", ["王强"]),
        ("■ 本报记者 王强", ["王强"]),
        ("文/张三", ["张三"]),
        ("王强摄影报道", ["王强"]),
        ("职工通讯员 李琴 刘会", ["李琴", "刘会"]),
        ("（记者 张三 实习生 李四）", ["张三", "李四"]),
        ("记者 手记", []),
        ("近日，记者 王强", []),
        ("产业提速", []),
    ],
)
def test_written_by(text: str, names: list[str]) -> None:
    assert written_by(text) == names


def test_a_photographer_is_no_author() -> None:
    assert is_photographer("（张 三 摄）")
    assert not is_photographer("张三 文/摄")


def test_nobody_and_phrases_of_the_site_are_no_names() -> None:
    assert loose_names("佚名") == loose_names("系统管理员") == []
    assert loose_names("余小菁 向小妮返回首页，查看更多") == ["余小菁"]
    assert loose_names("杨小倩_NF4425") == ["杨小倩"]


def test_brackets_round_the_whole_come_off() -> None:
    assert unbracketed("（责任编辑：王某）") == "责任编辑：王某"
    assert unbracketed("某某高新区（滨江）") == "某某高新区（滨江）"


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("本报 ", "近日，某区召开大会。"),
        ("本报讯（记者张三 通讯员李四）", "近日，某区召开大会。"),
        ("本报（特约通讯员 欧阳小桥） ", "近日，某区召开大会。"),
        ("本报讯 记者 王强 ", "近日，某区召开大会。"),
        ("本报讯 记者王强报道：", "近日，某区召开大会。"),
        ("新华社北京2月29日电 ", "2月28日，某部门印发通知。"),
        ("新华社巴黎12月9日电（记者唐小霁）", "法国9日再次发生罢工。"),
        ("据新华社电 ", "某部门印发通知。"),
        ("中新网某地4月8日电 (记者 王某)", "近日，某区召开大会。"),
        ("某某日报讯（全媒体记者 张三）", "近日，某区召开大会。"),
        ("【某某网讯】", "近日，某区召开大会。"),
        ("某某时报e公司讯，", "某股份中标项目。"),
        ("（文/张三 图/李四）", "近日，某区召开大会。"),
    ],
)
def test_datelines(dateline: str, rest: str) -> None:
    assert dateline_end(dateline + rest) == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "本报告期内，公司实现营业收入12.3亿元。",
        "本报记者王强在某地看到，车间里一派繁忙。",
        "国家电网公司供电，某地企业全部复工。",
        "某公司发电，成本下降一成。",
        "（应受访者要求，文中张严为化名。）",
        "（以下简称某某）近日召开大会。",
        "通讯，信息和资讯，都在这里。",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert dateline_end(text) == 0


def test_a_topic_line_is_dateline_to_its_end() -> None:
    text = "新华社某地2月9日电 题：春运过半，一张车票的变迁"
    assert dateline_end(text) == len(text)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2022.04.14", date(2022, 4, 14), None),
        ("2024年9月11日 20:02", date(2024, 9, 11), datetime.combine(date(2024, 9, 11), time(20, 2))),
        ("2022-07-04 12:18:01", date(2022, 7, 4), datetime.combine(date(2022, 7, 4), time(12, 18, 1))),
        ("2024年5月6日 星期一 下午3:05", date(2024, 5, 6), datetime.combine(date(2024, 5, 6), time(15, 5))),
        ("2019-09-07T13:43:45", date(2019, 9, 7), datetime.combine(date(2019, 9, 7), time(13, 43, 45))),
        ("2019年2月30日", None, None),
        ("120190-09-07", None, None),
    ],
)
def test_dates(text: str, day: date | None, at: datetime | None) -> None:
    found = find_date(text)
    assert (found and found.day, found and found.at) == (day, at)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2019/0907/12.html", date(2019, 9, 7)),
        ("https://a.example/n1/2019/0907/c1-2.html", date(2019, 9, 7)),
        ("https://a.example/2019-09/07/content_1.htm", date(2019, 9, 7)),
        ("https://a.example/t20190907_123.html", date(2019, 9, 7)),
        ("https://a.example/20190907/1.html", date(2019, 9, 7)),
        ("https://a.example/202409071234567.shtml", date(2024, 9, 7)),
        ("https://a.example/item/19891234.html", None),
        ("https://a.example/news/123456.html", None),
    ],
)
def test_dates_in_addresses(url: str, day: date | None) -> None:
    assert date_in_url(url) == day
