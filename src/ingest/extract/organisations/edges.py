"""Where an organisation's name begins: the walk from its ending to the left, word by word."""

import re
from collections.abc import Container

from ingest.extract import lexicon
from ingest.extract.organisations.members import JOINT_VERBS, NAME_TAGS, NUMERALS, belongs, coined, is_numeral
from ingest.extract.reading import Mention
from ingest.extract.words import Sentence, Word, tag

_PAREN = re.compile(r"[（(][\u4e00-\u9fff]{1,8}[）)]$")
# Verbs between a body and the one that it acts with.
# 中国驻圣保罗总领馆: whose office it is stands before 驻.
_POSTED = re.compile(r"[\u4e00-\u9fff]{2,6}驻$")
_SHORTEST_NAME = 2
_SMALL_LEVELS = frozenset("省市区县州")
# Prepositions that coined names begin with now and then; elsewhere they end the walk.
_COINED_HEADS = frozenset("同当向和")
# Longest name looked for, in characters: the office of a leading group of a pilot zone has 24.
_LONGEST = 40
# 和 within a name has the rest of it, from a place or a parent body on, within this many words: 省经济和信息化厅.
# 五大发电集团 says how many there are, and is no part of a name.
_BIG = re.compile(r"[两三四五六七八九十]大$")
_AND_REACH = 6
_AND = re.compile("[和与及]")
_ANY_REACH = 4
# 区经信和…, 省经济和…: a level of government and what its office is for, up to the 和.
_LEVEL_OFFICE = re.compile(
    r"(?<![地社辖园片各])([省市区县州])[^的和与及、，。在是由对向从有员级长域场\s]{1,7}[^局厅委办部处院会所的][和与]$"
)
_OFFICE_REACH = 12
# Common nouns that stand before these are part of the name though no name begins with them: 企业家协会, 企业服务中心.
_FIRM_WORDS = re.compile(r"孵化|服务|创新|联合会|家|发展|管理|评价")


class Edges:
    """Finds the left edge of names in one paragraph, given the names that already have one."""

    def __init__(
        self, sentence: Sentence, known: list[Mention], zones: tuple[Mention, ...], firms: Container[str] = ()
    ) -> None:
        """``firms`` are short names that names of their subsidiaries begin with: 大唐…发电有限公司."""
        self._sentence = sentence
        self.firms = firms
        self._words = sentence.words
        self._known = {m.end: m.start for m in known}
        self._zones = {m.end: m.start for m in zones}
        self.starts = {m.start for m in (*known, *zones)}
        self._firm_ends = {m.end for m in known if m.kind == "enterprise"}
        self._spans = [(m.start, m.end) for m in known]

    def add(self, start: int, end: int) -> None:
        """Take a name that has been found."""
        self._known[end] = start
        self.starts.add(start)

    def inside(self, start: int, end: int) -> bool:
        """Whether an ending lies within a name that was known from the first."""
        return any(a <= start and end <= b for a, b in self._spans)

    def ends_known(self, end: int) -> bool:
        """Whether a name that is known or found ends here."""
        return end in self._known

    def ends_firm(self, end: int) -> bool:
        """Whether the name of a known firm ends here."""
        return end in self._firm_ends

    def stem(self, begin: int, start: int) -> list[Word]:
        """The words between a name's beginning and its ending; of one that the ending cuts, what stands before it."""
        words = self._words[self._sentence.index(begin) : self._sentence.index(start - 1) + 1]
        last = words[-1]
        if last.end > start:
            text = self._sentence.text[last.start : start]
            words[-1] = Word(last.start, start, text, tag(text) or "x")
        return [w for w in words if w.end > begin]

    def left(self, start: int, *, subunit: bool, joint: bool, office: bool, legal: bool) -> int:
        """Where the name begins whose ending begins at ``start``.

        ``subunit`` says that the name may go on over the whole name of a parent body, ``joint`` that it may hold a 和,
        ``office`` that it is a government's, which may hold one right behind its level (区经信和科创局),
        ``legal`` that it ends in a firm's full legal form, before which nearly any word may stand.
        """
        edge = start
        while edge > 0 and start - edge < _LONGEST:
            if edge in self._zones:
                return edge + joint_verb if (joint_verb := self._joint_verb(edge, start)) else self._zones[edge]
            if edge in self._known:
                if subunit:
                    return self._over_places(self._known[edge])
                break
            step = self._step(edge, start, joint=joint, office=office)
            if step == edge and legal:
                step = self._over_any(edge)
            if step == edge:
                break
            joint = joint and not _AND.search(self._sentence.text, step, edge)
            edge = step
        return self._trimmed(edge, start)

    def _joint_verb(self, edge: int, start: int) -> int:
        """How long the verb is at ``edge`` that joins a zone to another body: 高新区联合某大学, not 高新区联合党委."""
        verb = self._words[self._sentence.index(edge)]
        if verb.text not in JOINT_VERBS or start - verb.end < _SHORTEST_NAME:
            return 0
        behind = self._words[self._sentence.index(verb.end)]
        return len(verb.text) if behind.tag in NAME_TAGS or coined(behind) else 0

    def _over_places(self, edge: int) -> int:
        while edge > 0 and self._words[self._sentence.index(edge - 1)].tag == "ns":
            edge = self._words[self._sentence.index(edge - 1)].start
        return edge

    def _step(self, edge: int, start: int, *, joint: bool, office: bool) -> int:
        """One word further left, or ``edge`` itself where the name cannot go on."""
        number = self._sentence.index(edge - 1)
        word = self._words[number]
        after = self._words[min(number + 1, len(self._words) - 1)]
        if word.tag == "w":
            return self._over_sign(number, edge)
        if joint and edge < start and word.text in {"和", "与", "及"}:
            return self._over_and(number, edge, office=office)
        if self._sentence.text.endswith("大", 0, edge) and _BIG.search(self._sentence.text, max(0, edge - 2), edge):
            return edge
        firm = word.text == "企业" and _FIRM_WORDS.match(self._sentence.text, edge)
        if firm or (word.text in NUMERALS and number and coined(self._words[number - 1])):
            return word.start
        if is_numeral(word) and number and self._words[number - 1].text.startswith("第"):
            return self._words[number - 1].start
        headed = word.text in _COINED_HEADS and coined(after) and start - edge == len(after.text)
        return word.start if headed or belongs(word, after) or self._enclosed(number) else edge

    def _over_any(self, edge: int) -> int:
        """A word that only a full legal name goes on over: 华电…江上游水电开发有限公司."""
        number = self._sentence.index(edge - 1)
        word = self._words[number]
        hard = word.tag in {"w", "p", "c", "u", "r"} or (
            word.text in lexicon.words("org_left_stops") and len(word.text) > 1
        )
        if hard or number == 0 or (word.tag == "v" and len(word.text) > 1 and not coined(self._words[number - 1])):
            return edge
        before = self._words[max(0, number - _ANY_REACH) : number]
        named = any(w.tag in {"ns", "nz", "j"} for w in before) and all(
            w.tag not in {"w", "p", "c", "u", "v"} for w in before[-1:]
        )
        return word.start if named else edge

    def _over_sign(self, number: int, edge: int) -> int:
        word = self._words[number]
        if word.text in "）)":
            paren = _PAREN.search(self._sentence.text, max(0, edge - 10), edge)
            return self._known.get(paren.start(), paren.start()) if paren else edge
        return word.start if word.text == "·" and number and self._words[number - 1].tag != "w" else edge

    def _enclosed(self, number: int) -> bool:
        """A word that no name begins with may be the second character of a coined one: 、汉正检测."""
        if len(self._words[number].text) > 1 or number == 0 or self._words[number].text in "的了与和及在是":
            return False
        before = self._words[number - 1]
        return coined(before) and (number == 1 or self._words[number - 2].tag == "w")

    def _over_and(self, number: int, edge: int, *, office: bool) -> int:
        """经信和科创局: 和 belongs to the name when a place, a level or a parent body stands shortly before."""
        level = _LEVEL_OFFICE.search(self._sentence.text, max(0, edge - _OFFICE_REACH), edge) if office else None
        if level:
            return self._over_places(self._words[self._sentence.index(level.start(1))].start)
        joined = self._words[number + 1] if number + 1 < len(self._words) else self._words[number]
        if self._words[number].start in self._known or self._words[number].start in self._zones or joined.tag == "ns":
            return edge
        for back in range(number - 1, max(-1, number - 1 - _AND_REACH), -1):
            word = self._words[back]
            if word.start in self._known and back < number - 1:
                return self._known[word.start]
            if back < number - 1 and (word.text in lexicon.words("org_levels") or word.tag == "ns"):
                return word.start
            if word.tag in {"w", "ns"} or not belongs(word, self._words[back + 1]):
                break
        return edge

    def _trimmed(self, edge: int, start: int) -> int:
        """A name does not begin with common nouns when a place stands further right: 汽车厂商安徽江淮…公司."""
        if edge >= start or edge in self.starts:
            return edge
        if self._sentence.text.endswith("驻", 0, edge) and _POSTED.search(self._sentence.text, max(0, edge - 7), edge):
            country = self._words[self._sentence.index(edge - 2)]
            return country.start if country.tag == "ns" and country.end == edge - 1 else edge
        first = number = self._sentence.index(edge)
        while number < len(self._words) and self._words[number].start < start:
            word = self._words[number]
            if number > first and (word.tag == "ns" or word.text in _SMALL_LEVELS):
                return word.start
            if word.tag not in {"n", "v", "vn", "a", "b"} or len(word.text) < 2:
                break
            if word.text in lexicon.words("org_levels") or word.text in self.firms:
                break
            number += 1
        return edge
