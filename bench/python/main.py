# Measures on request: `main.py asyncio|uvloop wall|cpu|thread` says first what it can measure; then each line of its input
# names a case, and is answered by the nanoseconds that one sample took. The program that asks takes turns with the others.
import asyncio
import gc
import inspect
import json
import platform
import sys
import time

from cases import CASES, Watch
import timer_cases  # noqa: F401  registers its cases


def new_loop(name):
    if name == "asyncio":
        return asyncio.new_event_loop(), f"CPython {platform.python_version()}"
    import uvloop

    return uvloop.new_event_loop(), f"{uvloop.__version__} on CPython {platform.python_version()}"


CLOCKS = {"wall": time.perf_counter_ns, "cpu": time.process_time_ns, "thread": time.thread_time_ns}


def sample(loop, name, usual_clock):
    _, body, args, own_clock = CASES[name]
    clock = own_clock or usual_clock
    watch = Watch(clock)
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
        print(sample(loop, json.loads(line), CLOCKS[sys.argv[2]]), flush=True)


main()
