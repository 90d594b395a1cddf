"""Two texts that would bear one code: the later gets one of its own, and it is said."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.identity import Identity
from ingest.proposals import source_of
from project.language import say

if TYPE_CHECKING:
    from ingest.flow import Ingested


def told_apart(ingested: "Ingested") -> "Ingested":
    """The document, under a code of its own where another text that waits bears its code.

    The same text, and the same file in a newer state, keep the code.
    """
    identity = ingested.identity
    other = None if identity.state == "known" else source_of(identity.document_id)
    if other is None:
        return ingested
    sha256, source = other
    if sha256 == ingested.sha256 or source == str(ingested.path.resolve()):
        return ingested
    own = f"{identity.document_id}-{ingested.sha256[:8]}"
    fields = {"file": ingested.path.name, "taken": identity.document_id, "document": own}
    remark = say("ingest_flow.own_code", **fields)
    return replace(ingested, identity=Identity(own, "new"), remarks=(*ingested.remarks, remark))
