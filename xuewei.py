"""The command `xuewei`: mounts the commands of the rooms, and says how a command failed."""

import os
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final

import typer

from project import paths
from project.errors import ExitCode, UsageFault, XueweiError
from project.language import say, set_language

ROOMS: Final = ("ingest", "query", "expectations", "report", "export", "spark", "refresh")


def main() -> None:
    """Run the command line; ends the process with a code of `project.errors.ExitCode`."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command in this process and give back its exit code."""
    try:
        rest = _take_language(arguments)
        application()(rest, prog_name="xuewei")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.SUCCESS
    except XueweiError as error:
        _print_error(error.message)
        return error.exit_code
    except Exception as error:
        if os.environ.get("XUEWEI_DEBUG"):
            raise
        _print_error(say("xuewei.internal_error", error=_in_one_line(error), file=_write(error)))
        return ExitCode.INTERNAL_ERROR
    return ExitCode.SUCCESS


def application() -> typer.Typer:
    """The commands of every room that has some, with help in the chosen language."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

    @app.callback(help=say("xuewei.help"), epilog=say("xuewei.examples"))
    def options(
        # Read before Typer sees it: the help itself must be in that language.
        lang: Annotated[
            str | None, typer.Option("--lang", metavar="zh|en", help=say("xuewei.lang_help"))
        ] = None,
        version: Annotated[
            bool,
            typer.Option(
                "--version",
                callback=_print_version,
                is_eager=True,
                help=say("xuewei.version_help"),
            ),
        ] = False,
    ) -> None:
        pass

    for room in ROOMS:
        if (Path(__file__).parent / room / "commands.py").exists():
            import_module(f"{room}.commands").register(app)
    return app


def _take_language(arguments: list[str]) -> list[str]:
    """Set the language that `--lang` asks for, anywhere before a lone `--`; give back the rest."""
    rest: list[str] = []
    chosen: str | None = None
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang":
            chosen = next(words, "")
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
        else:
            rest.append(word)
    set_language(chosen)
    if chosen not in (None, "zh", "en"):
        raise UsageFault(say("xuewei.unknown_language", language=chosen))
    return rest


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"xuewei {version('xuewei')}")
        raise typer.Exit


def _print_error(sentence: str) -> None:
    colour = None if os.environ.get("NO_COLOR") else typer.colors.RED
    typer.secho(f"xuewei: {sentence}", fg=colour, err=True)


def _in_one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _write(error: Exception) -> Path:
    """Add the traceback to the log of errors; where it can't be written, to a temporary file."""
    import tempfile
    import traceback

    details = "".join(traceback.format_exception(error))
    entry = f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{details}\n"
    for folder in (paths.logs_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(exist_ok=True)
            with (folder / "xuewei-errors.log").open("a", encoding="utf-8") as log:
                log.write(entry)
        except OSError:
            continue
        return folder / "xuewei-errors.log"
    return Path(os.devnull)


if __name__ == "__main__":
    main()
