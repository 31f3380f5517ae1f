"""The shapes of addresses: which of them are articles', and the patterns that let those pass and no others."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from ingest.sources.config import matches

_DIGITS = re.compile(r"[0-9]+")
_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*", re.IGNORECASE)
_CODE = re.compile(r"(?=[a-z]*[0-9])(?=[0-9]*[a-z])[0-9a-z-]{12,}", re.IGNORECASE)  # a hash, a UUID, an id in letters
_WORD = re.compile(r"[a-z]+(?:[-_][a-z]+)*", re.IGNORECASE)  # about, contact-us, a slug in pinyin
_NUMBER, _ANY = "0", "~"  # in a shape: digits; anything. Neither is left in it as itself.
_SPECIAL = re.compile(r"[\[?*]")


def shape(url: str) -> str:
    """Return an address with its numbers, codes and last word made one: ``example.cn/art/0/0/art_0.html``."""
    split = urlsplit(url)
    *folders, last = split.path.replace(_ANY, "").split("/")
    stem, dot, suffix = last.rpartition(".") if "." in last else (last, "", "")
    path = "/".join([*map(_loose, folders), (_ANY if _WORD.fullmatch(stem) else _loose(stem)) + dot + suffix])
    query = "&".join(_parameter(each) for each in split.query.split("&")) if split.query else ""
    return split.netloc + path + (f"?{query}" if query else "")


def _loose(name: str) -> str:
    return _ANY if _CODE.fullmatch(name) else _DIGITS.sub(_NUMBER, name)


def _parameter(said: str) -> str:
    name, _, value = said.partition("=")
    return f"{name}={_loose(value)}"


def has_number(url: str) -> bool:
    """Whether an address has a number or a code in its path or query, as most articles' have and few sections'."""
    split = urlsplit(url)
    loose = shape(url).removeprefix(split.netloc)
    return _NUMBER in loose or (_ANY in loose and bool(_DIGITS.search(split.path)))


def by_shape(urls: Iterable[str]) -> dict[str, list[str]]:
    """Return addresses by their shapes, the shape with the most of them first."""
    found: dict[str, list[str]] = {}
    for url in urls:
        found.setdefault(shape(url), []).append(url)
    return dict(sorted(found.items(), key=lambda each: -len(each[1])))


def include(good: Sequence[str], bad: Sequence[str]) -> tuple[str, ...]:
    """Return the plainest patterns that pass all of the good addresses and none of the bad; empty where none is needed.

    For each shape of the good ones: a folder's name (``*/content/*``), the beginning of the file's name
    (``*/content_*``), or the shape whole.
    """
    if not bad:
        return ()
    found: dict[str, None] = {}
    for name, urls in by_shape(good).items():
        if any(all(matches(url, (pattern,)) for url in urls) for pattern in found):
            continue
        found[next((each for each in _ladder(name) if _parts(each, urls, bad)), _whole(name))] = None
    return tuple(found)


def _parts(pattern: str, good: Sequence[str], bad: Sequence[str]) -> bool:
    return all(matches(url, (pattern,)) for url in good) and not any(matches(url, (pattern,)) for url in bad)


def _ladder(name: str) -> list[str]:
    host, _, rest = name.partition("/")
    *folders, last = rest.partition("?")[0].split("/")
    plain = [each for each in folders if _NAME.fullmatch(each) and _NUMBER not in each]
    beginning = re.split(f"[{_NUMBER}{_ANY}]", last)[0]
    ladder = [f"*/{each}/*" for each in reversed(plain)]
    if len(beginning) > 1:
        ladder.append(f"*/{beginning}[0-9]*")
    return [*ladder, _whole(name), f"*://{host}/*"]


def _whole(name: str) -> str:
    """Return a pattern for addresses of a shape, on whatever host."""
    path = "/" + name.partition("/")[2]
    loose = _SPECIAL.sub(lambda found: f"[{found[0]}]", path)
    return "*" + loose.replace(_NUMBER, "[0-9]*").replace(_ANY, "*")
