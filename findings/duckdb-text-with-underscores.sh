#!/bin/sh
# DuckDB: try_cast of text to INTEGER takes 1_000 as 1000 and 0x1F as 31, where no number was printed so.
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
    "select try_cast('1_000' as integer), try_cast('0x1F' as integer)"
).fetchone()
expected = (1000, 31)
print("duckdb 1.5.6, Python", sys.version.split()[0])
print("found:   ", found)
print("expected:", expected)
sys.exit(found != expected)
END
