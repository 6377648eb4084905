"""The server, slow to say what a lens is: it answers once it was asked for all lenses again, or after 3 s.

`slow-server.py SERVER ARGUMENT...`: the server is started with the arguments.
"""

import json
import os
import subprocess
import sys
import threading

SECONDS = 3

command = sys.argv[1:]
if "serve" not in command:
    os.execv(command[0], command)
process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
asked = {"textDocument/codeLens": set(), "codeLens/resolve": set()}
held = []
lock = threading.Lock()


def messages(stream):
    """The messages of a stream: each one's bytes as they came, and what it says."""
    while header := stream.readline():
        length = int(header.split(b":")[1]) if header.lower().startswith(b"content-length") else 0
        head = header
        while (line := stream.readline()) not in {b"\r\n", b""}:
            head += line
            if line.lower().startswith(b"content-length"):
                length = int(line.split(b":")[1])
        body = stream.read(length)
        yield head + b"\r\n" + body, json.loads(body)


def send(data):
    with lock:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def release():
    """Send what is held, and only once."""
    with lock:
        late, held[:] = list(held), []
    for data in late:
        send(data)


def listen():
    for data, message in messages(sys.stdin.buffer):
        if message.get("method") in asked:
            asked[message["method"]].add(message["id"])
        process.stdin.write(data)
        process.stdin.flush()
    process.stdin.close()


threading.Thread(target=listen, daemon=True).start()
for data, message in messages(process.stdout):
    answered = None if "method" in message else message.get("id")
    if answered in asked["codeLens/resolve"]:
        held.append(data)
        threading.Timer(SECONDS, release).start()
        continue
    send(data)
    if answered in asked["textDocument/codeLens"]:
        release()
os._exit(process.wait())
