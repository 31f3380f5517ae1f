"""The worker of ``ingest up``, as a child of it: starts the runs that are due, each in a process of its own.

It is Prefect's process worker but for its end. That one lets go of its runs when it is stopped; this one tells them to
stop, gives them time to roll back the chunk in hand, and has Prefect start them again when a worker is there again.

Run as a program: ``python -m flows.worker``; it ends with its parent.
"""

import asyncio
import os
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flows.catalogue import POOL, TAG
from flows.child import end_with_parent

if TYPE_CHECKING:  # the parent imports the name of this module only
    from prefect.client.orchestration import PrefectClient
    from prefect.workers.process import ProcessWorker

STOP_SECONDS = 6.0  # for the runs to roll back the chunk in hand; with the server's own end it is below ten
_STOPPED = "`ingest up` was stopped; the run goes on when it is started again"


def _worker() -> "ProcessWorker":
    """Return a process worker that knows its runs and can be told to take no more."""
    from prefect.workers.process import ProcessWorker

    class Worker(ProcessWorker):
        """See the module."""

        type = "process"
        stopping = False

        @classmethod
        def __dispatch_key__(cls) -> str:
            return "process, of ingest up"  # in the register of types beside Prefect's own, not in its place

        def __init__(self) -> None:
            super().__init__(POOL, name=f"ingest up on {socket.gethostname()}", create_pool_if_not_found=False)
            self.at_work: set[UUID] = set()
            self.idle = asyncio.Event()

        async def get_and_submit_flow_runs(self) -> list[Any]:
            return [] if self.stopping else await super().get_and_submit_flow_runs()

        async def run(self, flow_run: Any, configuration: Any, task_status: Any = None) -> Any:
            self.at_work.add(flow_run.id)
            self.idle.clear()
            try:
                return await super().run(flow_run, configuration, task_status)
            finally:
                self.at_work.discard(flow_run.id)
                if not self.at_work:
                    self.idle.set()

    return Worker()


async def work() -> None:
    """Work until told to stop; then stop the runs and hand them back."""
    worker: Any = _worker()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, stop.set)
    working = asyncio.create_task(worker.start(printer=lambda *_: None))
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([working, stopped], return_when=asyncio.FIRST_COMPLETED)
    if working.done():
        stopped.cancel()
        await working  # what it failed of
        return
    worker.stopping = True
    await _stop_runs(worker)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _stop_runs(worker: Any) -> None:
    """Tell the runs to stop, wait until they have, and give them back; those that do not stop in time are killed."""
    from prefect.client.orchestration import get_client

    cut_short = set(worker.at_work)
    if not cut_short:
        return
    os.killpg(0, signal.SIGTERM)  # our own group is this process, which has heard it already, and its runs
    with suppress(TimeoutError):
        await asyncio.wait_for(worker.idle.wait(), STOP_SECONDS)
    async with get_client() as client:
        for run in cut_short:
            await _give_back(client, run)
    if worker.at_work:
        os.killpg(0, signal.SIGKILL)


async def _give_back(client: "PrefectClient", run: UUID) -> None:
    """Have a run started again, unless it came to its end in time or somebody has cancelled it."""
    from prefect.states import AwaitingRetry

    state = (await client.read_flow_run(run)).state
    if state and (state.is_crashed() or not (state.is_final() or state.is_cancelling())):
        await client.set_flow_run_state(run, AwaitingRetry(message=_STOPPED), force=True)


async def give_back_all() -> int:
    """Have all runs started again that Prefect holds for begun; to be called where no worker is. Return how many."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        DeploymentFilter,
        DeploymentFilterTags,
        FlowRunFilter,
        FlowRunFilterState,
        FlowRunFilterStateType,
    )
    from prefect.client.schemas.objects import StateType

    begun = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING]))
    mine = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    async with get_client() as client:
        runs = await client.read_flow_runs(deployment_filter=mine, flow_run_filter=FlowRunFilter(state=begun))
        for run in runs:
            await _give_back(client, run.id)
    return len(runs)


def main() -> None:
    """Be the worker."""
    if os.getpgrp() != os.getpid():  # the signals at the end are for our own runs only, whoever has started us
        os.setpgrp()
    end_with_parent()
    asyncio.run(work())


if __name__ == "__main__":
    main()
