"""Run a program of this environment: swiftly.py PROGRAM [WORD ...].

sqlfluff and dbt build trees that stay to the end. Looking through them for garbage time and again
takes up to a quarter of their time, so it is made rare.
"""

import gc
import sys
from importlib.metadata import entry_points

gc.set_threshold(100_000, 50, 100)
sys.argv = sys.argv[1:]
(program,) = entry_points(group="console_scripts", name=sys.argv[0])
sys.exit(program.load()())
