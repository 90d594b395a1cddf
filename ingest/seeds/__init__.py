"""Checks the seeds before dbt sees them: every fault with its file, its row and its mend."""

from ingest.seeds.check import RULES, check
from ingest.seeds.fault import Fault

__all__ = ["RULES", "Fault", "check"]
