"""What a source's selectors say, over what the general rules say."""

from dataclasses import replace
from itertools import starmap

from ingest.model import Block, Document, Flag, Label, Selected
from ingest.strip.byline_dates import compact_date, find_date
from ingest.strip.html_prose import SHORTEST

# Pages without selectors must not wait for beautifulsoup4: this stands here and not where it is loaded.
DROP = "drop"
_TEXT = frozenset({Label.BODY, Label.HEADING, Label.CAPTION})
_HEADLINE = frozenset({Label.TITLE, Label.KICKER, Label.SUBTITLE})
_UNSEEN = frozenset({Label.HIDDEN, Label.LINK_FARM, Label.KEYWORDS})


def overrule(document: Document, blocks: list[Block]) -> list[Block]:
    """Labelled blocks with the labels that a source's selectors give.

    What ``body`` selects and the page shows is the text, and nothing else is; what ``title`` selects is the title;
    what ``date`` selects belongs to the byline; what ``drop`` selects is furniture. Where nothing is selected the
    general rules' labels stand.
    """
    if document.selected is None:
        return blocks
    seen = {block.picked for block in blocks if block.label not in _UNSEEN and len(block.text) >= SHORTEST}
    picked = frozenset(seen | ({"title", "date"} & {block.picked for block in blocks}))
    return [_overruled(block, document.selected, picked) for block in blocks]


def body_is_selected(blocks: list[Block]) -> bool:
    """Whether a selector named text of the page."""
    return any(block.picked == "body" and block.label in _TEXT for block in blocks)


def flags(selected: Selected | None, blocks: list[Block]) -> tuple[Flag, ...]:
    """What of a source's selectors came to nothing on a page; ``blocks`` are its labelled ones."""
    if selected is None:
        return ()
    found = dict(selected.missed)
    if "body" in selected.used and not body_is_selected(blocks):
        found.setdefault("body", "what it matches shows no text")
    if selected.date is not None and not (find_date(selected.date) or compact_date(selected.date)):
        found.setdefault("date", f"what it matches is no date: {selected.date[:40]}")
    return tuple(starmap(_flag, found.items()))


def _flag(key: str, why: str) -> Flag:
    return Flag(name="selector", reason=f"[page] {key}: {why}; the general rules decide")


def _overruled(block: Block, selected: Selected, picked: frozenset[str]) -> Block:
    label = _label(block, picked)
    if label is None or (block.label in _UNSEEN and label.kept):
        return block
    role = "date" if block.picked == "date" else block.role if label is block.label else ""
    reason = f"selector: {block.picked}: {', '.join(selected.used[block.picked])}" if block.picked else _outside(block)
    return replace(block, label=label, reason=reason, role=role)


def _label(block: Block, picked: frozenset[str]) -> Label | None:
    """The label that selectors give a block; None where they say nothing of it."""
    match block.picked:
        case "title":
            return Label.TITLE
        case "date":
            return Label.BYLINE
        case "body":
            return _in_body(block, picked)
        case _ if block.picked == DROP:
            return Label.FURNITURE
    if (block.label in _TEXT and "body" in picked) or (block.label in _HEADLINE and "title" in picked):
        return Label.FURNITURE
    return None


def _in_body(block: Block, picked: frozenset[str]) -> Label:
    if block.label in _HEADLINE and "title" in picked:
        return Label.HEADING
    if block.label.kept:
        return block.label
    return Label.HEADING if block.heading else Label.BODY


def _outside(block: Block) -> str:
    what = "body" if block.label in _TEXT else "title"
    return f"selector: outside what {what} selects"
