"""UTF-16 and UTF-32 without a byte order mark."""

_SAMPLE = 4096  # bytes looked at from the beginning; a multiple of four


def by_zeros(content: bytes) -> str | None:
    """The charset that explains where a text's zero bytes stand, or None."""
    head = content[: min(_SAMPLE, len(content) - len(content) % 2)]
    if len(head) < 2:
        return None
    quarter = max(1, len(head) // 4)
    zeros = [head[place::4].count(0) / quarter for place in range(4)]
    if zeros[0] > 0.9 and zeros[1] > 0.9 and zeros[3] < 0.5:
        return "utf-32-be"
    if zeros[3] > 0.9 and zeros[2] > 0.9 and zeros[0] < 0.5:
        return "utf-32-le"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if even > 4 * odd:
        return "utf-16-be"
    return "utf-16-le" if odd > 4 * even else None


def by_rows(content: bytes) -> str | None:
    """The charset of Chinese UTF-16 that holds not one ASCII character: every other byte is a Han row, or None."""
    head = content[: min(_SAMPLE, len(content) - len(content) % 2)]
    if len(head) < 4:
        return None
    for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
        rows, cells = head[place::2], head[1 - place :: 2]
        if _share(rows) > 0.95 and _share(cells) < 0.8:
            return encoding
    return None


def _share(data: bytes) -> float:
    """Share of bytes that are the row of a Han character, of CJK or of full-width punctuation."""
    return sum(0x4E <= byte <= 0x9F or byte in b"\x30\xff\x20" for byte in data) / len(data)
