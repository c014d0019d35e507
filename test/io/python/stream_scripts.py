# Runs scripts of operations on asyncio's streams, one a line of JSON on standard input, and writes the trace of each as a
# line. ../streamScript.ts does the same on this package's streams.
import asyncio
import json
import sys


class Transport(asyncio.Transport):
    def __init__(self, trace):
        super().__init__()
        self.trace = trace
        self.closing = False

    def pause_reading(self):
        self.trace.append("transport: pause")

    def resume_reading(self):
        self.trace.append("transport: resume")

    def is_closing(self):
        return self.closing

    def close(self):
        self.closing = True
        self.trace.append("transport: close")


def outcome(value):
    return "" if value is None else repr(value.decode("latin-1"))


def failure(error):
    name = type(error).__name__
    if isinstance(error, asyncio.IncompleteReadError):
        return f"{name} {outcome(error.partial)} {error.expected}"
    if isinstance(error, asyncio.LimitOverrunError):
        return f"{name} {error.consumed}"
    return name


async def run_script(script):
    loop = asyncio.get_running_loop()
    trace = []
    tasks = {}
    reader = asyncio.StreamReader(limit=script["limit"], loop=loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    transport = Transport(trace)
    protocol.connection_made(transport)
    writer = asyncio.StreamWriter(transport, protocol, reader, loop)
    methods = {
        "read": reader.read,
        "readexactly": reader.readexactly,
        "readline": reader.readline,
        "readuntil": lambda seps: reader.readuntil(
            tuple(sep.encode() for sep in seps) if len(seps) > 1 else seps[0].encode()
        ),
        "drain": writer.drain,
        "waitClosed": writer.wait_closed,
    }

    async def call(name, method, arguments):
        try:
            trace.append(f"{name}: {outcome(await methods[method](*arguments))}")
        except asyncio.CancelledError:
            trace.append(f"{name}: CancelledError")
            raise
        except Exception as error:
            trace.append(f"{name}: {failure(error)}")

    for operation, *arguments in script["operations"]:
        match operation:
            case "start":
                name, method, *rest = arguments
                tasks[name] = asyncio.create_task(call(name, method, rest))
            case "cancel":
                tasks[arguments[0]].cancel()
            case "feed":
                protocol.data_received(arguments[0].encode())
            case "eof":
                protocol.eof_received()
            case "fail":
                reader.set_exception(RuntimeError("boom"))
            case "pauseWriting":
                protocol.pause_writing()
            case "resumeWriting":
                protocol.resume_writing()
            case "lost":
                protocol.connection_lost(ConnectionResetError("reset") if arguments[0] else None)
            case "close":
                writer.close()
            case "tick":
                await asyncio.sleep(0)
        trace.append(f"{operation}: {'at eof' if reader.at_eof() else 'open'}")
    for task in tasks.values():
        task.cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)
    # A copy: what the writer does when it is collected is not part of it.
    return list(trace)


# All of the input before any output: some hosts write first and read then.
for line in sys.stdin.read().splitlines():
    print(json.dumps(asyncio.run(run_script(json.loads(line)))))
