"""Which blocks of an HTML page are its article: containers weighed by their prose."""

import re

from ingest.model import Document, Label

_STOPS = re.compile("[，。！？；：、“”]")


def choose(document: Document) -> None:
    """Give every block of a page a label and the reason for it."""
    weight = [0.0] * len(document.elements)
    for block in document.blocks:
        prose = len(_STOPS.findall(block.original)) * (1 - block.links) if not block.hidden else 0
        at, share = block.element, 1.0
        while at >= 0 and share > 0.2:
            weight[at] += prose * share
            at = document.elements[at].parent
            share *= 0.7
    best = max(range(len(weight)), key=weight.__getitem__, default=-1)
    inside = {best}
    for number, element in enumerate(document.elements):
        if element.parent in inside:
            inside.add(number)
    for block in document.blocks:
        if block.hidden:
            block.label, block.reason = Label.HIDDEN, block.reason
        elif block.element in inside and block.links < 0.5:
            block.label, block.reason = Label.BODY, "in the container with the most prose"
        else:
            block.label, block.reason = Label.FURNITURE, "outside the container with the most prose"
