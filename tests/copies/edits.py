"""Copies with edits of a share of the text, seeded: what sites do to an article that they take over."""

import random
import re
from collections.abc import Callable, Sequence

from tests.spin.corpus import Healthy

Texts = Sequence[str]
Edit = Callable[[Texts, random.Random, float], list[str]]
_FURNITURE = (
    "本网站所载文章均为转载，内容仅供参考，不代表本站立场，如有异议请与编辑部联系处理。",
    "欢迎关注微信公众号，第一时间获取园区资讯与招商信息，投稿邮箱长期有效。",
    "更多精彩内容请点击阅读原文，或拨打服务热线咨询各项政策的申报条件和办理流程。",
)


def letters(texts: Texts, chance: random.Random, share: float) -> list[str]:
    """Leave letters out, one by one."""
    return ["".join(letter for letter in text if chance.random() > share) for text in texts]


def sentences(texts: Texts, chance: random.Random, share: float) -> list[str]:
    """Leave sentences out until the share of the text is gone, or only one more would be too much."""
    found = [(number, piece) for number, text in enumerate(texts) for piece in re.findall("[^。]*。?", text) if piece]
    room = share * sum(len(piece) for _, piece in found)
    gone = set()
    for place in chance.sample(range(len(found)), len(found)):
        if len(found[place][1]) <= room:
            gone.add(place)
            room -= len(found[place][1])
    kept = [piece for place, piece in enumerate(found) if place not in gone]
    made = ["".join(piece for n, piece in kept if n == number) for number in range(len(texts))]
    return [text for text in made if text]


def order(texts: Texts, chance: random.Random, _share: float) -> list[str]:
    """Put the paragraphs in another order."""
    return chance.sample(list(texts), len(texts))


def furniture(texts: Texts, chance: random.Random, share: float) -> list[str]:
    """Put a site's own words before and after, up to the share."""
    room = int(share * sum(map(len, texts)))
    made = list(texts)
    while room > 0:
        piece = chance.choice(_FURNITURE)[:room]
        made.insert(chance.choice([0, len(made)]), piece)
        room -= len(piece)
    return made


def mixed(texts: Texts, chance: random.Random, share: float) -> list[str]:
    """Sentences out, the order changed, furniture put in: half of the share each."""
    return furniture(order(sentences(texts, chance, share / 2), chance, 0), chance, share / 2)


EDITS: dict[str, Edit] = {each.__name__: each for each in (letters, sentences, order, furniture, mixed)}


def edited(article: Healthy, edit: str, share: float, seed: int = 0) -> list[str]:
    """Return the paragraphs of a copy with an edit of a share of the text."""
    return EDITS[edit](article.paragraphs, random.Random(f"{article.name} {edit} {share} {seed}"), share)
