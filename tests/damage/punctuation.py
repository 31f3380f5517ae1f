"""The crawl's folding of punctuation: full-width ，（）：；！？ become their ASCII look-alikes; 。、“”《》 stay."""

_HALF = str.maketrans("，（）：；！？", ",():;!?")


def to_halfwidth(text: str) -> str:
    """Fold the punctuation that such crawls fold, and nothing else."""
    return text.translate(_HALF)
