"""How values, tasks, futures and errors appear in a trace."""
import asyncio
import re

import kinds

DEFAULT_NAME = re.compile(r"Task-(\d+)")


class Names:
    """The names of one program. CPython numbers unnamed tasks per process; ``first_number`` is the
    number before the program's first, so that every program counts from 1."""

    def __init__(self, first_number, reject, current_loop):
        self._first_number = first_number
        self._reject = reject
        self._current_loop = current_loop
        # id(future) -> (label, future); the reference keeps the id from being used again.
        self._labels = {}

    def task(self, task):
        name = task.get_name()
        match = DEFAULT_NAME.fullmatch(name)
        return "Task-%d" % (int(match[1]) - self._first_number) if match else name

    def labelled(self, register, value):
        """Remember the first register a future was assigned to, and pass the value on."""
        if asyncio.isfuture(value) and not isinstance(value, asyncio.Task):
            self._labels.setdefault(id(value), (register, value))
        return value

    def label(self, future):
        if isinstance(future, asyncio.Task):
            return self.task(future)
        return self._labels.get(id(future), (None, None))[0]

    def sort(self, futures):
        return sorted(futures, key=lambda future: self.label(future) or "")

    def sort_pair(self, done_and_pending):
        return [self.sort(futures) for futures in done_and_pending]

    def unfinished(self):
        return sorted(self.task(task) for task in asyncio.all_tasks(self._current_loop()))

    def kind(self, error):
        name = kinds.NAME_OF.get(type(error))
        if name is None:
            self._reject("error of kind %s: %s" % (type(error).__name__, error))
        return name

    def canonical(self, value):
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, (list, tuple)):
            return [self.canonical(item) for item in value]
        if isinstance(value, BaseException):
            return self._canonical_error(value)
        if isinstance(value, asyncio.Task):
            return {"task": self.task(value)}
        if asyncio.isfuture(value):
            return {"fut": self.label(value)}
        return {"obj": None}

    def _canonical_error(self, error):
        kind = self.kind(error)
        if kind == "ExceptionGroup":
            return {"error": kind, "errors": [self.canonical(item) for item in error.exceptions]}
        if kind in kinds.WITH_MESSAGE:
            return {"error": kind, "msg": self.canonical(error.args[0]) if error.args else None}
        return {"error": kind}
