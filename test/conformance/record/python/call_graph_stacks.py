"""Programs that look at stacks; the same stand in ``callGraphs/stackPrograms.ts``."""
import asyncio

from call_graph_parts import create, leaf, program, waits


@program
async def nested(look):
    # Awaited bare: the coroutine function that sleep() is would count as a frame.
    future = asyncio.get_running_loop().create_future()

    async def inner():
        await future

    async def middle():
        await inner()

    async def outer():
        await middle()

    task = create(outer(), "task")
    look(task)
    await asyncio.sleep(1)
    for limit in (None, 1, 2, 9, 0, -1, -2, -9):
        look(task, limit=limit)
    future.set_result(None)
    await task
    look(task)


@program
async def current(look):
    def helper():
        for limit in (None, 1, 2, 9, 0, -1, -2, -9):
            look(limit=limit)
        for depth in (0, 1, 2, 3):
            look(depth=depth)
        look(depth=2, limit=1)
        look(depth=2, limit=-1)

    async def deep():
        helper()

    async def shallow():
        await asyncio.sleep(1)
        await deep()

    await create(shallow(), "task")


@program
async def passing(look):
    async def ask():
        look()

    async def through():
        await ask()

    await through()
    await create(through(), "task")


@program
async def chain(look):
    inner = create(leaf(), "inner")
    middle = create(waits(inner), "middle")
    create(waits(middle), "outer")
    await asyncio.sleep(1)
    look(inner)
    look(middle)
    look()
    await middle


@program
async def callback(look):
    asyncio.get_running_loop().call_soon(look)
    await asyncio.sleep(1)


@program
async def eager(look):
    async def asks():
        look()
        await asyncio.sleep(1)
        look()

    async def starts():
        await asyncio.get_running_loop().create_task(asks(), eager_start=True, name="eager")

    await create(starts(), "parent")
