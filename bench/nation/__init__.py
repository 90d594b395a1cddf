"""A synthetic but plausible nation, made from one number, in the schema of the figure store."""

from bench.nation.make import Nation, make

__all__ = ["Nation", "make"]
