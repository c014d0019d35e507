"""The task factories and exception handlers a program can set on its loop."""
import asyncio

import kinds

# Part of the loop's own message -> what the trace calls it.
REPORTS = [
    ("Exception in callback", "callback"),
    ("exception in shielded future", "shield"),
    ("unhandled exception during asyncio.run() shutdown", "shutdown"),
    ("has errored out but its parent", "taskgroup"),
    ("an error occurred during closing of asynchronous generator", "asyncgen"),
]
# These two depend on when garbage is collected, so they are not traced.
UNTRACED = ("was never retrieved", "Task was destroyed but it is pending")


class Hooks:
    def __init__(self, run):
        self._run = run
        self._handler = "trace"

    def attach(self, loop, eager):
        """A new loop starts with the tracing handler and, if the program says so, eager tasks."""
        self._handler = "trace"
        loop.set_exception_handler(self._on_report)
        if eager:
            loop.set_task_factory(asyncio.eager_task_factory)

    def set_exception_handler(self, choice):
        traced = choice in ("trace", "raise")
        # Anything but null and the two names is not callable, which the loop itself refuses.
        self._run.loop.set_exception_handler(self._on_report if traced else choice)
        self._handler = choice

    def get_exception_handler(self):
        return self._handler if self._run.loop.get_exception_handler() else None

    def set_task_factory(self, choice):
        factories = {"eager": asyncio.eager_task_factory, "traced": self._traced(), "eager_traced": self._eager_traced()}
        known = isinstance(choice, str) and choice in factories
        self._run.loop.set_task_factory(factories[choice] if known else choice)

    def get_task_factory(self):
        factory = self._run.loop.get_task_factory()
        return factory and getattr(factory, "choice", "eager")

    def _traced(self):
        def factory(loop, coro, **options):
            self._run.record("factory", options.get("name"))
            return asyncio.Task(coro, loop=loop, **options)

        factory.choice = "traced"
        return factory

    def _eager_traced(self):
        def construct(coro, *, loop, eager_start, **options):
            self._run.record("factory", options.get("name"), eager_start)
            return asyncio.Task(coro, loop=loop, eager_start=eager_start, **options)

        factory = asyncio.create_eager_task_factory(construct)
        factory.choice = "eager_traced"
        return factory

    def _on_report(self, loop, report):
        message = report["message"]
        if any(part in message for part in UNTRACED):
            return
        self._run.record("loop_exc", self._report_name(message), report.get("exception"))
        if self._handler == "raise":
            raise kinds.ErrB("handler")

    def _report_name(self, message):
        if message.startswith("user:"):
            return message
        for part, name in REPORTS:
            if part in message:
                return name
        self._run.reject("unknown report: " + message)
