"""Prefect's settings as our users want them. To be set before Prefect is imported; what a user has set stays."""

import os
import tomllib
from pathlib import Path

DEFAULTS = {
    # Nothing is sent to anybody by a run.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # Without these, Prefect's own work for a task is three times as much.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    # Runs that ended 90 days ago, logs and artifacts that belong to none: 20 KB a task, and nothing else deletes them.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
}
_LEVEL = "PREFECT_LOGGING_LEVEL"
# Only what reaches the terminal: the log in the UI keeps its lines. Errors are told by the command, on one line.
_QUIET = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL", "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL"}


def apply(*, quiet: bool) -> None:
    """Put the defaults into the environment, but for those that the environment or the user's Prefect profile sets.

    Args:
        quiet: Keep Prefect's own lines off the terminal, unless the user has set a level of logging.
    """
    wanted = DEFAULTS | (_QUIET if quiet and not is_set(_LEVEL) else {})
    for name, value in wanted.items():
        if not is_set(name):
            os.environ[name] = value


def is_set(name: str) -> bool:
    """Return whether the environment or the user's active Prefect profile sets a variable."""
    return name in os.environ or name in _profile()


def _profile() -> set[str]:
    """Return the names that the active Prefect profile sets; a variable of ours would override it."""
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    path = Path(os.environ.get("PREFECT_PROFILES_PATH", home / "profiles.toml"))
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return set()  # none, or one that Prefect itself will complain of
    active = os.environ.get("PREFECT_PROFILE") or content.get("active")
    return set(content.get("profiles", {}).get(active, {}))
