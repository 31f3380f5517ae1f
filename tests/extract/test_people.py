"""People: names that titles, speech and lists give away, their posts, and their words."""

import pytest

from tests.extract.reading_aids import read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("湘潭市市长胡贺波强调，要稳外贸。", ["胡贺波"]),
        ("商务部新闻发言人高峰表示，将采取反制措施。", ["高峰"]),
        ("总经理王强调研了生产线。", ["王强"]),
        ("组长陈清泉说完就走。", ["陈清泉"]),
        ("欧阳明高院士认为，电池成本还会下降。", ["欧阳明高"]),
        ("出席会议的有会长张伟民、李秀兰和赵一鸣等。", ["张伟民", "李秀兰", "赵一鸣"]),
        ("首席执行官彼得·温宁克警告，管制会推高成本。", ["彼得·温宁克"]),
        ("据罗永浩介绍，样机已经下线。", ["罗永浩"]),
        ("首批评选出三一重工易小刚、中联重科付玲等湖湘工匠10名。", ["易小刚", "付玲"]),
    ],
)
def test_names_and_where_they_end(text: str, names: list[str]) -> None:
    assert [p.name for p in read(text).people] == names


@pytest.mark.parametrize(
    "text",
    [
        "有关负责人向记者介绍了情况，代表团团长和专家组都到了。",
        "记者从专家处获悉，员工关怀计划已经启动。",
        "爷爷奶奶都会用手机，学生应当学会保护自己。",
        "深入学习贯彻习近平新时代中国特色社会主义思想。",
        "相关负责人强调，高标准推进建设，温馨提示已经发出。",
        "被告人邓某某和一位姓李的女士到庭。",
    ],
)
def test_what_is_nobody_by_name(text: str) -> None:
    assert read(text).people == ()


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        (
            "山东海岳机械股份有限公司党总支书记、总裁兼总工程师陈立行出席。",
            "党总支书记、总裁兼总工程师",
            "山东海岳机械股份有限公司",
        ),
        ("工业和信息化部电子信息司司长刁石京说，差距在缩小。", "电子信息司司长", "工业和信息化部"),
        ("河南省委副书记周志远到会。", "副书记", "河南省委"),
        ("四川大学马克思主义学院张立群教授作了讲座。", "教授", "四川大学马克思主义学院"),
        ("国网甘肃省电力公司调控中心副主任何春燕介绍了情况。", "调控中心副主任", "国网甘肃省电力公司"),
    ],
)
def test_posts_leave_out_the_organisation(text: str, role: str, organisation: str) -> None:
    (person,) = read(text).people
    assert (person.role, person.organisation) == (role, organisation)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("“产能满了，订单排到了年底。”厂长周长林说。", ("产能满了，订单排到了年底。",)),
        ("厂长周长林告诉记者：“产能满了。”", ("产能满了。",)),
        ("“产能满了。”厂长周长林说，“明年再扩一条线。”", ("产能满了。", "明年再扩一条线。")),
        ("厂长周长林很乐观。“明年再扩一条线。”他说。", ("明年再扩一条线。",)),
        ("厂长周长林表示，要打造“百年老店”，做到“零缺陷”。", ()),
        ("厂长周长林表示，产能已经满了。", ()),
        ("厂长周长林在场。“我们会尽快赔付。”保险公司有关负责人说。", ()),
    ],
)
def test_quotes_belong_to_those_who_said_them(text: str, quotes: tuple[str, ...]) -> None:
    (person,) = read(text).people
    assert person.quotes == quotes
