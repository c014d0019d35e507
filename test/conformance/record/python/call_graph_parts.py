"""What programs that look at call graphs share. Each is called with ``look``, which keeps the graph that it captures."""
import asyncio

PROGRAMS = {}


def program(function):
    PROGRAMS[function.__name__] = function
    return function


def create(coro, name):
    return asyncio.create_task(coro, name=name)


async def leaf(delay=10):
    await asyncio.sleep(delay)


async def waits(awaitable):
    return await awaitable
