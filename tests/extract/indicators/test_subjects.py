"""Whose figure it is."""

from datetime import date

import pytest

from ingest.extract.context import Context
from ingest.extract.indicators import find
from ingest.extract.indicators.firms import short_form
from ingest.model import Organisation, Person


def organisation(name: str, kind: str = "enterprise") -> Organisation:
    return Organisation(paragraph=0, start=0, end=0, text="", name=name, kind=kind)


def subjects(*paragraphs: str, title: str | None = None, zones: tuple[str, ...] = (), regions: tuple[str, ...] = (),
             organisations: tuple[Organisation, ...] = ()) -> list[str | None]:  # fmt: skip
    article = Context(paragraphs=paragraphs, title=title, published_on=date(2023, 5, 1), zones=zones, regions=regions,
                      organisations=organisations)  # fmt: skip
    return [i.subject for i in find(article)]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("贵阳远图动力电池有限公司", "远图动力电池"),
        ("四川省绵阳市天和科技股份有限公司", "天和"),
        ("北京云帆信息技术有限责任公司", "云帆"),
        ("云帆智造集团", "云帆智造集团"),
        ("辽宁曜明激光设备有限公司", "曜明激光"),
        ("山东淄博瑞河陶瓷有限公司", "瑞河陶瓷"),  # one place in the other
        ("贵州东方云帆科技有限公司", "东方云帆"),  # a county of Hainan, here the firm's own
        ("某某大学", "某某大学"),
    ],
)
def test_short_form(name: str, short: str) -> None:
    assert short_form(name) == short


def test_a_zone_is_the_default_and_its_words_mean_it() -> None:
    zones = ("绵阳高新区",)
    assert subjects("引进项目12个。", zones=zones) == ["绵阳高新区"]
    assert subjects("该园区建成平台3个，全区企业达500家。", zones=zones) == ["绵阳高新区", "绵阳高新区"]


def test_a_company_holds_the_topic_while_the_text_goes_on_about_it() -> None:
    text = ("绵阳天和电池有限公司投资3亿元。", "该公司现有员工200人。", "截至目前，新建道路5条。")
    found = subjects(*text, zones=("绵阳高新区",), organisations=(organisation("绵阳天和电池有限公司"),))
    assert found == ["天和电池", "天和电池", "绵阳高新区"]


def test_speech_belongs_to_the_firm_of_the_speaker_behind_it() -> None:
    text = "“我们去年新招了30名工程师，今年还要再招。”天和电池负责人说。"
    assert subjects(text, zones=("绵阳高新区",), organisations=(organisation("天和电池"),)) == ["天和电池"]


def test_companies_in_a_list_are_what_is_counted() -> None:
    firms = (organisation("天和电池"), organisation("云帆智造"))
    assert subjects("天和电池、云帆智造等5家企业入选。", zones=("绵阳高新区",), organisations=firms) == ["绵阳高新区"]


def test_general_words_mean_the_article_s_places() -> None:
    assert subjects("全省粮食产量100万吨，我市播种5万亩。", regions=("四川省", "绵阳市")) == ["四川省", "绵阳市"]
    assert subjects("我省新增企业30家。", regions=("绵阳市",)) == ["四川省"]
    assert subjects("今年前4个月，我国出口5万亿元。") == ["中国"]


def test_a_body_that_only_tells_owns_nothing() -> None:
    bodies = (organisation("国家统计局", "government"),)
    found = subjects("国家统计局数据显示，全国粮食产量6.8亿吨。", organisations=bodies)
    assert found == ["中国"]


def test_visitors_are_nobody_s_figure() -> None:
    assert subjects("来自12个国家的300名代表参观。", zones=("绵阳高新区",)) == [None, None]


def test_foreign_countries_stay_in_the_name() -> None:
    article = Context(paragraphs=("全市外贸增长8%。美国进口额3亿元。",), title="绵阳外贸", regions=("绵阳市",))
    assert [(i.subject, i.name) for i in find(article)][1] == ("绵阳市", "美国进口额")


def test_shares_go_to_the_names_listed() -> None:
    assert subjects("甲坊、乙坊、丙坊3家厂的份额分别为50%、30%和20%。", title="行业") == [None, "甲坊", "乙坊", "丙坊"]


def test_a_work_with_a_name_of_its_own_owns_its_figures() -> None:
    text = "江安高铁全长265公里，设站9座。全省还有铁路12条。"
    assert subjects(text, title="四川铁路提速", regions=("四川省",)) == ["江安高铁", "江安高铁", "四川省"]


@pytest.mark.parametrize(
    "text", ["重点工程投资3亿元。", "产业基地聚集企业30家。", "加油站新增9座。", "货物抵港5万吨。"]
)
def test_kinds_of_works_own_nothing(text: str) -> None:
    assert subjects(text) == [None]


def test_this_one_is_what_was_named_before() -> None:
    bodies = (organisation("青岛海关", "government"), organisation("天和电池有限公司"))
    text = "“订单排满了。”天和电池有限公司负责人说。青岛海关关长介绍，该关培育企业13家。"
    assert subjects(text, organisations=bodies) == ["青岛海关"]


def test_a_bare_class_word_is_what_was_named_before() -> None:
    bodies = (organisation("青江智能研究院", "institute"), organisation("天和电池有限公司"))
    text = "青江智能研究院与企业共建。天和电池有限公司投资3亿元。截至目前，研究院累计孵化企业35家。"
    assert subjects(text, organisations=bodies)[-1] == "青江智能研究院"


@pytest.mark.parametrize(("text", "whose"), [("柳溪镇有合作社12家。", "柳溪镇"), ("小镇有商户30家。", None)])
def test_a_town_is_called_like_one(text: str, whose: str | None) -> None:
    assert subjects(text) == [whose]


def test_a_firm_s_branch_counts_for_the_firm_and_a_committee_for_its_place() -> None:
    branch = (organisation("绵阳天和电池有限公司党支部", "party"),)
    assert subjects("绵阳天和电池有限公司党支部成立突击队3支。", organisations=branch) == ["天和电池"]
    committee = (organisation("绵阳市委", "party"),)
    assert subjects("绵阳市委出台措施20项。", regions=("绵阳市",), organisations=committee) == ["绵阳市"]


def test_the_country_is_nobody_s_default() -> None:
    assert subjects("中国市场很大。中国用户很多。", "充电宝每次收费3.5元。") == [None]


def test_statistics_seen_from_another_side_keep_their_place() -> None:
    assert subjects("全国新增减税100亿元。", "分行业看，制造业减税43亿元。") == ["中国", "中国"]


def person(name: str, quote: str, role: str | None = None, of: str | None = None) -> Person:
    return Person(paragraph=0, start=0, end=0, text="", name=name, role=role, organisation=of, quotes=(quote,))


def test_who_speaks_for_nobody_has_nobody_s_figures() -> None:
    said = "我家26亩地多收了3000斤。"
    article = Context(
        paragraphs=(f"“{said}”种粮大户翟某某说。",),
        title="绵阳麦收",
        regions=("绵阳市",),
        people=(person("翟某某", said),),
    )
    assert [i.subject for i in find(article)] == [None, None]


def test_a_firm_s_people_speak_for_it_wherever_they_are_named() -> None:
    said = "贷款300万元当天就到账了。"
    article = Context(
        paragraphs=(f"“{said}”3月5日，绵阳天和电池有限公司的蒲某某算了一笔账。",),
        regions=("绵阳市",),
        organisations=(organisation("绵阳天和电池有限公司"),),
        people=(person("蒲某某", said, "负责人", "绵阳天和电池有限公司"),),
    )
    assert [i.subject for i in find(article)] == ["天和电池"]
