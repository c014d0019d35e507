"""One run of one program: its loop, runner, registers and trace."""
import asyncio
import contextvars
import sys

import kinds
from hooks import Hooks
from naming import Names
from virtual_loop import Deadlock, Rejected, VirtualLoop

MAX_EVENTS = 400
# Turns of loops inside functions. A loop that never suspends would otherwise never end.
MAX_TURNS = 20000
# What the recording statements swallow: t nothing, c all but cancellation, ca that too.
SWALLOWED = {"t": (), "c": (Exception,), "ca": (Exception, asyncio.CancelledError)}


class Registers(dict):
    def __missing__(self, name):
        return None


class ProgramRun:
    """The name ``rt`` of compiled programs."""

    def __init__(self, program, first_task_number):
        self.trace = []
        self.rejected = None
        self.awaited_itself = False
        self.loop = None
        self.runner = None
        self.names = Names(first_task_number, self.reject, lambda: self.loop)
        self.hooks = Hooks(self)
        self._eager = bool(program.get("eager"))
        self._recording = True
        self._turns = 0
        self._variables = {}
        self._kept = []

    def execute(self, code):
        namespace = {
            "asyncio": asyncio,
            "contextvars": contextvars,
            "kinds": kinds,
            "rt": self,
            "trace": self.record,
            "registers": Registers(),
            "coros": {},
            "agens": {},
            "cbs": {},
        }
        exec(code, namespace)
        try:
            self.renew_runner()
            namespace["driver"]()
            self._finish()
        except (Deadlock, Rejected):
            pass
        except BaseException as error:
            # Out of the driver itself, or a second error while the stack unwound from a Rejected.
            if self._recording:
                self.rejected = "the driver raised %r" % error
        finally:
            self._recording = False
            self.loop.close()
            namespace.clear()

    def _finish(self):
        try:
            self.runner.close()
        except (Exception, asyncio.CancelledError):
            self.failed("close", "ca")
        self.record("end")

    # Loops and runners

    def open_loop(self):
        self.loop = VirtualLoop(self._check, self._on_idle)
        self.hooks.attach(self.loop, self._eager)
        return self.loop

    def renew_runner(self):
        if self.runner is not None:
            self.runner.close()
        self.runner = asyncio.Runner(loop_factory=self.open_loop)
        self.runner.get_loop()

    def _on_idle(self, loop):
        """The last event of a deadlocked program; cleanup that Python still does is not recorded."""
        self.record("deadlock", self.names.unfinished())
        self._recording = False

    # Recording

    def record(self, *event):
        if not self._recording:
            return
        if len(self.trace) >= MAX_EVENTS:
            self.reject("more than %d events" % MAX_EVENTS)
        task = asyncio.current_task(self.loop)
        name = None if task is None else self.names.task(task)
        self.trace.append([self.loop.time(), name] + [self.names.canonical(value) for value in event])

    def failed(self, event, form):
        """Record the error being handled; true if a recording statement of this form passes it on."""
        error = sys.exception()
        if not isinstance(error, (GeneratorExit, Deadlock, Rejected)):
            self.record(event, "!", error)
        return not isinstance(error, SWALLOWED[form])

    # The limits of the format

    def reject(self, reason):
        if self._recording:
            self.rejected = reason
            self._recording = False
        raise Rejected(reason)

    def _check(self):
        """A task keeps a Rejected raised in its body to itself, so the loop has to ask."""
        if self.rejected:
            raise Rejected(self.rejected)

    def count_turn(self):
        self._turns += 1
        if self._turns > MAX_TURNS:
            self.reject("more than %d turns" % MAX_TURNS)

    # What compiled programs call

    def awaitable(self, value):
        """Cycles of tasks awaiting each other are outside the format: cancel() would recurse for ever."""
        if asyncio.isfuture(value):
            current = asyncio.current_task(self.loop)
            if value is current:
                self.awaited_itself = True
            elif waits_for(value, current):
                self.reject("tasks await each other in a cycle")
        return value

    async def advance(self, step):
        try:
            return await step
        except StopAsyncIteration:
            return "<stop>"

    def keep(self, generator):
        """Alive until the end, so that no finalizer runs in between."""
        self._kept.append(generator)
        return generator

    def variable(self, name):
        if name not in self._variables:
            self._variables[name] = contextvars.ContextVar(name, default=None)
        return self._variables[name]


def waits_for(future, target):
    """Whether cancelling ``future`` would reach ``target``."""
    seen, pending = set(), [future]
    while pending:
        candidate = pending.pop()
        if candidate is target:
            return True
        if id(candidate) not in seen:
            seen.add(id(candidate))
            pending += getattr(candidate, "_children", ())
            waiter = getattr(candidate, "_fut_waiter", None)
            pending += [] if waiter is None else [waiter]
    return False
