"""Import first to record with the Task and Future that are written in Python.

The interpreter has loaded asyncio with its C accelerator by then, so it is loaded once more.
"""
import sys

for name in [name for name in sys.modules if name.partition(".")[0] == "asyncio"]:
    del sys.modules[name]
sys.modules["_asyncio"] = None
