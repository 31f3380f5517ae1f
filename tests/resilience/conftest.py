"""The Prefect server of the flows' tests, for the one here that runs the flow."""

from tests.flows.conftest import prefect_server

__all__ = ["prefect_server"]
