"""Compiles a block of statements to lines of Python."""
import contextlib

import kinds
from expressions import IDENTIFIER, Malformed

class Statements:
    """Statement compiler for one function. Operations that are no statements are expressions."""

    def __init__(self, expressions):
        self.expressions = expressions
        self.value = expressions.compile
        self.lines = []
        self.depth = 1

    def emit(self, line):
        self.lines.append("    " * self.depth + line)

    @contextlib.contextmanager
    def suite(self, header):
        self.emit(header)
        self.depth += 1
        yield
        self.depth -= 1

    def block(self, statements):
        if not isinstance(statements, list):
            raise Malformed("not a block: %r" % (statements,))
        for statement in statements or [["pass"]]:
            self.statement(statement)

    def statement(self, statement):
        op = statement[0]
        compile_statement = STATEMENTS.get(op)
        if compile_statement is None:
            self.emit(self.value(statement))
        else:
            compile_statement(self, *statement[1:])

    def assignment(self, register, source):
        """Only ``let`` and the recording statements give a future its label."""
        target = self.expressions.register(register)
        return "%s = rt.names.labelled(%r, %s)" % (target, register, source)

    # Recording and assigning

    def let(self, register, node):
        self.emit(self.assignment(register, self.value(node)))

    def trace(self, event, *nodes):
        self.emit("trace(%s)" % ", ".join([repr(event)] + [self.value(node) for node in nodes]))

    def recording(self, op, event, node, register=None):
        # Compact, because compiling is most of the work: the value is never in a variable of its own,
        # and the error is found by sys.exception() rather than bound.
        with self.suite("try:"):
            source = self.value(node)
            if register is not None:
                self.emit(self.assignment(register, source))
                source = self.expressions.register(register)
            self.emit("trace(%r, '=', %s)" % (event, source))
        with self.suite("except BaseException:"):
            self.emit("if rt.failed(%r, %r): raise" % (event, op))

    # Control flow

    def if_(self, condition, then, otherwise=None):
        with self.suite("if %s:" % self.value(condition)):
            self.block(then)
        if otherwise:
            with self.suite("else:"):
                self.block(otherwise)

    def repeat(self, count, register, body):
        counter = "turn%d" % self.depth
        with self.suite("for %s in range(%s):" % (counter, self.value(count))):
            self.emit("rt.count_turn()")
            if register is not None:
                self.emit("%s = %s" % (self.expressions.register(register), counter))
            self.block(body)

    def while_(self, condition, body):
        with self.suite("while %s:" % self.value(condition)):
            self.emit("rt.count_turn()")
            self.block(body)

    def for_(self, register, items, body, header="for %s in %s:"):
        with self.suite(header % (self.expressions.register(register), self.value(items))):
            self.emit("rt.count_turn()")
            self.block(body)

    def afor(self, register, items, body):
        self.expressions.require_suspension("afor")
        self.for_(register, items, body, "async for %s in %s:")

    def return_(self, node=None):
        self.emit("return" if self.expressions.function.yields else "return " + self.value(node))

    def raise_(self, kind, node=None):
        if kind.startswith("$"):
            self.emit("raise " + self.value(kind))
        else:
            self.emit("raise kinds.build(%s, %s)" % (self.expressions.kind(kind), self.value(node)))

    def try_(self, body, clauses):
        handlers = clauses.get("except", [])
        if not handlers:
            # Python wants a handler before "else"; without one it simply follows the body.
            body = body + clauses.get("else", [])
            if "finally" not in clauses:
                return self.block(body)
        with self.suite("try:"):
            self.block(body)
        for names, register, handler in handlers:
            self.handler(names, register, handler)
        for clause in ["else", "finally"] if handlers else ["finally"]:
            if clause in clauses:
                with self.suite(clause + ":"):
                    self.block(clauses[clause])

    def handler(self, names, register, body):
        unknown = set(names.split("|")) - set(kinds.CATCHABLE)
        if unknown:
            raise Malformed("no error kind %s" % ", ".join(sorted(unknown)))
        binding = "" if register is None else " as error"
        with self.suite("except kinds.matching(%r)%s:" % (names, binding)):
            if register is not None:
                self.emit("%s = error" % self.expressions.register(register))
            self.block(body)

    def with_(self, manager, register, body):
        self.expressions.require_suspension("with")
        target = "" if register is None else " as " + self.expressions.register(register)
        with self.suite("async with %s%s:" % (self.value(manager), target)):
            self.block(body)


def recorder(op):
    return lambda self, *operands: self.recording(op, *operands)


def keyword(source):
    return lambda self: self.emit(source)


STATEMENTS = {
    "let": Statements.let,
    "trace": Statements.trace,
    "t": recorder("t"),
    "c": recorder("c"),
    "ca": recorder("ca"),
    "if": Statements.if_,
    "repeat": Statements.repeat,
    "while": Statements.while_,
    "for": Statements.for_,
    "afor": Statements.afor,
    "break": keyword("break"),
    "continue": keyword("continue"),
    "reraise": keyword("raise"),
    "pass": keyword("pass"),
    "return": Statements.return_,
    "raise": Statements.raise_,
    "try": Statements.try_,
    "with": Statements.with_,
}


def function_source(header, name, definition, expressions):
    """One whole ``def``. Locals start as None, since reading an unset register gives null."""
    parameters = definition.get("p", [])
    for parameter in parameters:
        if not parameter.startswith("_") or not IDENTIFIER.fullmatch(parameter):
            raise Malformed("not a parameter: %r" % (parameter,))
    body = Statements(expressions)
    body.block(definition["b"])
    signature = "".join("v%s=None, " % parameter for parameter in parameters) + "*surplus"
    unset = sorted(expressions.function.locals - set(parameters))
    prologue = ["    v%s = None" % register for register in unset]
    if expressions.function.yields:
        prologue.append("    if False: yield")
    return "\n".join(["%s %s(%s):" % (header, name, signature), *prologue, *body.lines])
