"""Does the topic of a page change at a line? Signs from the words on both sides of it."""

from ingest.strip.label_cohesion import Cohesion

Signs = dict[str, float]

_WINDOW = 4  # paragraphs on either side of a line
_FAR = 6  # paragraphs in which a line's words may have been said before
_LATER = 30  # paragraphs behind the section that a line opens
_OWN = 5  # paragraphs of one side compared with each other
_ALONE = 0.1  # likeness taken for a side of one paragraph, the middle of what sides of several have
_MUCH = 800  # characters; a section of this length says enough of its topic
_LITTLE = 0.1  # of the topic carried on, of the line's words known


class Topic:
    """The topic round the lines that may be headlines. ``lines`` are their indices on the page, in order."""

    def __init__(self, cohesion: Cohesion, lines: list[int], title: str) -> None:
        self._cohesion = cohesion
        self._title = cohesion.topic(title)
        self._lead = cohesion.topic_of(0)
        self._cuts = [0, *(cohesion.rank(i) for i in lines), len(cohesion)]

    def signs(self, number: int, text: str) -> Signs:
        """Return what tells whether the topic changes at a line, 0 to 1 each.

        Args:
            number: The line's place among the lines, from 0.
            text: The line itself.
        """
        known = self._cohesion
        at = self._cuts[number + 1]
        above, below = (max(0, at - _FAR), at), (at, min(len(known), at + _WINDOW))
        own = known.topic(text)
        found = self._across(at)
        found |= self._section(number, own)
        found |= {
            "known above": known.said(own, *above),
            "known": known.said(own, 0, at),
            "told below": known.said(own, *below),
            "the title goes on": known.said(self._title, *below),
            "the lead goes on": known.said(self._lead, *below),
            "the subject goes on": known.said(known.recurring(*above), *below),
            "the paragraph below is known": known.said(known.topic_of(at), 0, at),
            "the paragraph below is known above": known.said(known.topic_of(at), *above),
            "the last paragraph below": float(at + 1 == len(known)),
        }
        clean = found["carried on"] < _LITTLE and found["known above"] < _LITTLE
        return found | {"nothing goes on": float(clean)}

    def _across(self, at: int) -> Signs:
        """How alike the paragraphs above and below are, and that as a share of the likeness within either side.

        The share is about .5 within an article, where a line does not divide its topic, and near 0 between two.
        """
        known, end = self._cohesion, len(self._cohesion)
        across = known.likeness((max(0, at - _WINDOW), at), (at, min(end, at + _WINDOW)))
        start, last = max(0, at - _OWN), min(end, at + _OWN)
        own_below = known.likeness((at, at + 1), (at + 1, min(last, at + 4))) if last - at > 1 else _ALONE
        own_above = known.likeness((at - 2, at), (start, at - 2)) if at - start > 2 else _ALONE
        return {"alike": min(1.0, 4 * across), "carried on": across / (across + (own_below + own_above) / 2 + 1e-6)}

    def _section(self, number: int, own: dict[str, float]) -> Signs:
        """The same of the stretch up to the next of the lines and the one from the line before, which differ."""
        known = self._cohesion
        before, at, after = self._cuts[number : number + 3]
        before, after = min(max(before, at - _FAR), at - 1), max(min(after, at + _FAR), at + 1)
        above, below = (before, at), (at, after)
        return {
            "sections alike": min(1.0, 4 * known.likeness(above, below)),
            "known in the section above": known.said(own, *above),
            "told in the section": known.said(own, *below),
            "the title goes on in the section": known.said(self._title, *below),
            "told later": known.said(own, after, after + _LATER),
            "size of the section": min(1.0, sum(known.sizes[at:after]) / _MUCH),
            "size of the section above": min(1.0, sum(known.sizes[before:at]) / _MUCH),
        }
