"""Errors that a person can mend, each with the exit code that a scheduler reads.

The exit codes of the command `xuewei` are defined here and nowhere else.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command `xuewei` returns to the shell.

    SUCCESS means: done, published, or nothing to do. PUBLISHED replaces it for a published
    warehouse where `--detailed-exit-code` asks to tell the two apart. STOPPED means by Ctrl-C or by
    the system, as shells have it.
    """

    SUCCESS = 0
    INTERNAL_ERROR = 1
    USAGE = 2
    INPUT_FAULT = 3
    REFUSED_BY_CHECK = 4
    LOCKED = 5
    SWAP_POSTPONED = 6
    PUBLISHED = 10
    STOPPED = 130


class XueweiError(Exception):
    """An expected failure: one sentence for a person and the exit code for the shell."""

    exit_code: ExitCode = ExitCode.INTERNAL_ERROR

    def __init__(self, message: str, exit_code: ExitCode | None = None) -> None:
        super().__init__(message)
        self.message = message
        if exit_code is not None:
            self.exit_code = exit_code


class UsageFault(XueweiError):
    """The command was called with arguments that make no sense."""

    exit_code = ExitCode.USAGE


class InputFault(XueweiError):
    """A seed, a document or a configuration file is wrong; the message names the mend."""

    exit_code = ExitCode.INPUT_FAULT


class RefusedByCheck(XueweiError):
    """The warehouse was built, but a test or a critical expectation failed: not published."""

    exit_code = ExitCode.REFUSED_BY_CHECK


class Locked(XueweiError):
    """Another refresh is at work."""

    exit_code = ExitCode.LOCKED


class SwapPostponed(XueweiError):
    """The new version lies beside the old one, which is held open (Windows)."""

    exit_code = ExitCode.SWAP_POSTPONED
