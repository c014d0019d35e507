"""Where CPython's asyncio leaves an order open, this module decides it.

Import it before any loop is made: it rebinds names inside asyncio's own modules.

* Sets iterate in insertion order, as a JavaScript Set does.
* Timers with equal deadlines fire first in, first out; heapq alone is not stable.
* ``all_tasks`` lists tasks in the order of their ``create_task`` calls.
"""
import ast
import asyncio
import collections.abc
import itertools


class InsertionSet(collections.abc.MutableSet):
    """Just the set operations asyncio uses, over a dict, which remembers insertion order."""

    def __init__(self, items=()):
        self._items = dict.fromkeys(items)

    def __contains__(self, item):
        return item in self._items

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def add(self, item):
        self._items[item] = None

    def discard(self, item):
        self._items.pop(item, None)


class FifoTimerHandle(asyncio.TimerHandle):
    __slots__ = ["serial"]
    _serials = itertools.count()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.serial = next(self._serials)

    def __lt__(self, other):
        return (self._when, self.serial) < (other._when, other.serial)


class _SetComprehensions(ast.NodeTransformer):
    """``{f(x) for x in xs}`` builds a real set whatever ``set`` means; ``set(f(x) for x in xs)`` does not."""

    def visit_SetComp(self, node):
        self.generic_visit(node)
        items = ast.GeneratorExp(elt=node.elt, generators=node.generators)
        return ast.Call(func=ast.Name("set", ast.Load()), args=[items], keywords=[])


def _rebuild_class(module, name):
    """Compile one class of a module again, from its source, with its set comprehensions replaced."""
    tree = ast.parse(module.__loader__.get_source(module.__name__))
    tree.body = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
    tree = ast.fix_missing_locations(_SetComprehensions().visit(tree))
    exec(compile(tree, module.__file__, "exec"), module.__dict__)


def _ordered_all_tasks(all_tasks):
    def ordered(loop=None):
        loop = loop or asyncio.get_running_loop()
        rank = getattr(loop, "creation_rank", lambda task: 0)
        return InsertionSet(sorted(all_tasks(loop), key=rank))

    return ordered


def install():
    asyncio.tasks.set = InsertionSet
    asyncio.taskgroups.set = InsertionSet
    _rebuild_class(asyncio.tasks, "_AsCompletedIterator")
    asyncio.events.TimerHandle = FifoTimerHandle
    asyncio.tasks.all_tasks = asyncio.all_tasks = _ordered_all_tasks(asyncio.tasks.all_tasks)


install()
