"""Records what CPython's asyncio does with programs. ``record_json`` is the only entry."""
import asyncio
import contextvars
import gc
import itertools
import json
import logging
import sys
import warnings

import compiler
import ordering  # noqa: F401 - installs the decided orders before the first loop
from expressions import Malformed
from program_run import ProgramRun
from virtual_loop import VirtualLoop

COLLECT_EVERY = 50

warnings.simplefilter("ignore")
logging.getLogger("asyncio").setLevel(logging.CRITICAL + 1)
# Coroutines left suspended by a deadlock complain when they are collected.
sys.unraisablehook = lambda report: None
# Whether a task is still there must not depend on when a collection happens to run, so collections are
# made between programs; they need not look at the interpreter itself and the modules loaded so far.
gc.disable()
gc.freeze()

programs_run = itertools.count(1)


def last_task_number():
    """The process-wide counter of default task names, read by spending one number."""

    async def nothing():
        pass

    loop = VirtualLoop()
    task = asyncio.Task(nothing(), loop=loop)
    loop.run_until_complete(task)
    loop.close()
    return int(task.get_name().removeprefix("Task-"))


def record(program):
    """-> (trace, None) or (trace so far, the reason it is not a program of the format)"""
    try:
        source = compiler.python_source(program)
        code = compile(source, "<program>", "exec")
    except (Malformed, SyntaxError) as error:
        return [], "%s: %s" % (type(error).__name__, error)
    # The interpreter itself runs inside a host loop, which asyncio must not see.
    host_loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    generator_hooks = sys.get_asyncgen_hooks()
    run = ProgramRun(program, last_task_number())
    try:
        contextvars.Context().run(run.execute, code)
    finally:
        sys.set_asyncgen_hooks(*generator_hooks)
        asyncio._set_running_loop(host_loop)
    # Afterwards the C Task and the Python Task differ in what the next awaiter sees.
    if run.awaited_itself and not program.get("allow_self_await"):
        run.rejected = run.rejected or "a task awaits itself"
    return run.trace, run.rejected


def record_json(text):
    """JSON of a program -> JSON of ``{"trace"}`` or ``{"reject"}``."""
    try:
        trace, reason = record(json.loads(text))
    except RecursionError:
        trace, reason = [], "recursion"
    if next(programs_run) % COLLECT_EVERY == 0:
        gc.collect()
    result = {"trace": trace} if reason is None else {"reject": reason}
    return json.dumps(result, separators=(",", ":"), ensure_ascii=False)
