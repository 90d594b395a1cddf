"""The strict reader: a number is read only where a rule accounts for every word that leads to it.

Words become signs (signs.py), sentences become clauses and fields (fields.py), the rows of
rules.csv say what a string of signs states (rules.py), scopes carry place and time along
(scopes.py), and reading.py puts them together. What no rule knows stays unread: nothing is guessed.
"""

# Its words and places are those of the loose reader, whose door opens both rooms.
import ingest.meaning  # noqa: F401
