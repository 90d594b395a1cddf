#!/bin/sh
# DuckDB: read_csv takes a column of 007 and 011 for text, so that codes keep their zeros.
# Exits with 0 while it is so, with 1 once it is not.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.6
"$folder/venv/bin/python" - <<'END'
import sys
import os
import tempfile
import duckdb
file = os.path.join(tempfile.mkdtemp(), "codes.csv")
with open(file, "w", encoding="utf-8") as out:
    out.write("year,code\n2023,007\n2022,011\n")
found = duckdb.sql(f"select * from read_csv('{file}')").fetchall()
os.remove(file)
os.rmdir(os.path.dirname(file))
expected = [(2023, "007"), (2022, "011")]
print("duckdb 1.5.6, Python", sys.version.split()[0])
print("found:   ", found)
print("expected:", expected)
sys.exit(found != expected)
END
