"""Organisations known by what their names end in: 有限公司, 大学, 税务局."""

import re

from ingest.extract import lexicon, matching
from ingest.extract.organisations.edges import Edges
from ingest.extract.organisations.known import credited, identities
from ingest.extract.organisations.naming import is_legal, named, suffixes
from ingest.extract.reading import Mention
from ingest.extract.words import Sentence

_SUFFIXES = matching.listed("org_suffixes")
_TITLES = matching.listed("people_titles")
# Endings of one character: bureaux and departments; institutes right behind their university's or academy's name;
# offices behind a zone's or a level's.
_SINGLE = re.compile(
    r"[局厅署部所办](?:(?<=[局厅署])"
    r"|(?<=部)(?=部长|副部长|长官|大臣|发言人|官员|表示|宣布|[，。、])"
    r"|(?<=所)(?=所长|副所长|研究员|教授|[，。、；）\s]|$)"
    r"|(?<=[^主经举代承协兴开]办)(?=[，、。主副项党公和及的等]|$))"
)
_POST = re.compile(r"(?:专职|原|第一)?(?:副?书记|委员|成员)")
# Posts that the dictionary takes for one word with the ending before them: 党委书记, 部长官.
_POSTS_BEHIND = ("书记", "副书记", "长官")
_HEAD = re.compile(r"副?(?:主任|经理|总经理|负责人|处长|主管)")
# What a firm's or an authority's department is called; with at most this many characters before it, it is no body
# of its own: 公司调控中心主任 heads a department, 部火炬…开发中心主任 a body.
_DEPARTMENTS = ("中心", "办公室")
_DEPARTMENT = 6
_SHORTEST_STEM = 2
# A university's schools stay in the post: 某大学航天学院教授.
_SCHOOLS = ("学院", "系", "学部")


def find(number: int, sentence: Sentence, known: list[Mention], zones: tuple[Mention, ...]) -> list[Mention]:
    """The organisations of a paragraph whose names end in a known way.

    ``known`` are organisations already found in it and ``zones`` its high-tech zones: a name may begin with a zone
    (昆山高新区…党委) and, for some endings, with its parent body (…大学附属医院).
    """
    endings = _endings(sentence)
    if not endings:
        return []
    edges = Edges(sentence, known, zones, identities())
    parents = {m.start: m.end for m in known}
    found: list[Mention] = []
    for start, end in endings:
        if edges.inside(start, end) or any(z.start <= start and end <= z.end for z in zones):
            continue
        mention = _read(number, sentence, edges, start, end)
        if (
            mention is None
            or credited(sentence.text, mention.start, end)
            or _part_of_post(sentence.text, mention, parents)
        ):
            continue
        edges.add(mention.start, end)
        parents[mention.start] = end
        found.append(mention)
    return found


def _read(number: int, sentence: Sentence, edges: Edges, start: int, end: int) -> Mention | None:
    """The organisation whose name ends with ``text[start:end]``; None when the words before it make no name."""
    suffix = sentence.text[start:end]
    kind, need = suffixes()[suffix]
    begin = edges.left(
        start,
        subunit=suffix == "办" or need in {"brand", "house"} or suffix in lexicon.words("org_subunits"),
        joint=kind != "enterprise",
        office=kind == "government",
        legal=is_legal(suffix),
    )
    if not named(edges, sentence, begin, start, end):
        if not _beside_another(sentence.text, edges, kind, begin, start):
            return None
        return Mention(number, begin, end, sentence.text[begin:end], kind, "beside an association", 0.5)
    confidence = 0.7 if need == "any" else 0.9
    return Mention(number, begin, end, sentence.text[begin:end], kind, f"ending {suffix}", confidence)


def _beside_another(text: str, edges: Edges, kind: str, begin: int, start: int) -> bool:
    """Whether a list of associations goes on with one that has a plain name: 华人协会、企业家协会."""
    if kind != "association" or start - begin < _SHORTEST_STEM:
        return False
    return text[begin - 1 : begin] == "、" and edges.ends_known(begin - 1)


def _part_of_post(text: str, mention: Mention, parents: dict[int, int]) -> bool:
    """…公司党支部书记, …公司调控中心主任: branch and department are part of the post, the organisation is the firm."""
    parent = parents.get(mention.start)
    if parent is None:
        return False
    if mention.kind == "party":
        return _POST.match(text, mention.end) is not None
    if mention.name.endswith(_SCHOOLS) and text.endswith("大学", 0, parent):
        return _TITLES.at(text, mention.end) > mention.end
    department = mention.name.endswith(_DEPARTMENTS) and mention.end - parent <= _DEPARTMENT
    return department and _HEAD.match(text, mention.end) is not None


def _endings(sentence: Sentence) -> list[tuple[int, int]]:
    """Where a known ending stands at the end of a word, and the word is not one that only ends like it."""
    text = sentence.text
    spots = list(_SUFFIXES.find(text))
    singles = [m.span() for m in _SINGLE.finditer(text)]
    if singles and spots:
        within = {i for start, end in spots for i in range(start, end)}
        singles = [span for span in singles if span[0] not in within]
    spots += singles
    if not spots:
        return spots
    false = lexicon.words("org_false_endings")
    return sorted(
        (start, end)
        for start, end in spots
        if (sentence.edge(end) or text.startswith(_POSTS_BEHIND, end))
        and not (start == end - 1 and sentence.words[sentence.index(start)].text in false)
    )
