"""Names in damaged text are less sure; figures and places are not."""

from ingest import read_page
from ingest.extract import doubted
from ingest.model import Article, Flag

TEXT = "绵阳云翼电子有限公司董事长周明远说，去年投入研发经费2.3亿元。公司位于四川省绵阳市，正在实施“铸链行动”。"


def article(text: str = TEXT) -> Article:
    page = f"<html><body><h1>云翼电子去年扩产</h1><div><p>{text}</p><p>{TEXT}</p></div></body></html>"
    return read_page(page.encode()).articles[0]


def test_a_sound_page_keeps_its_confidences() -> None:
    sound = article()
    assert doubted(sound, ()) is sound
    assert doubted(sound, (Flag(name="long-page"),)) is sound


def test_names_of_a_spun_page_are_for_review_and_its_figures_are_not() -> None:
    sound = article()
    spun = doubted(sound, (Flag(name="spun", score=1.0),))
    assert all(name.confidence < 0.6 for name in (*spun.organisations, *spun.people, *spun.programmes))
    assert spun.organisations
    assert spun.people
    assert spun.indicators == sound.indicators
    assert spun.places == sound.places


def test_a_half_sure_flag_takes_half() -> None:
    sound = article()
    unreadable = doubted(sound, (Flag(name="unreadable", score=0.5),))
    assert unreadable.people[0].confidence == round(sound.people[0].confidence * 0.75, 3)


def test_no_organisation_of_a_spun_page_is_taken_for_one_of_another_page() -> None:
    sound = article()
    assert any(organisation.identity for organisation in sound.organisations)
    spun = doubted(sound, (Flag(name="spun", score=0.6),))
    assert all(organisation.identity is None for organisation in spun.organisations)
    assert all(name.confidence < 0.6 for name in (*spun.organisations, *spun.people, *spun.programmes))


def test_a_name_beside_lost_characters_is_less_sure_than_the_same_name_elsewhere() -> None:
    broken = article(TEXT.replace("周明远", "周明\ufffd", 1))
    whole = {o.name: o.confidence for o in article().organisations}
    sure = {o.name: o.confidence for o in broken.organisations}
    assert sure["绵阳云翼电子有限公司"] == whole["绵阳云翼电子有限公司"]
    lost = article(TEXT.replace("绵阳云翼", "\ufffd云翼", 1))
    assert min(o.confidence for o in lost.organisations) < min(whole.values())
