"""The same models on Apache Spark: their build, its comparison with DuckDB, a file made of it."""
