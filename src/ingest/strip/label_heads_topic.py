"""Does the topic of a page change at a line? Signs from the words of the article above it and of the section below."""

from ingest.strip.label_cohesion import Cohesion, pairs, rare

Signs = dict[str, float]

_WINDOW = 4  # paragraphs on either side of a line
_OWN = 5  # paragraphs of one side compared with each other
_ALONE = 0.1  # likeness taken for a side of one paragraph, the middle of what sides of several have
_LITTLE = 0.1  # of the topic carried on, of the line's words known
_UNTOLD, _SLOGAN = 0.03, 0.4  # share of the line's words that its section repeats; share of everyday words
_FEWEST = 2  # sections below lines
_LONG = 600  # characters; an article so long may end anywhere
_NONE = 0.2  # share of rare characters in common where there are none: as much as anywhere
_SOME = 0.02  # likeness; less is chance
_MOST = 2.0  # times the length of other lines; more tells nothing else
# Steps of what two stretches share, in words that are rare on the page: one such word tells more than the next ten.
_FEW, _SEVERAL, _MANY = (0.2, 0.6, 1.2), (0.3, 0.8, 1.5, 3.0), (0.3, 0.8, 1.5, 3.0, 5.0)


class Topic:
    """The topic round the lines that may be headlines, which are asked for in order.

    Args:
        cohesion: The page's paragraphs.
        lines: The indices of the lines on the page, in order.
        texts: The lines themselves.
        title: The title of the page's first article.
    """

    def __init__(self, cohesion: Cohesion, lines: list[int], texts: list[str], title: str) -> None:
        self._cohesion = cohesion
        self._cuts = [cohesion.rank(i) for i in lines]
        self._behind = self._next_cuts()
        self._across = {at: self._carried(at) for at in self._cuts}
        own = {at: behind - at for at, behind in zip(self._cuts, self._behind, strict=True)}
        self._page = {
            "carried on elsewhere": sum(self._across.values()) / max(1, len(own)),
            "sections of one paragraph": sum(size == 1 for size in own.values()) / max(1, len(own)),
            "sections by paragraphs": len(own) / max(1, len(cohesion)),
            "few sections": float(len(own) <= _FEWEST),
        }
        self._texts = texts
        sizes = [len(text) for text in (*texts, title)]
        self._longest, self._mean = max(sizes), sum(sizes) / len(sizes)
        self._start = self._read = 0
        self._said: set[str] = set()  # the words of the article so far
        self._rare: set[str] = set()  # and its rare characters
        self._title, self._title_text = pairs(title), title

    def _next_cuts(self) -> list[int]:
        """Return where the section below each line ends: at the next line that has a paragraph above it."""
        found: list[int] = []
        behind = last = len(self._cohesion)
        for at in reversed(self._cuts):
            if at < last:
                behind, last = last, at
            found.append(behind)
        return found[::-1]

    def opens(self, number: int) -> None:
        """Take a line for the headline of the next article: what follows is compared with that one."""
        text = self._texts[number]
        self._start = self._read = self._cuts[number]
        self._said, self._rare = set(), set()
        self._title, self._title_text = pairs(text), text

    def signs(self, number: int, everyday: float) -> Signs:
        """Return what tells whether the topic changes at a line.

        Args:
            number: The line's place among the lines, from 0.
            everyday: The share of it that stands in words of everyday.
        """
        known = self._cohesion
        at, behind = self._cuts[number], self._behind[number]
        while self._read < at:
            self._said |= known.pairs(self._read)
            self._rare |= known.rare(self._read, self._read + 1)
            self._read += 1
        own = pairs(self._texts[number])
        section = set().union(*(known.pairs(r) for r in range(at, min(max(behind, at + 1), at + _WINDOW, len(known)))))
        found = self._shared(own, section, known.pairs(at), known.pairs(at - 1))
        found |= self._sizes(number, behind - at, at - self._start)
        found |= self._characters(number, at, behind)
        found["carried on"] = self._across[at]
        found["rather like what follows"] = self._ahead(at, behind)
        nothing = found["carried on"] < _LITTLE and found["share of the line in the article"] < _LITTLE
        untold = found["share of the line in its section"] < _UNTOLD
        return (
            found
            | self._page
            | {
                "nothing goes on": float(nothing),
                "told nowhere": float(untold),
                "a slogan": float(untold and everyday >= _SLOGAN),  # 凝心聚力 再创辉煌: its text says no word of it
            }
        )

    def _shared(self, own: set[str], section: set[str], first: set[str], last: set[str]) -> Signs:
        """What the line, its section and that section's first paragraph share with the article so far."""
        compared = {
            "the section and the article": (section, self._said, _MANY),
            "the paragraph below and the article": (first, self._said, _SEVERAL),
            "the paragraphs below and above": (first, last, _SEVERAL),
            "the line and the article": (own, self._said, _FEW),
            "the line and the title": (own, self._title, _FEW),
            "the title and the section": (self._title, section, _FEW),
            "the line and its section": (own, section, _SEVERAL),
            "the line and the paragraph below": (own, first, _FEW),
        }
        found: Signs = {}
        for name, (one, other, steps) in compared.items():
            shared = self._cohesion.size(one & other)
            found |= {f"{name} share {step}": float(shared > step) for step in steps}
        for name, one, other in (
            ("the line in the article", own, self._said),
            ("the line in its section", own, section),
            ("the section in the article", section, self._said),
            ("the title in the section", self._title, section),
        ):
            found[f"share of {name}"] = self._cohesion.size(one & other) / (self._cohesion.size(one) + 1e-6)
        return found

    def _characters(self, number: int, at: int, behind: int) -> Signs:
        """The shares of rare characters that line, section and title have in common with each other and the article."""
        known = self._cohesion
        section, said = known.rare(at, min(behind, at + _WINDOW)), self._rare
        own, title = rare(self._texts[number]), rare(self._title_text)
        return {
            f"rare characters of {name}": len(one & other) / len(one) if one else _NONE
            for name, one, other in (
                ("the section in the article", section, said),
                ("the paragraph below in the one above", known.rare(at, at + 1), known.rare(at - 1, at)),
                ("the title in the section", title, section),
                ("the line in the section", own, section),
                ("the line in the article", own, said),
            )
        }

    def _sizes(self, number: int, below: int, above: int) -> Signs:
        """How long the line is beside the others, and how many paragraphs stand in its section and in the article."""
        size = len(self._texts[number])
        return {
            "length by the longest": size / self._longest,
            "length by the mean": min(_MOST, size / self._mean) / _MOST,
            "length by the title": min(_MOST, size / max(1, len(self._title_text))) / _MOST,
            "one paragraph above": float(above <= 1),
            "two paragraphs above": float(above == 2),
            "five paragraphs above": float(above >= 5),
            "ten paragraphs above": float(above >= 10),
            "size of the article": min(1.0, self._cohesion.length(self._start, self._read) / _LONG),
            "one paragraph below": float(below <= 1),
            "two paragraphs below": float(below == 2),
            "four paragraphs below": float(below >= 4),
        }

    def _carried(self, at: int) -> float:
        """How alike the paragraphs above and below are, as a share of the likeness within either side.

        It is about .5 within an article, where a line does not divide its topic, and near 0 between two.
        """
        known, end = self._cohesion, len(self._cohesion)
        across = known.likeness((max(0, at - _WINDOW), at), (at, min(end, at + _WINDOW)))
        start, last = max(0, at - _OWN), min(end, at + _OWN)
        own_below = known.likeness((at, at + 1), (at + 1, min(last, at + 4))) if last - at > 1 else _ALONE
        own_above = known.likeness((at - 2, at), (start, at - 2)) if at - start > 2 else _ALONE
        return across / (across + (own_below + own_above) / 2 + 1e-6)

    def _ahead(self, at: int, behind: int) -> float:
        """How alike a section is to the next one, as a share of that and its likeness to what stands above it."""
        known, end = self._cohesion, len(self._cohesion)
        if behind >= end:
            return 0.5
        section = (at, min(behind, at + _WINDOW))
        below = known.likeness(section, (behind, min(end, behind + _WINDOW)))
        above = known.likeness((max(0, at - _WINDOW), at), section)
        return (below + _SOME) / (below + above + 2 * _SOME)
