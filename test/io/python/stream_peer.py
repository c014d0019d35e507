# stream_peer.py server: listens at a free port, prints it, and serves one client: echoes lines, and at the end of what the client
# sends tells how much that was. stream_peer.py client PORT: talks to such a server and prints what it hears.
import asyncio
import sys


async def serve(reader, writer):
    size = 0
    async for line in reader:
        size += len(line)
        writer.write(line)
        await writer.drain()
    writer.write(b"%d bytes\n" % size)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def server():
    done = asyncio.Event()

    async def once(reader, writer):
        try:
            await serve(reader, writer)
        finally:
            done.set()

    listening = await asyncio.start_server(once, "127.0.0.1", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await done.wait()
    listening.close()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for line in (b"one\n", b"two\n", b"x" * 10_000 + b"\n"):
        writer.write(line)
        await writer.drain()
        print(len(await reader.readuntil(b"\n")))
    writer.write_eof()
    print((await reader.read()).decode(), end="")
    writer.close()
    await writer.wait_closed()
    print("closed")


asyncio.run(server() if sys.argv[1] == "server" else client(int(sys.argv[2])))
