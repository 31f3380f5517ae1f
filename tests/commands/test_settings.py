"""Settings: where things lie, and how addresses are shown."""

from pathlib import Path

import pytest

from ingest.settings import Settings


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (None, "sqlite:////srv/x/data/ingest.db"),
        ("sqlite:///mine.db", "sqlite:////srv/x/mine.db"),
        ("sqlite:////tmp/mine.db", "sqlite:////tmp/mine.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://a:b@host/name", "postgresql://a:b@host/name"),
    ],
)
def test_relative_paths_begin_at_the_folder_that_holds_config(url: str | None, address: str) -> None:
    settings = Settings(config=Path("/srv/x/config"), database_url=url)
    assert settings.database == address
    assert settings.archive == Path("/srv/x/data/archive")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (None, "/srv/x/data/ingest.db"),
        ("postgresql://someone:s%40cret@host:5432/name", "postgresql://someone:***@host:5432/name"),
        ("postgresql://someone@host/name", "postgresql://someone@host/name"),
        ("sqlite:////tmp/mine.db", "sqlite:////tmp/mine.db"),
        ("postgresql://u:SEC/RET@h/x", "postgresql://u:***@h/x"),
        ("postgresql://u:SEC:RET@h/x", "postgresql://u:***@h/x"),
        ("postgresql://u:SEC@RET@h/x", "postgresql://u:***@h/x"),
        ("postgresql://u:SEC?RET@h/x", "postgresql://u:***@h/x"),
        ("postgresql://h:5432/x?password=SEC", "postgresql://h:5432/x?password=***"),
        ("postgresql://h/x?user=u&PASSWORD=SEC&RET", "postgresql://h/x?user=u&PASSWORD=***"),
        ("postgresql://u:SEC@h/x?sslpassword=RET", "postgresql://u:***@h/x?sslpassword=***"),
        ("postgresql://h:5432/x?password=SEC@RET", "postgresql://***"),
        ("postgresql://u:SEC?password=RET@h/x", "postgresql://***"),
        ("host=h password=SEC", "***"),
    ],
)
def test_a_password_is_not_shown(url: str | None, shown: str) -> None:
    assert Settings(config=Path("/srv/x/config"), database_url=url).database_shown == shown
