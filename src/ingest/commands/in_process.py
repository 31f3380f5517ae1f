"""A Prefect flow in this process, for a command: its server, a bar on the terminal, Ctrl-C and faults as one line."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ingest import prefect_defaults
from ingest.errors import IngestError

if TYPE_CHECKING:  # `ingest extract` must not wait for Prefect to be imported
    from flows.server import Server

T = TypeVar("T")


class FlowError(IngestError):
    """Prefect could not run the flow."""


class StoppedError(IngestError):
    """The run was stopped by a signal, whose number makes the exit code as in a shell."""

    def __init__(self, number: int) -> None:
        super().__init__("stopped; the chunks that were done are stored, and the next run goes on from there")
        self.exit_code = 128 + number


def run_flow(flow: Callable[[], Awaitable[T]], *, pages: Callable[[], int], show: bool) -> T:
    """Run a flow in this process, with a bar on the terminal while it does; return what it returns.

    Args:
        flow: Calls the flow, which it imports: Prefect is there by then.
        pages: Counts the pages that are known of beforehand; asked only where there is a bar.
        show: Whether a bar is wanted, on a terminal.

    Raises:
        StoppedError: Ctrl-C or SIGTERM.
        FlowError: Prefect could not run it.
    """
    console = Console(stderr=True)
    text = TextColumn("{task.description}")
    columns = (SpinnerColumn(), text, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not (show and console.is_terminal)) as progress:
        bar = progress.add_task("Prefect starts", total=None)
        prefect_defaults.apply(quiet=True)
        from flows.server import temporary_server

        with temporary_server() as server:  # it starts while we import Prefect
            from ingest.run import on_page

            on_page.set(lambda: progress.update(bar, advance=1, description="pages"))
            if not progress.disable:
                progress.update(bar, total=pages())
            return _run_on(server, flow)


def _run_on(server: "Server | None", flow: Callable[[], Awaitable[T]]) -> T:
    """Run the flow on our temporary server, or on the one that is configured."""
    from prefect.exceptions import TerminationSignal
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.server import hand_in

    stopped = Event()
    # A prefect.toml may name a server too; what it says is known only now.
    ours = {PREFECT_API_URL: server.wait()} if server and not PREFECT_API_URL.value() else {}
    try:
        with temporary_settings(ours):
            return asyncio.run(_until_stopped(flow, stopped))
    except (KeyboardInterrupt, asyncio.CancelledError) as error:
        raise StoppedError(signal.SIGINT) from error
    except TerminationSignal as error:
        raise StoppedError(error.signal) from error
    except RuntimeError as error:  # Prefect has no class of its own for this
        if stopped.is_set():
            raise StoppedError(signal.SIGINT) from error
        if "Failed to reach API" in str(error):
            msg = "Prefect's server does not answer: start it, or unset PREFECT_API_URL to run without one"
            raise FlowError(msg) from error
        raise FlowError(_fault(error)) from error
    except IngestError:
        raise
    except Exception as error:
        if stopped.is_set():  # Ctrl-C reaches Prefect's server too, and what it can no longer be told is an error
            raise StoppedError(signal.SIGINT) from error
        raise FlowError(_fault(error)) from error
    finally:
        if ours:
            hand_in()


async def _until_stopped(flow: Callable[[], Awaitable[T]], stopped: Event) -> T:
    """Run the flow; Ctrl-C cancels it and is noted, and a second one ends the process at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def stop() -> None:
        stopped.set()
        loop.remove_signal_handler(signal.SIGINT)
        if task:
            task.cancel()

    with suppress(NotImplementedError):  # Windows: asyncio's own way, which a failing server may mistake for a fault
        loop.add_signal_handler(signal.SIGINT, stop)
    return await flow()


def _fault(error: Exception) -> str:
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"a fault of the program ended the run ({said}): report it; PREFECT_LOGGING_LEVEL=ERROR shows where it lies"
