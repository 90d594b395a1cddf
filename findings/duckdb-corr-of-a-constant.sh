#!/bin/sh
# DuckDB: corr() and regr_slope() against a constant are NaN, not NULL; regr_r2() is NULL.
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
    "select isnan(corr(x, 1.0)), isnan(regr_slope(x, 1.0)), regr_r2(x, 1.0) is null"
    " from (values (1.0), (2.0)) t(x)"
).fetchone()
expected = (True, True, True)
print("duckdb 1.5.6, Python", sys.version.split()[0])
print("found:   ", found)
print("expected:", expected)
sys.exit(found != expected)
END
