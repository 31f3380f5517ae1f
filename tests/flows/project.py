"""A project as a user has it: a config folder, a source, pages; and a run of it without Prefect."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.choice import Orders
from ingest.chunk import Desk, Watch, run_chunk
from ingest.run import Run, begin, end, finish, take_turn, work
from ingest.settings import Settings
from ingest.sources.load import load, select
from ingest.store.engine import Database
from tests.store.pages import everything, rows

PAGE = (
    "绵阳高新区：新建两条中试线\n\n2025-03-02 09:30:00\n来源：涪江日报 作者：何青\n"
    "近日，绵阳高新区新建中试线2条，引进科技型企业31家，规模以上工业总产值达到412.5亿元，同比增长7.2%。\n"
    "“我们把生产线搬到了实验室楼下。”四川涪光传感技术有限公司总经理唐晓舟说。\n"
)


class Project:
    """A folder with a config, one source ``pages``, and what lies in it; its database, where it is not in there."""

    def __init__(self, folder: Path, database: str | None = None) -> None:
        self.folder = folder
        self.database = database
        self.pages = folder / "pages"
        self.pages.mkdir(exist_ok=True)
        if not (folder / "config").exists():  # another process may be reading it
            self.source("pages")

    def source(self, name: str, more: str = "") -> None:
        """Write a source's file; its folder has its name."""
        path = self.folder / "config" / "sources" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'kind = "files"\ntitle = "{name}"\nfolder = "{name}"\n{more}', "utf-8")

    def put(self, name: str, content: bytes | str = PAGE) -> Path:
        """Write a page."""
        path = self.pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def settings(self, **changed: Any) -> Settings:
        """Return the project's settings."""
        return Settings(config=self.folder / "config", **{"database_url": self.database} | changed)

    def run(
        self, *sources: str, chunk_pages: int = 500, on_page: Callable[[], None] = lambda: None, **orders: Any
    ) -> Run:
        """Run the sources without Prefect."""
        settings = self.settings(chunk_pages=chunk_pages)
        chosen = select(load(settings.config), sources)
        with Desk(settings) as desk:
            run = begin(desk, Orders(sources=tuple(chosen), **orders))
            for source in chosen:
                if not take_turn(desk, run, source):
                    continue
                for chunk in work(desk, run, source):
                    watch = Watch(on_page=on_page)
                    run.tallies[source.name].add(run_chunk(desk, source, chunk, force=run.orders.force, watch=watch))
                finish(desk, run, source)
            end(desk, run)
        return run

    def everything(self) -> dict[str, list[dict[str, Any]]]:
        """Return all rows of all tables but ``run``."""
        with_database = Database(self.settings().database)
        try:
            return everything(with_database)
        finally:
            with_database.close()

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table."""
        database = Database(self.settings().database)
        try:
            return rows(database, table)
        finally:
            database.close()
