"""The application: which address shows what. Nothing in here writes; ``reviewing`` does, a decision at a time."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ingest.errors import IngestError
from ingest.reader import article, articles, assets, compare, overview, rendering, review, zones
from ingest.reader.answers import listed
from ingest.reader.guard import Guard
from ingest.reader.review_desk import Desk
from ingest.reader.site import Site
from ingest.reader.summary import Summaries

_SAID = {404: "There is nothing at this address.", 405: "This address is only to be looked at."}


def application(site: Site, *, ahead: bool = False) -> Guard:
    """Return the reader of a site as an ASGI application.

    Args:
        site: What it shows.
        ahead: Count for the overview at once, so that the first visitor need not wait for it.
    """
    summaries = Summaries(site)
    if ahead:
        summaries.begin()
    desk = Desk(site, summaries.decided)
    app = Starlette(
        routes=[*_routes(summaries), *review.routes(desk)],
        exception_handlers={HTTPException: _http_error, IngestError: _our_error, 500: _fault},
    )
    app.state.site = site
    app.state.summaries = summaries
    app.state.desk = desk
    return Guard(app, token=site.token, hosts=site.hosts)


def _routes(summaries: Summaries) -> list[BaseRoute]:
    return [
        Route("/", overview.overview, name="overview"),
        *listed("/articles", articles.articles, template="articles"),
        *listed("/article/{key}/records", article.records_asked),
        Route("/article/{key}", article.text, name="article"),
        Route("/article/{key}/history", article.history, name="history"),
        Route("/article/{key}/copies", article.copies, name="copies"),
        Route("/article/{key}/capture", article.capture, name="capture"),
        Route("/article/{key}/raw", article.raw, name="raw"),
        Route("/record/{key}", article.record, name="record"),
        *listed("/zones", zones.listed(summaries)),
        *(route for part, ask in zones.PARTS.items() for route in listed(f"/zone/{{zone}}/{part}", ask)),
        Route("/zone/{zone}", zones.zone, name="zone"),
        Route("/compare", compare.compare, name="compare"),
        *listed("/compare/figures", compare.figures_asked(summaries)),
        *listed("/arrivals", overview.arrivals_asked(summaries)),
        *listed("/runs", overview.runs),
        *listed("/quarantine", overview.quarantine),
        Route("/login", _login, name="login"),
        Route("/assets/{name}", assets.asset, name="asset"),
        Route("/favicon.ico", _favicon),
    ]


def _login(request: Request) -> Response:
    """Ask for the token; the form leads to the overview, and the guard takes the token out of its address."""
    return rendering.page(request, "login", {"wrong": "wrong" in request.query_params})


def _favicon(_request: Request) -> Response:
    return RedirectResponse("/assets/icon.svg", 301)


def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _error(request, status, _SAID.get(status, "That did not work."))


def _our_error(request: Request, error: Exception) -> Response:
    """Tell an error that a person can act on: wrong parameters, a busy database."""
    return _error(request, 400 if getattr(error, "exit_code", 1) == 2 else 503, str(error))


def _fault(request: Request, error: Exception) -> Response:
    said = f"A fault of ours ({type(error).__name__}); the log of `ingest browse` has it."
    return _error(request, 500, said)


def _error(request: Request, status: int, said: str) -> Response:
    return rendering.page(request, "error", {"status": status, "said": said}, status=status)
