"""A site of articles that do not change, run again: what the suite counts and the benchmark times."""

from pathlib import Path

from sqlalchemy import text

from ingest.store.engine import Database
from tests.fetch_web.site import Answer, Behaviour, Request, Site
from tests.flows.project import Project

_PAGE = """<html><head><meta charset="utf-8"><title>{0}</title></head><body><h1>{0}</h1>
<p>2026-11-20 来源：园区日报</p>{1}</body></html>"""
_PARAGRAPH = (
    "<p>本报讯 11月20日，德阳高新区第{0}个项目开工，总投资{0}亿元，占地{0}亩，预计明年投产。园区负责人介绍，"
    "项目建成后可年产设备{0}万台，实现产值{0}亿元，新增就业岗位{0}00个。</p>"
)


def article(number: int, paragraphs: int) -> bytes:
    body = "".join(_PARAGRAPH.format(number + each) for each in range(1, paragraphs + 1))
    return _PAGE.format(f"德阳高新区第{number}批项目集中开工", body).encode()


def behaviours(pages: int, paragraphs: int = 3) -> dict[str, Behaviour]:
    """Return a site map and its pages, each with an ETag."""
    made = {f"/{n}.html": _tagged(article(n, paragraphs), f'"{n}"') for n in range(pages)}

    async def site_map(request: Request, to: Answer) -> None:
        host = request.headers["host"]
        urls = "".join(f"<url><loc>http://{host}{path}</loc></url>" for path in made)
        await to.send(body=f"<urlset>{urls}</urlset>".encode(), headers={"Content_Type": "text/xml"})

    return made | {"/map.xml": site_map}


def _tagged(body: bytes, tag: str) -> Behaviour:
    async def answer(request: Request, to: Answer) -> None:
        if request.headers.get("if-none-match") == tag:
            await to.send("304 Not Modified", headers={"ETag": tag})
        else:
            await to.send(body=body, headers={"ETag": tag})

    return answer


def project(folder: Path, address: str) -> Project:
    """Return a project whose one source is a site's map."""
    made = Project(folder)
    toml = f'kind = "sitemap"\ntitle = "T"\nurls = ["{address}"]\npace = 0\nallow_private = true\n'
    (folder / "config" / "sources" / "site.toml").write_text(toml, "utf-8")
    return made


def let_all_be_due(project: Project) -> None:
    """Put every target's day back, as if it had come."""
    database = Database(project.settings().database)
    with database.write() as connection:
        connection.execute(text("UPDATE ledger SET due_at = first_seen"))
    database.close()


def answered(site: Site) -> list[Request]:
    """Return the requests for pages since the last time that this was asked."""
    asked = [request for request in site.log if request.path.endswith(".html")]
    site.log.clear()
    return asked
