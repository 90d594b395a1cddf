#!/bin/sh
# DuckDB: a DOUBLE of 2.5 cast to INTEGER is 2, a DECIMAL of 2.5 is 3, and round() of the DOUBLE is 3.
# Exits with 0 while it is so, with 1 once it is not.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.6
"$folder/venv/bin/python" - <<'END'
import sys
import duckdb
found = duckdb.sql(
    "select cast(2.5::double as integer), cast(2.5::decimal(3,1) as integer), round(2.5::double)"
).fetchone()
expected = (2, 3, 3.0)
print("duckdb 1.5.6, Python", sys.version.split()[0])
print("found:   ", found)
print("expected:", expected)
sys.exit(found != expected)
END
