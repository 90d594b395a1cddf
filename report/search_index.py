"""What a search on the report may find, as one script that every browser loads from a folder."""

import json
from typing import Final

from query.search import Hit
from report.addresses import Addresses, document_page, file_name, region_page, table_page
from report.keys import Key
from report.knowledge import Knowledge

NAME: Final = "search-index.js"
OPENING: Final = (
    "// Everything that the search may find: kind, code, names, other names, words, page.\n"
)


def search_index(knowledge: Knowledge, addresses: Addresses) -> str:
    """The index of both languages; pages are relative to the folder of either."""
    pages = _Pages(knowledge, addresses)
    lines = []
    for hit in knowledge.warehouse.findable:
        if address := pages.of(hit):
            names = [hit.name.zh or hit.key, hit.name.en or hit.name.zh or hit.key]
            entry = [hit.kind, hit.key, *names, list(hit.aliases), hit.words or "", address]
            lines.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
    return OPENING + "window.searchIndex = [\n" + ",\n".join(lines) + "\n];\n"


class _Pages:
    """Where each thing that can be found is shown; nothing where no page shows it."""

    def __init__(self, knowledge: Knowledge, addresses: Addresses) -> None:
        self.knowledge, self.addresses = knowledge, addresses

    def of(self, hit: Hit) -> str:
        """The address of a hit, empty where it has none."""
        known = self.knowledge
        match hit.kind:
            case "mart":
                return table_page(hit.key)
            case "column":
                mart, _, column = hit.key.partition(".")
                return f"{table_page(mart)}#{file_name(column)}"
            case "indicator":
                return known.indicator_addresses.get(hit.key, "")
            case "region":
                return region_page(hit.key) if hit.key in known.regions_with_page else ""
            case "document":
                return document_page(hit.key) if hit.key in known.documents else ""
            case "figure":
                return self._figure(hit.key)
            case _:
                return ""

    def _figure(self, figure_id: str) -> str:
        figure = self.knowledge.figures.get(figure_id)
        if figure is None:
            return ""
        key = Key(*(figure[name] for name in Key._fields))
        if key in self.knowledge.by_key:
            return self.addresses.explanation(key)
        return f"{document_page(figure['document_id'])}#{figure_id}"
