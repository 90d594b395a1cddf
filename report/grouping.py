"""Items in groups, for the indexes of what the warehouse knows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Group = TypeVar("Group")


def grouped(items: Iterable[Item], group: Callable[[Item], Group]) -> dict[Group, list[Item]]:
    """Items by the group that they belong to; groups and items in the order in which they come."""
    found: dict[Group, list[Item]] = defaultdict(list)
    for item in items:
        found[group(item)].append(item)
    return dict(found)
