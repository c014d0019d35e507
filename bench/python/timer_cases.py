# Timers and cancellation; see cases.py.
import asyncio
import time

from cases import case

LONG = 60


def nothing():
    pass


@case("100,000 timers set, 90 % cancelled", 50_000, 50_000)
async def ninety_percent(count):
    call_later = asyncio.get_running_loop().call_later
    handles = [call_later(LONG + i % 10, nothing) for i in range(count)]
    for i, handle in enumerate(handles):
        if i % 10 != 0:
            handle.cancel()
    for handle in handles[::10]:
        handle.cancel()
    await asyncio.sleep(0)


async def sleeping(delay):
    await asyncio.sleep(delay)


@case("100,000 sleeps of 1 to 300 ms, processor time", 20_000, 20_000, clock=time.process_time_ns)
async def mixed_sleeps(count):
    await asyncio.gather(*(sleeping((1 + i * 7919 % 300) / 1000) for i in range(count)))


async def set_timers(watch, count, total):
    call_later = asyncio.get_running_loop().call_later
    for _ in range(0, total, count):
        watch.start()
        handles = [call_later(LONG + i % 10, nothing) for i in range(count)]
        watch.stop()
        for handle in handles:
            handle.cancel()
        await asyncio.sleep(0)


async def cancel_timers(watch, count, total):
    call_later = asyncio.get_running_loop().call_later
    for _ in range(0, total, count):
        handles = [call_later(LONG + i % 10, nothing) for i in range(count)]
        watch.start()
        for handle in handles:
            handle.cancel()
        # asyncio takes cancelled timers out of its heap in the next iteration.
        await asyncio.sleep(0)
        watch.stop()


async def expire_timers(watch, count, total):
    loop = asyncio.get_running_loop()
    spread = 3e-7 * count
    for _ in range(0, total, count):
        fired = loop.create_future()
        left = count

        def fire():
            nonlocal left
            left -= 1
            if left == 0:
                fired.set_result(None)

        for i in range(count):
            loop.call_later(0.001 + 3e-7 * (i * 7919 % count), fire)
        until = time.perf_counter() + spread + 0.003
        while time.perf_counter() < until:
            pass
        watch.start()
        await fired
        watch.stop()


for count, text in ((1_000, "1,000"), (10_000, "10,000"), (100_000, "100,000")):
    total = max(count, 10_000)
    case(f"timers set, {text} pending", total, count, total)(set_timers)
    case(f"timers cancelled, {text} pending", total, count, total)(cancel_timers)
    case(f"timers expired, {text} pending", total, count, total)(expire_timers)

cleaned = 0


async def sleeper():
    global cleaned
    try:
        await asyncio.sleep(LONG)
    finally:
        cleaned += 1


async def start_sleepers(count):
    tasks = [asyncio.create_task(sleeper()) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


async def cancel_and_join(tasks):
    global cleaned
    cleaned = 0
    for task in tasks:
        task.cancel()
    for task in tasks:
        try:
            await task
        except asyncio.CancelledError:
            pass
    assert cleaned == len(tasks)


@case("cancel and join 20,000 sleepers", 5_000, 5_000)
async def cancel_sleepers(watch, count):
    tasks = await start_sleepers(count)
    watch.start()
    await cancel_and_join(tasks)
    watch.stop()


@case("start, cancel and join 20,000 sleepers", 5_000, 5_000)
async def start_and_cancel_sleepers(count):
    await cancel_and_join(await start_sleepers(count))
