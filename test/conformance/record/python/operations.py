"""Every operation of the format as the Python it stands for.

A template holds its operands as ``{index}``, ``{index:kind}`` or ``{index=default}`` (an operand
that may be missing); ``{*}`` takes all that are left. Kinds other than a plain expression are
methods of ``expressions.Expressions``. A template starting with ``await`` needs a coroutine.
"""

VALUES = {
    "list": "[{*}]",
    "at": "{0}[{1}]",
    "len": "len({0})",
    "eq": "{0} == {1}",
    "ne": "{0} != {1}",
    "lt": "{0} < {1}",
    "le": "{0} <= {1}",
    "gt": "{0} > {1}",
    "ge": "{0} >= {1}",
    "and": "{0} and {1}",
    "or": "{0} or {1}",
    "not": "not {0}",
    "add": "{0} + {1}",
    "sub": "{0} - {1}",
    "is": "{0} is {1}",
    "err": "kinds.build({0:kind}, {1=None})",
    "kind": "rt.names.kind({0})",
    "label": "rt.names.label({0})",
    "sorted": "rt.names.sort({0})",
}

TASKS = {
    "coro": "coros[{0:coro}]({*})",
    "call": "await coros[{0:coro}]({*})",
    "await": "await rt.awaitable({0})",
    "sleep": "await asyncio.sleep({0}, {1=None})",
    "task": "rt.loop.create_task({0}{1:task_options})",
    "ensure_future": "asyncio.ensure_future({0})",
    "isfuture": "asyncio.isfuture({0})",
    "self": "asyncio.current_task(rt.loop)",
    "name": "rt.names.task({0})",
    "set_name": "{0}.set_name({1})",
    "all_tasks": "rt.names.unfinished()",
    "cancel": "{0}.cancel({1=None})",
    "uncancel": "{0}.uncancel()",
    "cancelling": "{0}.cancelling()",
    "set_task_factory": "rt.hooks.set_task_factory({0})",
    "get_task_factory": "rt.hooks.get_task_factory()",
}

FUTURES = {
    "future": "rt.loop.create_future()",
    "done": "{0}.done()",
    "cancelled": "{0}.cancelled()",
    "result": "{0}.result()",
    "exception": "{0}.exception()",
    "set_result": "{0}.set_result({1})",
    "set_exception": "{0}.set_exception(kinds.build({1:kind}, {2=None}))",
    "add_cb": "{0}.add_done_callback({1:callback}{2:context_option})",
    "remove_cb": "{0}.remove_done_callback({1:callback})",
}

LOOP = {
    "time": "rt.loop.time()",
    "call_soon": "rt.loop.call_soon({0:callback}{1:arguments}{2:context_option})",
    "call_soon_threadsafe": "rt.loop.call_soon_threadsafe({0:callback}{1:arguments}{2:context_option})",
    "call_later": "rt.loop.call_later({0}, {1:callback}{2:arguments}{3:context_option})",
    "call_at": "rt.loop.call_at({0}, {1:callback}{2:arguments}{3:context_option})",
    "handle_cancel": "{0}.cancel()",
    "handle_cancelled": "{0}.cancelled()",
    "handle_when": "{0}.when()",
    "stop": "rt.loop.stop()",
    "is_running": "rt.loop.is_running()",
    "is_closed": "rt.loop.is_closed()",
    "call_exc_handler": "rt.loop.call_exception_handler(dict(message='user:' + {0}))",
    "set_exc_handler": "rt.hooks.set_exception_handler({0})",
    "get_exc_handler": "rt.hooks.get_exception_handler()",
}

COMBINATORS = {
    "gather": "asyncio.gather(*{0:awaitables}{1:gather_options})",
    "wait": "rt.names.sort_pair(await asyncio.wait({0:awaitables}{1:wait_options}))",
    "wait_for": "await asyncio.wait_for(rt.awaitable({0}), {1})",
    "shield": "asyncio.shield({0})",
    "as_completed": "asyncio.as_completed({0:awaitables}{1:timeout_option})",
    "timeout": "asyncio.timeout({0})",
    "timeout_at": "asyncio.timeout_at({0})",
    "reschedule": "{0}.reschedule({1})",
    "when": "{0}.when()",
    "expired": "{0}.expired()",
    "taskgroup": "asyncio.TaskGroup()",
    "tg_task": "{0}.create_task({1}{2:task_options})",
}

LOCKS = {
    "lock": "asyncio.Lock()",
    "event": "asyncio.Event()",
    "condition": "asyncio.Condition({0=None})",
    "semaphore": "asyncio.Semaphore({0})",
    "bsemaphore": "asyncio.BoundedSemaphore({0})",
    "barrier": "asyncio.Barrier({0})",
    "acquire": "await {0}.acquire()",
    "release": "{0}.release()",
    "locked": "{0}.locked()",
    "ev_set": "{0}.set()",
    "ev_clear": "{0}.clear()",
    "ev_is_set": "{0}.is_set()",
    "ev_wait": "await {0}.wait()",
    "cond_wait": "await {0}.wait()",
    "cond_wait_for": "await {0}.wait_for(lambda: {1:predicate})",
    "notify": "{0}.notify({1=1})",
    "notify_all": "{0}.notify_all()",
    "bar_wait": "await {0}.wait()",
    "bar_abort": "await {0}.abort()",
    "bar_reset": "await {0}.reset()",
    "parties": "{0}.parties",
    "n_waiting": "{0}.n_waiting",
    "broken": "{0}.broken",
}

QUEUES = {
    "queue": "asyncio.Queue({0})",
    "lifo": "asyncio.LifoQueue({0})",
    "prio": "asyncio.PriorityQueue({0})",
    "put": "await {0}.put({1})",
    "get": "await {0}.get()",
    "put_nowait": "{0}.put_nowait({1})",
    "get_nowait": "{0}.get_nowait()",
    "task_done": "{0}.task_done()",
    "join": "await {0}.join()",
    "qsize": "{0}.qsize()",
    "empty": "{0}.empty()",
    "full": "{0}.full()",
    "maxsize": "{0}.maxsize",
    "shutdown": "{0}.shutdown({1})",
}

GENERATORS = {
    "agen": "rt.keep(agens[{0:agen}]({*}))",
    "yield": "yield {0:yielded}",
    "anext": "await rt.advance({0}.__anext__())",
    "asend": "await rt.advance({0}.asend({1}))",
    "athrow": "await rt.advance({0}.athrow(kinds.build({1:kind}, {2=None})))",
    "aclose": "await {0}.aclose()",
    "shutdown_asyncgens": "await rt.loop.shutdown_asyncgens()",
}

CONTEXT = {
    "ctx_get": "rt.variable({0}).get()",
    "ctx_set": "rt.variable({0}).set({1})",
    "ctx_reset": "rt.variable({0}).reset({1})",
    "ctx_copy": "contextvars.copy_context()",
    "ctx_run": "{0}.run({1:callback}{2:arguments})",
}

DRIVER = {
    "run": "rt.runner.run({0})",
    "asyncio_run": "asyncio.run({0}, loop_factory=rt.open_loop)",
    "run_until_complete": "rt.loop.run_until_complete({0})",
    "run_forever": "rt.loop.run_forever()",
    "close": "rt.runner.close()",
    "new_runner": "rt.renew_runner()",
    "loop_close": "rt.loop.close()",
}

TEMPLATES = {
    **VALUES,
    **TASKS,
    **FUTURES,
    **LOOP,
    **COMBINATORS,
    **LOCKS,
    **QUEUES,
    **GENERATORS,
    **CONTEXT,
    **DRIVER,
}
