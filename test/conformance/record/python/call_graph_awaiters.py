"""Programs that look at who awaits; the same stand in ``callGraphs/awaiterPrograms.ts``."""
import asyncio

from call_graph_parts import create, leaf, program, waits


@program
async def children(look):
    async def asks():
        await asyncio.sleep(1)
        look()

    async def gathers():
        await asyncio.gather(create(leaf(), "first"), create(asks(), "second"))

    await create(gathers(), "parent")


@program
async def gatherings(look):
    tasks = [create(leaf(), name) for name in ("a", "b", "c")]

    async def gathers():
        await asyncio.gather(asyncio.gather(tasks[0], tasks[1]), tasks[2])

    parent = create(gathers(), "parent")
    await asyncio.sleep(1)
    for task in tasks:
        look(task)
    await parent


@program
async def diamond(look):
    future = asyncio.get_running_loop().create_future()
    left = create(waits(future), "left")
    right = create(waits(future), "right")

    async def gathers():
        await asyncio.gather(left, right)

    parent = create(gathers(), "parent")
    await asyncio.sleep(1)
    look(future)
    look(left)
    future.set_result(None)
    await parent
    look(future)


@program
async def group(look):
    async def opens():
        async with asyncio.TaskGroup() as tasks:
            child = tasks.create_task(leaf(), name="child")
            await asyncio.sleep(1)
            look(child)
            await asyncio.sleep(2)
        look(child)

    async def watches():
        await asyncio.sleep(5)
        look(parent)
        for task in asyncio.all_tasks():
            if task.get_name() == "child":
                look(task)

    parent = create(opens(), "parent")
    await create(watches(), "watch")
    await parent


@program
async def groups(look):
    async def asks():
        await asyncio.sleep(1)
        look()

    async def opens():
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(asks(), name="asks")
            tasks.create_task(leaf(), name="other")

    async def around():
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(opens(), name="inner")

    await create(around(), "outer")


@program
async def waiting(look):
    first = create(leaf(5), "first")
    second = create(leaf(20), "second")

    async def all_of_them():
        await asyncio.wait([first, second])

    async def either():
        await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)

    tasks = [create(all_of_them(), "all"), create(either(), "either")]
    await asyncio.sleep(1)
    look(first)
    look(second)
    await asyncio.gather(*tasks)


@program
async def shielded(look):
    inner = create(leaf(), "inner")

    async def shields():
        await asyncio.shield(inner)

    async def shields_all():
        await asyncio.shield(asyncio.gather(inner, asyncio.shield(inner)))

    tasks = [create(shields(), "shields"), create(shields_all(), "all")]
    await asyncio.sleep(1)
    look(inner)
    await asyncio.gather(*tasks)
    look(inner)


@program
async def limited(look):
    inner = create(leaf(), "inner")

    async def asks():
        await asyncio.sleep(1)
        look()

    async def waits_for():
        await asyncio.wait_for(inner, 100)

    async def waits_inside():
        await asyncio.wait_for(asks(), 100)

    async def scoped():
        async with asyncio.timeout(100):
            await asyncio.gather(inner, create(leaf(), "sibling"))

    tasks = [create(waits_for(), "for"), create(waits_inside(), "inside"), create(scoped(), "scope")]
    await asyncio.sleep(2)
    look(inner)
    look(tasks[1])
    look(tasks[2])
    await asyncio.gather(*tasks)


@program
async def completing(look):
    first = create(leaf(), "first")

    async def iterates():
        for next_one in asyncio.as_completed([first]):
            await next_one

    task = create(iterates(), "iterates")
    await asyncio.sleep(1)
    look(first)
    look(task)
    await task


@program
async def lines(look):
    queue = asyncio.Queue()
    lock = asyncio.Lock()
    event = asyncio.Event()

    async def gets():
        await queue.get()

    async def holds():
        async with lock:
            await event.wait()

    async def acquires():
        await lock.acquire()

    async def opens():
        async with asyncio.TaskGroup() as tasks:
            for made in (gets(), holds(), acquires()):
                tasks.create_task(made, name=made.__name__)

    parent = create(opens(), "parent")
    await asyncio.sleep(1)
    for task in asyncio.all_tasks():
        if task.get_name() in ("gets", "holds", "acquires"):
            look(task)
    queue.put_nowait(1)
    event.set()
    await parent


@program
async def again(look):
    future = asyncio.get_running_loop().create_future()

    async def awaits_twice():
        await asyncio.gather(future, asyncio.shield(future), future)

    task = create(awaits_twice(), "twice")
    await asyncio.sleep(1)
    look(future)
    future.set_result(None)
    await task
