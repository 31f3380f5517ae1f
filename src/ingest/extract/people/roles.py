"""The post that a person holds, read from the words round the name: 某公司党支部书记、董事长兼总经理李胜."""

import re

from ingest.extract import lexicon
from ingest.extract.reading import Mention, Reading
from ingest.extract.words import Word
from ingest.model import Organisation

_BEHIND = re.compile(
    r"总书记|主席|总理|总统|首相|副?教授|院士|博士|部长|省长|市长|县长|区长|书记|主任|会长|董事长|总裁|总经理|研究员|校长|院长|局长|大使|秘书长|外长|主教练|专家|处长|所长|司令员|老师|医生|律师|法官"
)
_ROLE_TAGS = frozenset({"n", "vn", "b", "j", "nz", "x", "v", "f", "a", "ns", "m", "nt", "q", "s"})
_LONGEST = 30
# Posts within a firm: who holds one belongs to the firm that the paragraph is about.
_WITHIN = re.compile(r"部|技术|车间|班组|徒弟|总监|经理|员工|职工|工程师|厂长|总工|财务|总裁|董事|党支部|党委")
_BARE = re.compile(r"[省市区县州]委|[省市区县州]政府|管委会|党工委|区党工委|区管委会")
_OWN = re.compile(r"^(?:该?公司|集团|本院|我院|该院|学校|该校|企业(?!党)|村(?=村))(?=.{2})")
_DEPARTMENTS = ("部", "处", "科", "室", "办", "中心")


class Posts:
    """Reads posts; knows which organisations stand where."""

    def __init__(self, reading: Reading, mentions: list[Mention], organisations: tuple[Organisation, ...]) -> None:
        self._reading = reading
        self._ends = {(m.paragraph, m.end): m for m in mentions}
        self._mentions = mentions
        self._full = {alias: o.name for o in organisations for alias in (o.name, *o.aliases)}

    def held(self, person: Mention) -> tuple[str | None, str | None]:
        """The post and the organisation's name; None where the text does not say."""
        text = self._reading.paragraphs[person.paragraph]
        start, organisation = self._reach(person)
        role = _OWN.sub("", text[start : person.start].strip("、，的 "))
        if not role:
            behind = _BEHIND.match(text, person.end)
            role = behind.group() if behind else ""
        if organisation is None and _WITHIN.search(role):
            organisation = self._subject(person)
        return role or None, organisation

    def _reach(self, person: Mention) -> tuple[int, str | None]:
        """Where the post begins, and the organisation that ends there."""
        sentence = self._reading.sentences[person.paragraph]
        edge = self._title_start(sentence.text, person.start)
        edge = self._inner_end(person.paragraph, edge, person.start)
        while edge > 0 and person.start - edge < _LONGEST:
            mention = self._ends.get((person.paragraph, edge))
            if mention and self._in_chain(sentence.text, mention):
                edge = mention.start
                continue
            if mention:
                return edge, self._full.get(mention.name, mention.name)
            word = sentence.words[sentence.index(edge - 1)]
            if not self._goes_on(word, edge, person):
                break
            edge = max(word.start, self._inner_end(person.paragraph, word.start, edge))
        return (edge, None) if self._titled(sentence.text[edge : person.start]) else (person.start, None)

    @staticmethod
    def _title_start(text: str, end: int) -> int:
        """Where the longest title begins that ends at ``end``: 处处长 would be cut into other words."""
        titles = lexicon.words("people_titles")
        start = next((end - size for size in range(8, 1, -1) if text[max(0, end - size) : end] in titles), end)
        return start - 1 if start < end and text[max(0, start - 2) : start].endswith("处") else start

    def _in_chain(self, text: str, mention: Mention) -> bool:
        """…党工委副书记、管委会主任: a bare body within a chain of posts is part of the chain."""
        before = text[: mention.start]
        return _BARE.fullmatch(mention.name) is not None and before.endswith("、") and self._titled(before[:-1])

    def _inner_end(self, paragraph: int, start: int, edge: int) -> int:
        return next((i for i in range(edge - 1, start, -1) if (paragraph, i) in self._ends), start)

    def _goes_on(self, word: Word, edge: int, person: Mention) -> bool:
        if word.text == "、":
            before = self._reading.paragraphs[person.paragraph][max(0, word.start - 8) : word.start]
            return edge < person.start and self._titled(before)
        if word.text in {"兼", "兼任", "及", "和", "与", "暨"}:
            return edge < person.start
        if word.tag in {"w", "p", "c", "u", "r", "d", "t", "e"}:
            return False
        if word.tag == "v" and len(word.text) > 1:
            department = self._reading.paragraphs[person.paragraph][word.end : word.end + 1] in _DEPARTMENTS
            return department or word.text in lexicon.words("org_inner_words") or self._titled(word.text)
        stopped = len(word.text) == 1 and word.text in lexicon.words("org_left_stops")
        return word.tag in _ROLE_TAGS and not stopped

    @staticmethod
    def _titled(text: str) -> bool:
        return any(text[-size:] in lexicon.words("people_titles") for size in range(2, 7))

    def _subject(self, person: Mention) -> str | None:
        """The one firm that the paragraph has named before the person; None where there are several or none."""
        before = [m for m in self._mentions if m.paragraph == person.paragraph and m.end <= person.start]
        firms = {self._full.get(m.name, m.name) for m in before if m.kind == "enterprise"}
        return firms.pop() if len(firms) == 1 else None
