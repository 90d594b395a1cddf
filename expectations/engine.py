"""great-expectations, imported without the engine that nothing here uses.

Where pyspark is installed it would be imported too: a second more, and a warning in every log.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Let imports of a package fail for a while; one that is imported already stays."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


os.environ["GX_ANALYTICS_ENABLED"] = "false"
with _without("pyspark"):
    import great_expectations as gx
    from great_expectations.data_context.data_context.abstract_data_context import (
        AbstractDataContext,
    )
    from great_expectations.data_context.types.base import ProgressBarsConfig

__all__ = ["gx", "new_context"]


def new_context() -> AbstractDataContext:
    """A context in memory that draws no progress bars."""
    # It tells of every temporary folder; what matters is in the results.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context
