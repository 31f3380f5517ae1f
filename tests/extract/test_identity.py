"""One organisation has one identity, whatever an article calls it; what an article leaves open has none."""

import pytest

from ingest.extract.organisations import identity
from tests.extract.reading_aids import read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("工信部", "工业和信息化部"),
        ("国家发展改革委", "国家发改委"),
        ("中石油", "中国石油天然气集团有限公司"),
        ("特斯拉（上海）有限公司", "特斯拉(上海) 有限公司"),
        ("山东省发展和改革委员会", "山东省发改委"),
        ("长沙住建局", "长沙市住房和城乡建设局"),
        ("常州市人民政府", "常州市政府"),
    ],
)
def test_two_names_of_one_body_have_one_identity(one: str, other: str) -> None:
    assert identity.of(one, (), (), ()) == identity.of(other, (), (), ()) is not None


@pytest.mark.parametrize(("one", "other"), [("华能集团", "华能国际"), ("银监会", "保监会"), ("紫光集团", "紫光展锐")])
def test_firms_of_one_group_are_not_one(one: str, other: str) -> None:
    assert identity.of(one, (), (), ()) != identity.of(other, (), (), ())


def test_a_short_form_of_the_article_brings_the_known_name() -> None:
    assert identity.of("华为深圳总部", ("华为",), (), ()) == identity.of("华为", (), (), ())


def test_a_body_of_a_level_belongs_to_the_one_place_of_that_level() -> None:
    regions = ("四川省", "德阳市")
    assert identity.of("市金融局", (), (), regions) == "德阳市金融局"
    assert identity.of("省商务厅", (), (), regions) == "四川省商务厅"
    assert identity.of("市金融局", (), (), ("德阳市", "绵阳市")) is None
    assert identity.of("市金融局", (), (), ()) is None


def test_a_bare_committee_belongs_to_the_one_zone_of_the_article() -> None:
    assert identity.of("管委会", (), ("昆山高新区",), ("昆山市",)) == "昆山高新区管委会"
    assert identity.of("高新区税务局", (), ("昆山高新区",), ()) == "昆山高新区税务局"
    assert identity.of("管委会", (), (), ("昆山市",)) is None


def test_records_carry_their_identity() -> None:
    found = read("工信部与长沙住建局发文。", title="长沙试点").organisations
    assert [o.identity for o in found] == ["工业和信息化部", "长沙市住建局"]
