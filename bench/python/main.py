# Measures on request: `main.py asyncio|uvloop` says first what it can measure; then each line of its input names a case,
# and is answered by the nanoseconds that one sample took. The program that asks takes turns with the other sides.
import asyncio
import gc
import inspect
import json
import platform
import sys

from cases import CASES, Watch
import timer_cases  # noqa: F401  registers its cases


def new_loop(name):
    if name == "asyncio":
        return asyncio.new_event_loop(), f"CPython {platform.python_version()}"
    import uvloop

    return uvloop.new_event_loop(), f"{uvloop.__version__} on CPython {platform.python_version()}"


def sample(loop, name):
    _, body, args, clock = CASES[name]
    watch = Watch()
    watch.clock = clock
    takes_watch = next(iter(inspect.signature(body).parameters), None) == "watch"
    gc.collect()
    started = clock()
    loop.run_until_complete(body(watch, *args) if takes_watch else body(*args))
    return clock() - started if watch.total is None else watch.total


def main():
    loop, version = new_loop(sys.argv[1])
    asyncio.set_event_loop(loop)
    print(json.dumps({"version": version, "cases": {name: n for name, (n, *_) in CASES.items()}}), flush=True)
    for line in sys.stdin:
        print(sample(loop, json.loads(line)), flush=True)


main()
