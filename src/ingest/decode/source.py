"""The undivided page: its charset judged, its bytes decoded, its mojibake mended where it stands."""

import re

from ingest.decode import charset, damage, mojibake, reading, signs
from ingest.decode import pieces as pieces_of
from ingest.decode.repairs import Repairs
from ingest.model import Flag, Text

_DOUBTFUL = 0.75  # below this confidence a page's charset is flagged
# The second byte of a character may be one of these. A text that begins with a letter beside a Han character is most
# often one that was clipped there; words that begin so (A股, U盘, X射线) are few.
_ORPHAN = re.compile(rb"[@-Z\\^-z|}~][\x81-\xfe]")
_CUT = re.compile("[@-~](?![股轮超型级类区座版图照站罩杯线射光盘恤种字份租代袋行])[\u3400-\u9fff]")


def read_source(content: bytes, *, content_type: str | None = None) -> Text:
    """Read a page's bytes as text, before anything is taken apart.

    Args:
        content: The page as the site sent it.
        content_type: The HTTP ``Content-Type``, whose charset is believed where it decodes.

    Returns:
        The text as decoded (``original``) and with its mojibake mended (``text``). Markup is left as it stands. Never
        raises: any bytes give a text, what cannot be read is U+FFFD and flagged.
    """
    verdict = charset.judge(content, content_type=content_type)
    pieces = _pieces(content, verdict)
    original = reading.LOST + pieces.text if verdict.clipped else pieces.text
    found, flags = mojibake.find(original) if _suspicious(content, original, verdict) else ([], ())
    flags = damage.guessed(found) + flags
    repairs = Repairs(original, [(0, found)])
    lost = pieces.lost + verdict.clipped
    evidence = verdict.evidence + tuple(f"{n} characters in {e}" for e, n in pieces.foreign.items())
    if pieces.foreign:
        flags = (*flags, Flag(name="mixed-charsets", reason="; ".join(evidence)))
    if lost:
        flags = (*flags, Flag(name="undecodable", score=1.0, reason=f"{lost} stretches are not {verdict.encoding}"))
    if _orphan(content[verdict.skip :][:2], verdict.encoding) and _CUT.match(original):
        reason = f"begins with {original[0]!r}, perhaps the second byte of a character that was cut through"
        flags = (*flags, Flag(name="clipped-start", score=0.5, reason=reason))
    if verdict.confidence < _DOUBTFUL:
        flags = (
            *flags,
            Flag(name="doubtful-charset", score=1 - verdict.confidence, reason="; ".join(verdict.evidence)),
        )
    return Text(
        text=repairs.text,
        original=original,
        encoding=verdict.encoding,
        confidence=verdict.confidence,
        evidence=evidence,
        repairs=repairs or (),
        flags=flags,
        utf8=content if _is_utf8(verdict) and repairs.text is verdict.text else None,
    )


def _orphan(head: bytes, encoding: str) -> bool:
    """Whether a page may begin with the second half of a character, which nothing tells from an ASCII character."""
    return encoding in {"gb18030", "big5hkscs"} and _ORPHAN.match(head) is not None


def _pieces(content: bytes, verdict: charset.Verdict) -> pieces_of.Pieces:
    return pieces_of.decode(content[verdict.skip :] if verdict.skip else content, verdict.encoding, verdict.text)


def _suspicious(content: bytes, text: str, verdict: charset.Verdict) -> bool:
    """Whether a page may hold mojibake. Of valid UTF-8 the bytes tell, which need not be made of the text again."""
    return signs.suspicious(content if _is_utf8(verdict) else text)


def _is_utf8(verdict: charset.Verdict) -> bool:
    """Whether all of a page's bytes are valid UTF-8."""
    return verdict.encoding == "utf-8" and verdict.text is not None
