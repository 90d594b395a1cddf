"""How the tests of this folder look at pages in a browser."""

from pathlib import Path
from typing import Any

BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MAIN_PAGES = (
    "index preschool childcare demography compulsory staffing after_school policy"
    " regions targets findings measures figures documents indicators tables search guide"
)
SAMPLED_PAGES = (
    "regions/430200 regions/430202 regions/430100 documents/zhuzhou-2023-6"
    " tables/kindergarten_places"
    " explanations/430200/preschool explanations/430200/after_school"
    " explanations/100000/kindergarten_enrolment"
    " explanations/430200/kindergarten_demand"
)
# What a look at a page must find empty: things that stick out of it, and axe's violations.
STICKING_OUT = "Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"


class Watched:
    """A page that remembers what it said on its console and what it asked for."""

    def __init__(self, context: Any, folder: Path) -> None:
        self.folder, self.messages, self.requests = folder, list[str](), list[str]()
        self.page = context.new_page()
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def visit(self, path: str) -> Any:
        self.page.goto((self.folder / path).as_uri())
        return self.page

    def strange_requests(self) -> list[str]:
        own = self.folder.as_uri()
        return [url for url in self.requests if not url.startswith(own)]
