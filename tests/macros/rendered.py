"""The macros of the project, rendered without dbt as DuckDB would get them."""

from collections.abc import Callable
from types import SimpleNamespace

from jinja2 import Environment, StrictUndefined

from project import paths


class CompilerError(Exception):
    """What a macro raises for a bad argument."""


def _raise(message: str) -> None:
    raise CompilerError(message)


def macros(adapter: str = "duckdb", **variables: object) -> SimpleNamespace:
    """Every macro of `macros/` as a function from texts to SQL.

    `variables` are what `var` finds. Macros that ask the graph or other models can't be rendered.
    """
    environment = Environment(  # noqa: S701 - SQL, not HTML
        extensions=["jinja2.ext.do"], undefined=StrictUndefined, trim_blocks=False
    )
    found = SimpleNamespace()

    def dispatch(name: str, package: str) -> Callable[..., str]:
        del package
        chosen = getattr(found, f"{adapter}__{name}", None)
        return chosen or getattr(found, f"default__{name}")  # type: ignore[no-any-return]

    environment.globals.update(
        adapter=SimpleNamespace(dispatch=dispatch),
        exceptions=SimpleNamespace(raise_compiler_error=_raise),
        var=variables.__getitem__,
        **{"return": lambda value: value},
    )
    folder = paths.root() / "macros"
    files = sorted([*folder.glob("*.sql"), *(folder / "portable").glob("*.sql")])
    wanted = ("intervals", "integers", "decimals", "words", "texts", "cohorts")
    text = "\n".join(file.read_text(encoding="utf-8") for file in files if file.stem in wanted)
    module = environment.from_string(text).module
    for name in dir(module):
        if not name.startswith("_"):
            setattr(found, name, getattr(module, name))
    return found
