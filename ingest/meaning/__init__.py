"""What a number of a document states: kind, indicator, region, period, status, confidence."""

from ingest.meaning.proposals import Proposal
from ingest.meaning.propose import Extraction, extract
from ingest.meaning.reference import Reference, load_reference

__all__ = ["Extraction", "Proposal", "Reference", "extract", "load_reference"]
