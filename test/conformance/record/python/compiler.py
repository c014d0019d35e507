"""Compiles a whole program to Python source: one ``def`` per function, collected in dicts."""
from expressions import Expressions, Function, Malformed
from statements import function_source

HEADERS = {"coros": "async def", "agens": "async def", "cbs": "def"}
DEFAULT_DRIVER = [["ca", "main", ["run", ["coro", "main"]]]]


def python_source(program):
    """Defines ``driver`` and fills ``coros``, ``agens`` and ``cbs``. Raises Malformed."""
    parts = []
    for section, header in HEADERS.items():
        for name, definition in program.get(section, {}).items():
            if not name.isidentifier():
                raise Malformed("not a function name: %r" % name)
            expressions = Expressions(program, Function(section))
            parts.append(function_source(header, "%s_%s" % (section, name), definition, expressions))
            parts.append("%s[%r] = %s_%s" % (section, name, section, name))
    driver = {"b": program.get("driver", DEFAULT_DRIVER)}
    parts.append(function_source("def", "driver", driver, Expressions(program, Function("driver"))))
    return "\n".join(parts) + "\n"
