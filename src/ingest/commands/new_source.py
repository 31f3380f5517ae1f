"""``ingest new-source``: looks at a site and writes the source that names its articles."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands.telling import some
from ingest.errors import ConfigError

if TYPE_CHECKING:  # `ingest extract` must not wait for pydantic and httpx to be imported
    from ingest.newsource.survey import Finding
    from ingest.settings import Settings

_SHOWN = 5  # of the targets
_LOOKING_PACE = 1.0  # seconds: a look is some twenty requests, once


def new_source(  # noqa: PLR0913, PLR0917 - each is an option of the command
    url: Annotated[str, typer.Argument(help="The page that lists the articles; a home page, feed or site map too.")],
    name: Annotated[str | None, typer.Option(help="What the source is called; from the address when left out.")] = None,
    out: Annotated[str | None, typer.Option(help="Another file than config/sources/NAME.toml; - prints it.")] = None,
    pages: Annotated[int, typer.Option(min=1, max=10, help="So many pages of each kind are read.")] = 3,
    pace: Annotated[
        float | None, typer.Option(min=0, max=60, help="Seconds between two requests, now and in the file.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Addresses of private networks may be asked.")
    ] = False,
) -> None:
    """Look at a site and write a source for it.

    Feeds, site maps and lists are tried, and the first that gives articles is written.
    """
    from ingest import settings
    from ingest.newsource.writing import name_for, toml

    configured = settings.load()
    name = name or name_for(url)
    path = Path(out) if out and out != "-" else configured.config / "sources" / f"{name}.toml"
    _check_free(name, None if out == "-" else path, configured)
    finding = _look(url, configured, pages=pages, pace=pace, allow_private=allow_private)
    said: dict[str, object] = {"pace": 2.0 if pace is None else pace}
    if allow_private:
        said["allow_private"] = True
    text = toml(finding, said, name=name if out and path.stem != name else None)
    if out == "-":
        typer.echo(text, nl=False)
    else:
        _write(path, text)
        typer.echo(f"written to {path}", err=True)
    _show(finding)


def _check_free(name: str, path: Path | None, configured: "Settings") -> None:
    from pydantic import ValidationError

    from ingest.newsource.trial import source_of
    from ingest.sources.load import files, load

    try:
        source_of({"kind": "urls", "urls": ["http://example.org/"], "name": name})
    except ValidationError:
        msg = f"--name {name!r}: a name has lower-case letters, digits, - and _, at most 64"
        raise ConfigError(msg) from None
    if path is None:
        return
    if path.exists():
        msg = f"{path} is there already and stays: choose another name with --name, or another file with --out"
        raise ConfigError(msg)
    if files(configured.config / "sources") and name in load(configured.config):
        msg = f"a source is named {name!r} already: choose another name with --name"
        raise ConfigError(msg)


def _look(url: str, configured: "Settings", *, pages: int, pace: float | None, allow_private: bool) -> "Finding":
    from ingest.fetch.web.manners import Manners
    from ingest.fetch.web.session import Session
    from ingest.newsource.asking import Asker
    from ingest.newsource.survey import survey

    address = url if "://" in url else f"https://{url}"
    web = Session(configured.agent, concurrency=configured.concurrency)
    manners = Manners(pace=_LOOKING_PACE if pace is None else pace, allow_private=allow_private, retries=1)
    try:
        return survey(address, Asker(web, manners), pages=pages, agent=configured.agent.partition("/")[0])
    finally:
        web.close()


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        msg = f"{path} cannot be written ({error.strerror}): choose another place with --out"
        raise ConfigError(msg) from error


def _show(finding: "Finding") -> None:
    """Tell what the source would fetch; on the side, so that what is printed can be a file."""
    trial = finding.trial
    read = {each.link.url: each.article for each in trial.reads}
    typer.echo(f"{trial.keys['kind']}: {some(len(trial.links), 'page')}, the first of them:", err=True)
    shown = sorted(trial.links, key=lambda link: link.url not in read)[:_SHOWN]
    for link in shown:
        article = read.get(link.url)
        listed = link.published.date() if link.published else None
        day = (article.published_on if article else None) or listed or "no date"
        typer.echo(f"    {day}  {(article.title if article else None) or link.title or 'no title'}", err=True)
        typer.echo(f"                {link.url}", err=True)
    for each in finding.tried:
        typer.echo(f"gave no article: {each}", err=True)
