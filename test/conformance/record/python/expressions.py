"""Compiles one expression of the format to the source of one Python expression."""
import re

import kinds
import operations

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
OPERAND = re.compile(r"\{(?P<index>\d|\*)(?::(?P<kind>\w+))?(?:=(?P<default>\w+))?\}")
# Operand kinds that stand for an optional trailing part of a call.
OPTIONAL_KINDS = {"arguments", "task_options", "context_option", "gather_options", "wait_options", "timeout_option"}


class Malformed(Exception):
    """The program does not have the shape the format asks for."""


class Function:
    """What the compiler knows about the function whose body it is in."""

    def __init__(self, section):
        self.suspends = section in ("coros", "agens")
        self.yields = section == "agens"
        self.locals = set()


class Expressions:
    """Expression compiler for one function of ``program``."""

    def __init__(self, program, function):
        self.program = program
        self.function = function

    def compile(self, node):
        if node is None or isinstance(node, (bool, int)):
            return repr(node)
        if isinstance(node, str):
            return self.register(node[1:]) if node.startswith("$") else repr(node)
        if not isinstance(node, list) or not node or not isinstance(node[0], str):
            raise Malformed("not an expression: %r" % (node,))
        template = operations.TEMPLATES.get(node[0])
        if template is None:
            raise Malformed("unknown operation %r" % node[0])
        if "await " in template:
            self.require_suspension(node[0])
        return "(%s)" % self.fill(template, node[0], node[1:])

    def register(self, name):
        """The place a register lives in: readable and assignable."""
        if not isinstance(name, str) or not IDENTIFIER.fullmatch(name):
            raise Malformed("not a register: %r" % (name,))
        if not name.startswith("_"):
            return "registers[%r]" % name
        self.function.locals.add(name)
        return "v" + name

    def require_suspension(self, op):
        if not self.function.suspends:
            raise Malformed("%r needs a coroutine" % op)

    def fill(self, template, op, operands):
        used = 0

        def replace(match):
            nonlocal used
            index, kind, default = match["index"], match["kind"], match["default"]
            if index == "*":
                rest, used = operands[used:], len(operands)
                return ", ".join(map(self.compile, rest))
            position = int(index)
            used = max(used, position + 1)
            if position >= len(operands):
                if kind in OPTIONAL_KINDS:
                    return ""
                if default is None:
                    raise Malformed("%r lacks an operand" % op)
                return default
            return getattr(self, kind or "compile")(operands[position])

        source = OPERAND.sub(replace, template)
        if used < len(operands):
            raise Malformed("%r has too many operands" % op)
        return source

    # Operand kinds: names resolved at compile time

    def named(self, section, name):
        if name not in self.program.get(section, {}):
            raise Malformed("no %r in %s" % (name, section))
        return repr(name)

    def coro(self, name):
        return self.named("coros", name)

    def agen(self, name):
        return self.named("agens", name)

    def callback(self, name):
        # A callback is one object for the whole program, so that remove_done_callback finds it.
        return "cbs[%s]" % self.named("cbs", name)

    def kind(self, name):
        if name not in kinds.KINDS or name == "ExceptionGroup":
            raise Malformed("cannot make an error of kind %r" % (name,))
        return repr(name)

    # Operand kinds: parts of an argument list

    def arguments(self, nodes):
        return "".join(", " + self.compile(node) for node in nodes)

    def awaitables(self, node):
        """A JSON array of expressions, unless its head is an operation: then it is one expression."""
        head = node[0] if isinstance(node, list) and node else None
        is_operation = isinstance(head, str) and not head.startswith("$")
        if isinstance(node, list) and not is_operation:
            return "[%s]" % ", ".join(map(self.compile, node))
        return self.compile(node)

    def options(self, given, keywords):
        parts = []
        for option, node in given.items():
            if option not in keywords:
                raise Malformed("no option %r here" % option)
            parts.append(", %s=%s" % (keywords[option], self.compile(node)))
        return "".join(parts)

    def task_options(self, given):
        return self.options(given, {"name": "name", "eager_start": "eager_start", "ctx": "context"})

    def context_option(self, given):
        return self.options(given, {"ctx": "context"})

    def timeout_option(self, given):
        return self.options(given, {"timeout": "timeout"})

    def gather_options(self, given):
        return ", return_exceptions=%r" % bool(given.get("re"))

    def wait_options(self, given):
        return self.options(given, {"timeout": "timeout", "when": "return_when"})

    # Operand kinds: expressions with a rule of their own

    def predicate(self, node):
        """Evaluated synchronously by Condition.wait_for, inside a lambda."""
        suspends, self.function.suspends = self.function.suspends, False
        source = self.compile(node)
        self.function.suspends = suspends
        return source

    def yielded(self, node):
        if not self.function.yields:
            raise Malformed("'yield' outside a generator")
        return self.compile(node)
