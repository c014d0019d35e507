"""The error kinds a program can raise, catch and see in its trace."""
import asyncio


class ErrA(Exception):
    pass


class ErrB(Exception):
    pass


KINDS = {
    "ErrA": ErrA,
    "ErrB": ErrB,
    "CancelledError": asyncio.CancelledError,
    "TimeoutError": TimeoutError,
    "InvalidStateError": asyncio.InvalidStateError,
    "QueueEmpty": asyncio.QueueEmpty,
    "QueueFull": asyncio.QueueFull,
    "QueueShutDown": asyncio.QueueShutDown,
    "BrokenBarrierError": asyncio.BrokenBarrierError,
    "RuntimeError": RuntimeError,
    "ValueError": ValueError,
    "TypeError": TypeError,
    "ExceptionGroup": ExceptionGroup,
}
NAME_OF = {cls: name for name, cls in KINDS.items()}
WITH_MESSAGE = {"ErrA", "ErrB", "CancelledError"}

# What an "except" clause may name. Python's BaseException would also catch GeneratorExit and the
# recorder's own signals, which no program may see.
CATCHABLE = {name: (cls,) for name, cls in KINDS.items()}
CATCHABLE["Exception"] = (Exception,)
CATCHABLE["BaseException"] = (Exception, asyncio.CancelledError)


def matching(names):
    """The classes caught by ``"A|B"``."""
    return sum((CATCHABLE[name] for name in names.split("|")), ())


def build(kind, message=None):
    """A new error. A group cannot be made this way: only a TaskGroup raises one."""
    return KINDS[kind]() if message is None else KINDS[kind](message)
