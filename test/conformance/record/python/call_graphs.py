"""Records the call graphs that CPython's asyncio sees in the programs; ``record_json`` is the entry."""
import asyncio
import contextvars
import json

import call_graph_awaiters
import call_graph_parts
import call_graph_stacks
import ordering  # noqa: F401 - installs the decided orders before the first loop
from virtual_loop import VirtualLoop

# ``look`` stands in this one, and is the frame that depth 0 begins with.
FILES = (__file__, call_graph_parts.__file__, call_graph_stacks.__file__, call_graph_awaiters.__file__)


def name_of(future):
    return future.get_name() if isinstance(future, asyncio.Task) else "Future"


def shape(graph):
    """Names alone. Awaiters are a set there; asyncio's own functions are left out."""
    if graph is None:
        return None
    frames = [entry.frame for entry in graph.call_stack if entry.frame is not None]
    awaiters = [shape(awaiter) for awaiter in graph.awaited_by]
    return {
        "future": name_of(graph.future),
        "stack": [frame.f_code.co_name for frame in frames if frame.f_code.co_filename in FILES],
        "awaitedBy": sorted(awaiters, key=lambda awaiter: awaiter["future"]),
    }


def record(function):
    seen = []

    def look(future=None, depth=1, limit=None):
        seen.append(shape(asyncio.capture_call_graph(future, depth=depth + 1, limit=limit)))

    loop = VirtualLoop()
    try:
        loop.run_until_complete(loop.create_task(function(look), name="main"))
    finally:
        loop.close()
    return seen


def record_json():
    """JSON of what each program has seen, in order: a list of ``{"name", "graphs"}``."""
    # The interpreter itself runs inside a host loop, which asyncio must not see.
    host_loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        programs = call_graph_parts.PROGRAMS.items()
        return json.dumps([{"name": name, "graphs": contextvars.Context().run(record, each)} for name, each in programs])
    finally:
        asyncio._set_running_loop(host_loop)
