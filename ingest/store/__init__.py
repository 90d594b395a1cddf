"""The figure store: Parquet partitions beside the seeds, with the same columns and checks."""

from ingest.store.layout import Store, configured_store

__all__ = ["Store", "configured_store"]
