"""What plans may do that may start processes."""

import asyncio
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor


def _twice(number):
    return 2 * number


def program():
    return subprocess.run(["ls", "/usr"], capture_output=True, text=True, check=True).stdout


def pipeline():
    return subprocess.check_output("echo text | tr a-z A-Z", shell=True, text=True)


def python():
    return subprocess.check_output([sys.executable, "-c", "print(6 * 7)"], text=True)


def pool():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.map(_twice, range(4))


def pool_of_futures():
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        return list(pool.map(_twice, range(4)))


def queue():
    context = multiprocessing.get_context("fork")
    words = context.Queue()
    process = context.Process(target=words.put, args=("text",))
    process.start()
    word = words.get()
    process.join()
    return word


def shared_memory():
    from multiprocessing.shared_memory import SharedMemory

    memory = SharedMemory(create=True, size=16)
    memory.buf[:4] = b"text"
    found = bytes(memory.buf[:4])
    memory.close()
    memory.unlink()
    return found


def asynchronously():
    async def run():
        process = await asyncio.create_subprocess_exec("true")
        return await process.wait()

    return asyncio.run(run())


def forked():
    pid = os.fork()
    if pid == 0:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def spawned():
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        return pool.map(_twice, range(4))


def spawned_futures():
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        return list(pool.map(_twice, range(4)))
