#!/bin/sh
# pypinyin: three county names are read by the usual sound of the character (Shan, Xun, Hongtong are right).
# Exits with 0 while it is so, with 1 once it is not.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypinyin==0.55.0
"$folder/venv/bin/python" - <<'END'
import sys
from pypinyin import lazy_pinyin
names = "\u5355\u53bf", "\u6d5a\u53bf", "\u6d2a\u6d1e"
found = [" ".join(lazy_pinyin(name)) for name in names]
expected = ["dan xian", "jun xian", "hong dong"]
print("pypinyin 0.55.0, Python", sys.version.split()[0])
print("found:   ", found)
print("expected:", expected)
sys.exit(found != expected)
END
