"""One or both ends of a connection on Python's asyncio, as a script of events and actions says.

peer.py SCRIPT ROLE [PORT]: SCRIPT is JSON (see script.ts), ROLE is server, client or both. A server prints its port
first. The last line is JSON: what each end's protocol was told, in order.
"""

import asyncio
import json
import sys


class Scripted(asyncio.Protocol):
    def __init__(self, script, done):
        self.script = script
        self.trace = []
        self.done = done
        self.pending = b""

    def connection_made(self, transport):
        self.transport = transport
        self.note("made")

    def data_received(self, data):
        # Where bytes are cut means nothing: a message ends with a full stop.
        self.pending += data
        while b"." in self.pending:
            message, self.pending = self.pending.split(b".", 1)
            self.note("data " + message.decode())

    def eof_received(self):
        self.note("eof")
        return self.script.get("keepOpen", False)

    def connection_lost(self, exc):
        self.note("lost " + ("null" if exc is None else type(exc).__name__))
        if not self.done.done():
            self.done.set_result(None)

    def pause_writing(self):
        self.note("pause writing")

    def resume_writing(self):
        self.note("resume writing")

    def note(self, event):
        self.trace.append(event)
        for action, *args in self.script.get(event, []):
            getattr(self, "do_" + action)(*args)

    def do_write(self, text):
        self.transport.write(text.encode())

    def do_writelines(self, *texts):
        self.transport.writelines([text.encode() for text in texts])

    def do_fill(self, size):
        self.transport.write(b"x" * size)

    def do_limits(self, high):
        self.transport.set_write_buffer_limits(high)

    def do_writeEof(self):
        self.transport.write_eof()

    def do_close(self):
        self.transport.close()

    def do_abort(self):
        self.transport.abort()

    def do_pause(self):
        self.transport.pause_reading()

    def do_resumeSoon(self):
        asyncio.get_running_loop().call_later(0.02, self.transport.resume_reading)

    def do_state(self):
        closing = str(self.transport.is_closing()).lower()
        reading = str(self.transport.is_reading()).lower()
        self.trace.append(f"closing {closing} reading {reading} limits {list(self.transport.get_write_buffer_limits())}")

    def do_raise(self):
        raise ValueError("scripted")


async def main(script, role, port):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: reports.append(type(context.get("exception")).__name__))
    reports = []
    ends = {}

    def end(name):
        protocol = Scripted(script[name], loop.create_future())
        ends[name] = protocol
        return protocol

    server = None
    if role != "client":
        server = await loop.create_server(lambda: end("server"), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        print(port, flush=True)
    if role != "server":
        await loop.create_connection(lambda: end("client"), "127.0.0.1", port)
    while len(ends) < (2 if role == "both" else 1):
        await asyncio.sleep(0.005)
    for protocol in list(ends.values()):
        await asyncio.wait_for(protocol.done, 10)
    if server is not None:
        server.close()
    result = {name: protocol.trace for name, protocol in ends.items()}
    print(json.dumps({"traces": result, "reports": reports}), flush=True)


asyncio.run(main(json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else None))
