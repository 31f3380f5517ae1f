"""A site with a listing of pages that say when they came out, and a project that has it as a source."""

from datetime import date, timedelta

from tests.fetch_web.site import Behaviour, Site, fixed
from tests.flows.project import Project

_PAGE = """<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>
<p>{day} 来源：园区日报</p>
<p>本报讯 {day}，德阳高新区第{number}个项目开工，总投资{number}亿元，占地{number}亩，预计明年投产。</p>
<p>园区负责人介绍，项目建成后可年产设备{number}万台，实现产值{number}亿元。</p></body></html>"""


def listing(days: list[date], each: int = 1) -> dict[str, Behaviour]:
    """Return a listing of pages of some days, the newest first, and the pages."""
    items, pages = [], {}
    for day in sorted(days, reverse=True):
        for number in range(1, each + 1):
            path = f"/{day:%Y/%m/%d}/{number}.html"
            items.append(f'<li><a href="{path}">德阳高新区第{number}个项目开工</a> <span>{day}</span></li>')
            told = _PAGE.format(title=f"德阳高新区{day.month}月{day.day}日第{number}个项目开工", day=day, number=number)
            pages[path] = fixed(body=told.encode())
    page = f'<html><head><meta charset="utf-8"></head><body><ul class="l">{"".join(items)}</ul></body></html>'
    return {"/list.html": fixed(body=page.encode()), **pages}


def days_before(last: date, number: int) -> list[date]:
    """Return so many days, the last one of them ``last``."""
    return [last - timedelta(days=each) for each in range(number)]


def put(project: Project, site: Site, name: str = "dated", *, feed: bool = False) -> None:
    """Write the source's file."""
    path = project.folder / "config" / "sources" / f"{name}.toml"
    kind = 'kind = "feed"' if feed else 'kind = "listing"\nlinks = "ul.l a"'
    url = site.url("/feed.xml" if feed else "/list.html")
    rest = "pace = 0\nallow_private = true\nretries = 0\n"
    path.write_text(f'title = "{name}"\n{kind}\nurls = ["{url}"]\n{rest}', "utf-8")
