"""dbt's own documentation of a built file, as one page that asks the network for nothing."""

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from project import paths
from project.errors import InputFault, XueweiError
from project.language import say

PAGE: Final = "index.html"
# dbt reads a file by the path in its profile, and parses anew wherever that path changes: a link
# at a constant place stands for the file, and is opened for reading alone.
LINK: Final = "xuewei.duckdb"
PROFILE: Final = """\
xuewei:
  target: catalogue
  outputs:
    catalogue:
      type: duckdb
      path: target/catalogue/xuewei.duckdb
      threads: 2
      config_options: {access_mode: READ_ONLY}
"""
# The page holds its scripts itself; whatever they would ask for stays unasked.
POLICY: Final = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
    " script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:;"
    " font-src data:; base-uri 'none'; form-action 'none'\">"
)
# What dbt's page would ask for: an icon that it lacks, and files named like their templates.
FAVICON: Final = re.compile(r'<link rel="shortcut icon"[^>]*>')
TEMPLATE_LINK: Final = ' xlink:href="{{'
LATER_LINK: Final = ' ng-attr-xlink:href="{{'


def build(file: Path, into: Path) -> None:
    """Write `index.html` into a folder: models, columns and lineage, as dbt shows them.

    The earlier page stays until the new one is whole. Raises InputFault where the file is missing
    or the folder can't be written, XueweiError where dbt could not document the file.
    """
    if not file.is_file():
        raise InputFault(say("report.no_warehouse", file=file))
    try:
        place = paths.root() / "target" / "catalogue"
        place.mkdir(parents=True, exist_ok=True)
        (place / "profiles.yml").write_text(PROFILE, encoding="utf-8")
        _link(file, place / LINK)
        try:
            _generate(paths.root(), place)
        finally:
            (place / LINK).unlink()
        page = (place / "static_index.html").read_text(encoding="utf-8")
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{into.name}-", dir=into.parent) as aside:
            new = Path(aside) / PAGE
            new.write_text(quiet(page, paths.root()), encoding="utf-8", newline="\n")
            new.replace(into / PAGE)
    except OSError as error:
        raise InputFault(say("report.unwritable", folder=into, reason=error.strerror)) from error


def quiet(page: str, root: Path) -> str:
    """dbt's page with a policy that lets no request leave, and without this machine's paths."""
    head = page.index("<head>") + len("<head>")
    own = FAVICON.sub("", page[head:], count=1).replace(TEMPLATE_LINK, LATER_LINK)
    shown = f"{page[:head]}{POLICY}{own}"
    return shown.replace(f"{root.as_posix()}/", "").replace(root.as_posix(), ".")


def _link(file: Path, link: Path) -> None:
    link.unlink(missing_ok=True)
    try:
        link.symlink_to(file.resolve())
    except OSError:
        # Windows lets only some users make links.
        shutil.copyfile(file, link)


def _generate(root: Path, place: Path) -> None:
    # Without a network each report home would cost ten seconds.
    os.environ["DO_NOT_TRACK"] = "1"
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    manager: Any = DuckDBConnectionManager
    runner: Any = dbtRunner
    options = [
        *("--target", "catalogue", "--project-dir", str(root)),
        *("--profiles-dir", str(place), "--target-path", str(place)),
        *("--log-level", "none", "--log-level-file", "none"),
    ]
    before = Path.cwd()
    try:
        os.chdir(root)
        outcome = runner().invoke(["parse", *options])
        if outcome.success:
            # Compiled SQL would take most of the time, and the page shows the models as written.
            words = ("docs", "generate", "--static", "--no-compile")
            outcome = runner(manifest=outcome.result).invoke([*words, *options])
    finally:
        os.chdir(before)
        # Else the file stays locked.
        manager.close_all_connections()
    if not outcome.success:
        trouble = " ".join(str(outcome.exception or "").split())[:400]
        raise XueweiError(say("report.no_catalogue", reason=trouble))
