"""Organisations: where their names begin and end, what kind they are, which names are one, and what is none."""

import pytest

from tests.extract.reading_aids import read


def named(*paragraphs: str) -> dict[str, str]:
    return {o.name: o.kind for o in read(*paragraphs).organisations}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("据悉，由上海芯汇会展服务有限公司承办的展会开幕。", {"上海芯汇会展服务有限公司": "enterprise"}),
        ("技术骨干来自龙头企业浙江三维通信科技股份有限公司。", {"浙江三维通信科技股份有限公司": "enterprise"}),
        (
            "中国建设银行赣州分行与赣州市住房和城乡建设局签约。",
            {"中国建设银行赣州分行": "bank", "赣州市住房和城乡建设局": "government"},
        ),
        ("区经信和科创局、区自然资源局联合下发通知。", {"区经信和科创局": "government", "区自然资源局": "government"}),
        ("国家税务总局泉州市税务局走访了企业。", {"国家税务总局泉州市税务局": "government"}),
        ("受访的是厦门大学附属第一医院的医生。", {"厦门大学附属第一医院": "hospital"}),
        ("中国电子科技集团公司第五十八研究所完成了流片。", {"中国电子科技集团公司第五十八研究所": "institute"}),
        ("韩国产业通商资源部长官回应称将申诉。", {"韩国产业通商资源部": "government"}),
        ("中铁十一局和中建三局集团有限公司中标。", {"中铁十一局": "enterprise", "中建三局集团有限公司": "enterprise"}),
        ("据《经济参考报》报道，煤价回落。", {"经济参考报": "media"}),
    ],
)
def test_names_begin_and_end_where_they_do(text: str, expected: dict[str, str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "上市公司和电商平台都在抢用户，物流公司叫苦。",
        "各级党委、有关部门和地方政府要压实责任。",
        "园区一企业负责人说，当地银行不愿放贷。",
        "优化产业布局，改变能源格局，签署协议。",
        "大学生走进中学和小学，教授科学知识。",
        "人工智能、光伏等企业纷纷扩产。",
        "小米加步枪的年代过去了，苹果每斤三元，风景在地平线上。",
        "汽车日产三百辆，荣耀属于工人。",
    ],
)
def test_kinds_and_common_words_are_no_names(text: str) -> None:
    assert named(text) == {}


def test_everyday_words_are_firms_among_firms() -> None:
    assert set(named("华为、小米、荣耀等手机厂商下调了预期。")) == {"华为", "小米", "荣耀"}
    assert set(named("苹果公司发布新品，苹果称备货充足。")) == {"苹果公司"}


def test_a_list_of_firms_gives_away_coined_names() -> None:
    assert set(named("该区引进了宁德时代、昊铂能、瑞浦兰钧等12家企业。")) == {"宁德时代", "昊铂能", "瑞浦兰钧"}


def test_buildings_listed_as_buildings_are_none() -> None:
    assert named("沿街有恒隆中心、金茂广场等楼宇。") == {}


def test_short_forms_count_once_under_the_fullest() -> None:
    found = read(
        "湖北骏驰汽车零部件股份有限公司扩产，骏驰公司新招百人。", "国家发改委回应，发改委将约谈。"
    ).organisations
    assert {o.name: o.aliases for o in found} == {
        "湖北骏驰汽车零部件股份有限公司": ("骏驰公司",),
        "国家发改委": ("发改委",),
    }


def test_two_full_legal_names_are_two_firms() -> None:
    found = named("长沙力元新材料股份有限公司由长沙力元新材料有限责任公司改制而来。")
    assert set(found) == {"长沙力元新材料股份有限公司", "长沙力元新材料有限责任公司"}


def test_a_firm_and_its_party_branch_are_two_unless_the_branch_is_in_a_post() -> None:
    both = {"株洲飞鹿涂料有限公司党支部": "party", "株洲飞鹿涂料有限公司": "enterprise"}
    assert named("株洲飞鹿涂料有限公司党支部开展了活动。") == both
    assert named("株洲飞鹿涂料有限公司党支部书记彭志远到场。") == {"株洲飞鹿涂料有限公司": "enterprise"}


def test_a_declared_short_form_is_an_alias() -> None:
    found = read("成都芯翼电子有限公司（以下简称“芯翼”）成立。", "华西证券看好芯翼公司。").organisations
    assert "芯翼公司" in next(o for o in found if o.name == "成都芯翼电子有限公司").aliases
