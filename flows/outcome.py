"""What a flow gave, whether the state that it ended in is called completed or failed."""

from typing import Any

from prefect import State


async def given(state: State[Any]) -> Any:
    """Return the data of a flow that told its own state, or what it returned.

    Raises:
        BaseException: What ended the flow before it could.
    """
    told = await state.aresult(raise_on_failure=False)
    if isinstance(told, BaseException):
        raise told
    return told
