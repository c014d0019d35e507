# The cases of the benchmark, as asyncio programs. The names are those of bench/cases/; n is the number of operations in
# one sample. A case is an async function; one that takes a watch counts only what lies between start() and stop().
import asyncio

CASES = {}


class Watch:
    def __init__(self, clock):
        self.total = None
        self.clock = clock

    def start(self):
        self.started = self.clock()

    def stop(self):
        self.total = (self.total or 0) + self.clock() - self.started


def case(name, n, *args, clock=None):
    def register(body):
        CASES[name] = (n, body, args, clock)
        return body

    return register


async def switching(depth, switches):
    if depth > 0:
        await switching(depth - 1, switches)
    else:
        for _ in range(switches):
            await asyncio.sleep(0)


async def task_switch(depth, tasks, switches):
    await asyncio.gather(*(switching(depth, switches) for _ in range(tasks)))


for depth, where in ((0, "flat"), (1, "1 call deep"), (3, "3 calls deep"), (8, "8 calls deep")):
    case(f"task switch by sleep(0), {where}", 20_000, depth, 100, 200)(task_switch)
    case(f"task switch by yield, {where}", 20_000, depth, 100, 200)(task_switch)
case("task switch by yield, flat, 1 task", 20_000, 0, 1, 20_000)(task_switch)
case("task switch by yield, flat, 10,000 tasks", 50_000, 0, 10_000, 5)(task_switch)


async def play(court, side, hops):
    loop = asyncio.get_running_loop()
    other = 1 - side
    for i in range(hops):
        turn = court[side] = loop.create_future()
        theirs = court[other]
        if theirs is not None:
            theirs.set_result(i)
        await turn
    court[side] = None
    theirs = court[other]
    if theirs is not None and not theirs.done():
        theirs.set_result(hops)


@case("Future round trip by yield*", 20_000, 10_000)
async def round_trip(hops):
    court = [None, None]
    await asyncio.gather(play(court, 0, hops), play(court, 1, hops))


@case("awaiting what is done", 50_000, 50_000)
async def awaiting_done(times):
    future = asyncio.get_running_loop().create_future()
    future.set_result(1)
    total = 0
    for _ in range(times):
        total += await future
    assert total == times


async def trivial(i):
    return i


async def suspending(i):
    await asyncio.sleep(0)
    return i


async def create_and_join(body, count):
    create_task = asyncio.get_running_loop().create_task
    tasks = [create_task(body(i)) for i in range(count)]
    total = 0
    for task in tasks:
        total += await task


case("create and join 100,000 tasks", 20_000, trivial, 20_000)(create_and_join)
case("create and join 100,000 tasks, one suspension each", 20_000, suspending, 20_000)(create_and_join)


@case("gather 10,000, one suspension each", 10_000, 10_000)
async def gathering(count):
    await asyncio.gather(*(suspending(i) for i in range(count)))


async def visit(levels, i):
    if levels == 0:
        if i % 2 == 0:
            await asyncio.sleep(0)
        return 1
    return 1 + sum(await asyncio.gather(*(visit(levels - 1, j) for j in range(6))))


@case("tree of calls, six children a node, half of the leaves suspend", 9331)
async def tree():
    assert await visit(5, 0) == 9331


async def chain(calls, pause):
    if pause:
        await asyncio.sleep(0)
    return 1 if calls == 1 else 1 + await chain(calls - 1, pause)


async def chains(count, pause):
    for _ in range(count):
        await chain(3, pause)


case("chain of three calls, one suspension each", 5_000, 5_000, True)(chains)
case("chain of three calls, no suspension", 20_000, 20_000, False)(chains)


async def locking(lock, turns):
    for _ in range(turns):
        await lock.acquire()
        await asyncio.sleep(0)
        lock.release()


@case("contended lock, 100 tasks", 5_000, 100, 50)
async def contended_lock(tasks, turns):
    lock = asyncio.Lock()
    await asyncio.gather(*(locking(lock, turns) for _ in range(tasks)))


async def job(semaphore):
    await semaphore.acquire()
    await asyncio.sleep(0)
    semaphore.release()


@case("20,000 jobs, ten at a time", 10_000, 10_000)
async def limited_jobs(count):
    semaphore = asyncio.Semaphore(10)
    await asyncio.gather(*(job(semaphore) for _ in range(count)))


async def tossing(mine, theirs, hops):
    for _ in range(hops):
        await mine.wait()
        mine.clear()
        theirs.set()


@case("event ping-pong, a hop", 10_000, 5_000)
async def ping_pong(hops):
    ping, pong = asyncio.Event(), asyncio.Event()
    ping.set()
    await asyncio.gather(tossing(ping, pong, hops), tossing(pong, ping, hops))


async def produce(queue, items):
    for i in range(items):
        await queue.put(i)


async def consume(queue, items):
    total = 0
    for _ in range(items):
        total += await queue.get()


async def through_queue(bound, items):
    queue = asyncio.Queue(bound)
    await asyncio.gather(produce(queue, items), consume(queue, items))


case("queue, bound 1, an item", 5_000, 1, 5_000)(through_queue)
case("queue, bound 100, an item", 20_000, 100, 20_000)(through_queue)
case("queue without a bound, an item", 20_000, 0, 20_000)(through_queue)


@case("100,000 callbacks by callSoon", 50_000, 50_000)
async def callbacks(count):
    called = 0

    def call():
        nonlocal called
        called += 1

    call_soon = asyncio.get_running_loop().call_soon
    for _ in range(count):
        call_soon(call)
    await asyncio.sleep(0)
    assert called == count
