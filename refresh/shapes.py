"""Whether plain data from a file have the shape of a record: files outlive the program's versions,
and hands have edited them."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def fits(record: type, content: Mapping[str, Any]) -> bool:
    """Whether every field that is given is known and of its declared kind.

    Looks one level into sequences and mappings. Fields that are missing are the constructor's
    affair.
    """
    kinds = _kinds(record)
    return all(name in kinds and _is(value, kinds[name]) for name, value in content.items())


@cache
def _kinds(record: type) -> dict[str, Any]:
    hints = get_type_hints(record)
    return {entry.name: hints[entry.name] for entry in fields(record)}


def _is(value: object, kind: Any) -> bool:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return True
    if origin in (Union, UnionType):
        return any(_is(value, one) for one in inner)
    if origin is tuple:
        return isinstance(value, list | tuple) and all(_is(one, inner[0]) for one in value)
    if origin is not None and not isinstance(origin, type):
        # A literal: one of a few words.
        return value in inner
    if origin is not None and issubclass(origin, Mapping):
        return isinstance(value, dict) and all(_is(one, inner[1]) for one in value.values())
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, NoneType if kind is None else kind)
