"""Errors that reach a user: each names the thing and the way out."""


class IngestError(Exception):
    """Something a user can act on; shown as one line, without a traceback."""

    exit_code = 1


class ConfigError(IngestError):
    """A setting, an argument or a source file that cannot be used."""

    exit_code = 2


class TargetError(IngestError):
    """A target that cannot be read. ``stage`` is the street's step; ``transient`` says that trying again may help."""

    def __init__(self, message: str, *, stage: str, transient: bool = False) -> None:
        super().__init__(message)
        self.stage = stage
        self.transient = transient
