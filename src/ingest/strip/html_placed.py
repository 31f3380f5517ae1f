"""Rules of style sheets that hide or show an element by where it stands: ``.box .more``, ``div.tab.off``.

Followed are names and places, in block-level elements, of rules that set ``display`` or ``visibility``; nothing else is
worth its time: selectors of all looks took a third of the reader's, and hid menus that open.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

MOST_RULES = 12  # of one name; a sheet of a site has one or two that hide
MOST_STEPS = 8  # of a selector
MOST_ABOVE = 40  # elements above one that are looked at
_COMPOUND = re.compile(r"([a-z][a-z0-9]{0,15}+)?((?:[.#][\w-]{1,60}+)*+)$")
_NAME = re.compile(r"[.#][\w-]{1,60}")
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# What opens when it is pointed at is a menu: as good as shown.
_POINTED = re.compile(r":(?:hover|focus-within|focus|active|target)(?![\w-])")


class Step(NamedTuple):
    """A part of a selector: ``div.tab.off``. ``child``: the part before it must be its parent."""

    tag: str
    names: frozenset[str]  # .tab, .off, #id
    child: bool


class Placed(NamedTuple):
    """A rule by its selector's parts, the last one first."""

    steps: tuple[Step, ...]
    body: str
    shows: bool


class Rule(NamedTuple):
    """Selectors and declarations, and whether these hide an element."""

    selectors: str
    body: str
    hides: bool


def placed(rules: Sequence[Rule], hiding: set[str]) -> dict[str, list[Placed]]:
    """The rules that count, by one of the names that the element itself must have.

    Args:
        rules: Those that set ``display`` or hide.
        hiding: Names of elements that simple rules hide: rules that show them count, too.
    """
    found: dict[str, list[Placed]] = {}
    for rule in rules:
        if rule.hides:
            for each in _parsed(rule.selectors, rule.body, shows=False):
                found.setdefault(min(each.steps[0].names), []).append(each)
    hiding = hiding.union(*(each.steps[0].names for every in found.values() for each in every))
    for rule in rules if hiding else ():
        if rule.hides or not any(map(rule.selectors.__contains__, hiding)):
            continue
        for each in _parsed(_POINTED.sub("", rule.selectors), rule.body, shows=True):
            for name in each.steps[0].names & hiding:
                found.setdefault(name, []).append(each)
    return {name: every[:MOST_RULES] for name, every in found.items()}


def is_hiding(body: str) -> bool:
    """Whether declarations hide an element."""
    return ("none" in body or "hidden" in body) and _HIDES.search(body) is not None


def _parsed(selectors: str, body: str, *, shows: bool) -> Iterable[Placed]:
    """The rule once for each selector that can be followed and names its element by class or id."""
    for selector in selectors.split(","):
        steps = _steps(selector)
        simple = not shows and len(steps) == 1 and len(steps[0].names) == 1
        if steps and not simple:
            yield Placed(steps, body, shows)


def _steps(selector: str) -> tuple[Step, ...]:
    """The parts of a selector, the last one first; none where it asks for more than names and places, or ends in none.

    Most that do so do it in the last part: ``a:hover``, ``.list li``.
    """
    steps: list[Step] = []
    parts = (selector.replace(">", " > ") if ">" in selector else selector).split()
    for at in range(len(parts) - 1, -1, -1):
        if parts[at] == ">":
            continue
        found = _COMPOUND.match(parts[at])
        if not found or len(steps) == MOST_STEPS or not (steps or found[2]):
            return ()
        steps.append(Step(found[1] or "", frozenset(_NAME.findall(found[2])), at > 0 and parts[at - 1] == ">"))
    return tuple(steps)


def answer(rules: Iterable[Placed], own: tuple[str, frozenset[str]], above: list[str]) -> tuple[bool, str]:
    """Whether rules show an element, and the declarations of one that hides it.

    Args:
        rules: Those of its names.
        own: Its tag, its classes and id with their marks.
        above: The names of the elements round it, the innermost first.
    """
    shown, hiding = False, ""
    for rule in rules:
        if _holds(rule.steps, own, above):
            shown, hiding = shown or rule.shows, hiding if rule.shows else rule.body
    return shown, hiding


def _holds(steps: tuple[Step, ...], own: tuple[str, frozenset[str]], above: list[str]) -> bool:
    """Whether a selector matches; each part is sought in the nearest element, as nearly all sheets mean it."""
    if not _is(steps[0], own):
        return False
    at = 0
    for inner, step in pairwise(steps):
        reach = at + 1 if inner.child else len(above)
        while at < reach and at < len(above) and not _is(step, parts_of(above[at])):
            at += 1
        if at >= min(reach, len(above)):
            return False
        at += 1
    return True


def _is(step: Step, element: tuple[str, frozenset[str]]) -> bool:
    return step.names <= element[1] and step.tag in ("", element[0])


@lru_cache(maxsize=2048)
def parts_of(name: str) -> tuple[str, frozenset[str]]:
    """The tag of an element's name (``div#main.article``), and its id and classes with their marks."""
    marks = _NAME.findall(name)
    return re.split("[.#]", name, maxsplit=1)[0], frozenset(marks)
