"""An event loop whose clock is an integer that moves only when nothing is ready."""
import asyncio

import ordering

MAX_ITERATIONS = 4000


class Deadlock(BaseException):
    """Nothing is ready and no timer is pending. Not an Exception: programs cannot catch it."""


class Rejected(BaseException):
    """The program left the domain of the format. Not an Exception: programs cannot catch it."""


class VirtualLoop(asyncio.BaseEventLoop):
    """``watch`` is asked at the start of every iteration and may end the run by raising;
    ``on_idle`` is called once the loop can never become ready again."""

    def __init__(self, watch=lambda: None, on_idle=lambda loop: None):
        super().__init__()
        self._now = 0
        # Deadlines are integers: with any resolution up to 1 a timer fires exactly when it is due.
        self._clock_resolution = 0.5
        # The base class polls this object once per iteration, which is all it needs of a selector.
        self._selector = self
        self._asyncgens = ordering.InsertionSet()
        self._debug = False
        self._watch = watch
        self._on_idle = on_idle
        self._iterations = 0
        # id(coroutine) -> (rank, coroutine). Keyed by coroutine because an eager task runs before
        # create_task returns it; the reference also keeps suspended tasks from being collected.
        self._created = {}

    def time(self):
        return self._now

    def select(self, timeout):
        self._iterations += 1
        if self._iterations > MAX_ITERATIONS:
            raise Rejected("more than %d iterations" % MAX_ITERATIONS)
        self._watch()
        if timeout is None:
            self._on_idle(self)
            raise Deadlock
        self._now += max(timeout, 0)
        return ()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass

    def create_task(self, coro, **options):
        self._created[id(coro)] = (len(self._created), coro)
        return super().create_task(coro, **options)

    def creation_rank(self, task):
        return self._created.get(id(task.get_coro()), (-1, None))[0]

    async def shutdown_asyncgens(self):
        # A finished generator has no frame left; whether the base class still knows it depends on
        # garbage collection, so it is dropped here in every case.
        self._asyncgens = ordering.InsertionSet(gen for gen in self._asyncgens if gen.ag_frame is not None)
        await super().shutdown_asyncgens()

    async def shutdown_default_executor(self, timeout=None):
        """No executor exists; the real method's thread is not wanted, its one task step is."""
