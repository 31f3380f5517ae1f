"""Places: official names, short names where they are names, and what only looks like one."""

import pytest

from ingest.extract import divisions
from tests.extract.reading_aids import read


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("四川省绵阳市涪城区去年新建了三座变电站。", ("四川省", "绵阳市", "涪城区")),
        ("贵州的水电和内蒙古的火电打捆外送。", ("贵州省", "内蒙古自治区")),
        ("恩施与延边相距两千多公里。", ("恩施土家族苗族自治州", "延边朝鲜族自治州")),
        ("调研组先后赴京、沪、穗等地招商。", ("北京市", "上海市", "广州市")),
        ("会议日前在京召开。", ("北京市",)),
        ("江苏省无锡市宜兴市丁蜀镇的陶瓷厂换上了天然气窑炉。", ("江苏省", "无锡市", "宜兴市", "丁蜀镇")),
        ("广州黄埔、南沙两区签下协议。", ("广州市", "黄埔区", "南沙区")),
    ],
)
def test_divisions_are_named_officially_and_widest_first(text: str, regions: tuple[str, ...]) -> None:
    assert read(text).regions == regions


@pytest.mark.parametrize(
    "text",
    [
        "京津冀、长三角和成渝三个城市群的用电量占了一半。",  # clusters
        "这是一个朝阳产业，企业求大同存小异，以图长治久安。",  # everyday words
        "北京时间凌晨两点，飞船对接成功。",
        "他家住在南京路的一幢老楼里。",
        "推进新型城镇化，完善乡镇卫生院。",
        "上海证券交易所和北京大学签了约。",  # within organisations' names
        "德国柏林与日本东京的电价相差一倍。",  # foreign
    ],
)
def test_what_names_no_division(text: str) -> None:
    assert read(text).regions == ()


def test_a_shared_name_means_the_division_whose_parent_is_named() -> None:
    places = {p.name: p.code for p in read("辽宁省沈阳市铁西区的老厂房改成了展馆。").places}
    assert places == {"辽宁省": "210000", "沈阳市": "210100", "铁西区": None}


@pytest.mark.parametrize(
    ("text", "title", "zones"),
    [
        ("苏州国家高新技术产业开发区昨日签约，苏州高新区（虎丘区）领导出席。", None, ("苏州高新区",)),
        ("光谷又添新企业，武汉东湖高新区招商局介绍。", None, ("武汉东湖高新区",)),
        ("全市上半年外贸增长两成。", "湖南省湘潭市：高新区外贸逆势上扬", ("湘潭高新区",)),
        ("高新区内企业众多，高新区服务到位。", None, ()),
        ("松山湖高新区的科学装置通过验收，东莞松山湖高新区人才会聚。", None, ("东莞松山湖高新区",)),
        ("会上还提到了株洲高新区。\n", "全国科技工作会议召开", ()),
    ],
)
def test_zones_have_one_short_name_each(text: str, title: str | None, zones: tuple[str, ...]) -> None:
    assert read(text, "第二段没有说到别的园区。", title=title).zones == zones


def test_a_zone_names_the_place_in_its_name() -> None:
    assert read("昨天，昆山高新区与常州高新区（新北区）结对。").regions == ("常州市", "昆山市", "新北区")


def test_the_list_of_divisions_is_whole() -> None:
    levels = [d.level for d in divisions.by_code().values()]
    assert (levels.count(0), levels.count(1)) == (34, 333)
    assert levels.count(2) > 2800
    assert all(d.parent in divisions.by_code() for d in divisions.by_code().values() if d.level)
