"""The sources of a config folder, read and checked all together: one broken file is an error before anything runs."""

from collections.abc import Iterable
from pathlib import Path

from ingest.errors import ConfigError
from ingest.sources import toml
from ingest.sources.config import Source
from ingest.sources.kinds import KINDS


def load(config: Path) -> dict[str, Source]:
    """Return the sources of ``config``/sources by name, in the order of their names, the disabled ones too.

    Raises:
        ConfigError: A file is broken, two sources have one name, or there is none.
    """
    found: dict[str, tuple[Source, Path]] = {}
    for path in files(config / "sources"):
        source = read_source(path)
        if source.name in found:
            other = toml.shown(found[source.name][1])
            msg = f"{toml.shown(path)}: `name` is {source.name!r}, and so is that of {other}: rename one of them"
            raise ConfigError(msg)
        found[source.name] = source, path
    if not found:
        msg = f"{toml.shown(config / 'sources')} holds no source: put a .toml file there (config/README.md says how)"
        raise ConfigError(msg)
    return {name: found[name][0] for name in sorted(found)}


def files(folder: Path) -> list[Path]:
    """Return the TOML files of a folder; not those of an editor or a file system, whose names begin with a dot."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.suffix.lower() == ".toml" and not path.name.startswith("."))


def read_source(path: Path) -> Source:
    """Return the source that a TOML file describes.

    Raises:
        ConfigError: The file is broken; the message names it, the key and the way out.
    """
    data = toml.read(path)
    kind = data.get("kind")
    if kind is None:
        msg = f"{toml.shown(path)}: the key `kind` is missing{toml.nearest('kind', list(KINDS))}"
        raise ConfigError(msg)
    if not isinstance(kind, str) or kind not in KINDS:
        msg = f"{toml.shown(path)}: unknown kind {kind!r}{toml.nearest(str(kind), list(KINDS))}"
        raise ConfigError(msg)
    return toml.validate(KINDS[kind], {"name": path.stem} | data, path)


def select(sources: dict[str, Source], names: Iterable[str]) -> list[Source]:
    """Return the named sources once each, or without names all that are not disabled.

    Raises:
        ConfigError: There is no source of that name, or it is disabled.
    """
    chosen = [find(sources, name) for name in dict.fromkeys(names)]
    for source in chosen:
        if source.disabled:
            msg = f"the source {source.name!r} is disabled: {source.disabled}"
            raise ConfigError(msg)
    return chosen or [s for s in sources.values() if not s.disabled]


def find(sources: dict[str, Source], name: str) -> Source:
    """Return the source of a name, disabled or not.

    Raises:
        ConfigError: There is none.
    """
    if name not in sources:
        msg = f"no source is named {name!r}{toml.nearest(name, list(sources))}"
        raise ConfigError(msg)
    return sources[name]
