"""Child processes on Python's asyncio, as scripts of events and actions say (see childScript.ts).

Reads one script, JSON, from each line of its input; writes for each a line of JSON: what the protocol was told, in order,
and what the exception handler was.
"""

import asyncio
import json
import signal
import subprocess
import sys

STREAMS = {"pipe": subprocess.PIPE, "null": subprocess.DEVNULL, "stdout": subprocess.STDOUT, "inherit": None}


class Scripted(asyncio.SubprocessProtocol):
    def __init__(self, script, lost):
        self.script = script
        self.trace = []
        self.lost = lost
        self.pending = {}

    def connection_made(self, transport):
        self.transport = transport
        self.note("made")

    def pipe_data_received(self, fd, data):
        # Where bytes are cut means nothing: a message ends with a full stop.
        self.pending[fd] = self.pending.get(fd, b"") + data
        while b"." in self.pending[fd]:
            message, self.pending[fd] = self.pending[fd].split(b".", 1)
            self.note(f"data {fd} {message.decode()}")

    def pipe_connection_lost(self, fd, exc):
        self.note(f"pipe {fd} lost {name_of(exc)}")

    def process_exited(self):
        self.note("exited")

    def connection_lost(self, exc):
        if not self.lost.done():
            self.lost.set_result(None)
        self.note("lost " + name_of(exc))

    def pause_writing(self):
        self.note("pause writing")

    def resume_writing(self):
        self.note("resume writing")

    def note(self, event):
        self.trace.append(event)
        for action, *args in self.script["on"].get(event, []):
            getattr(self, "do_" + action)(*args)

    def attempt(self, what, call):
        try:
            call()
        except Exception as error:
            self.trace.append(f"{what} {type(error).__name__}")
        else:
            self.trace.append(f"{what} done")

    def do_write(self, text):
        self.transport.get_pipe_transport(0).write(text.encode())

    def do_fill(self, size):
        self.transport.get_pipe_transport(0).write(b"x" * size)

    def do_closePipe(self, fd):
        self.transport.get_pipe_transport(fd).close()

    def do_closePipeSoon(self, fd):
        # Inside of resume_writing() it would be told twice that the pipe is lost (seen in 3.11).
        asyncio.get_running_loop().call_soon(self.do_closePipe, fd)

    def do_abortPipe(self, fd):
        self.transport.get_pipe_transport(fd).abort()

    def do_pause(self, fd):
        self.transport.get_pipe_transport(fd).pause_reading()

    def do_resumeSoon(self, fd):
        asyncio.get_running_loop().call_later(0.05, self.resume, fd)

    def resume(self, fd):
        self.trace.append(f"resume {fd}")
        self.transport.get_pipe_transport(fd).resume_reading()

    def do_close(self):
        self.transport.close()

    def do_kill(self):
        self.attempt("kill", self.transport.kill)

    def do_terminate(self):
        self.attempt("terminate", self.transport.terminate)

    def do_signal(self, name):
        self.attempt(name, lambda: self.transport.send_signal(getattr(signal, name)))

    def do_killSoon(self):
        asyncio.get_running_loop().call_soon(self.do_kill)

    def do_state(self):
        transport = self.transport
        pipes = [fd for fd in range(4) if transport.get_pipe_transport(fd) is not None]
        closing = str(transport.is_closing()).lower()
        self.trace.append(f"returncode {transport.get_returncode()} closing {closing} pipes {pipes}".replace("None", "null"))

    def do_raise(self):
        raise ValueError("scripted")


def name_of(error):
    return "null" if error is None else type(error).__name__


async def play(script):
    loop = asyncio.get_running_loop()
    reports = []
    loop.set_exception_handler(lambda loop, context: reports.append(type(context.get("exception")).__name__))
    streams = {name: STREAMS[script[name]] for name in ("stdin", "stdout", "stderr")}
    lost = loop.create_future()
    protocol = Scripted(script, lost)
    if "shell" in script:
        await loop.subprocess_shell(lambda: protocol, script["shell"], **streams)
    else:
        await loop.subprocess_exec(lambda: protocol, *script["exec"], **streams)
    try:
        await asyncio.wait_for(lost, 10)
    except asyncio.TimeoutError:
        protocol.trace.append("hangs")
        protocol.transport.close()
    await asyncio.sleep(0.01)
    return {"trace": protocol.trace, "reports": reports}


for line in sys.stdin:
    print(json.dumps(asyncio.run(play(json.loads(line)))), flush=True)
