"""What every plan may do: all of this works at the level that plans run at."""

import asyncio
import contextlib
import csv
import dataclasses
import datetime
import decimal
import hashlib
import io
import json
import locale
import logging
import os
import pickle
import platform
import random
import re
import secrets
import shutil
import sqlite3
import ssl
import statistics
import tempfile
import threading
import time
import uuid
import zipfile
import zoneinfo
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import pandas


@dataclasses.dataclass
class Order:
    name: str
    number: int


def loop():
    async def slowly(number):
        await asyncio.sleep(0.01)
        return number

    async def all_at_once():
        return await asyncio.gather(*map(slowly, range(9)))

    return asyncio.run(all_at_once())


async def awaited():
    return await asyncio.to_thread(sum, range(9))


def threads():
    found = []
    started = [threading.Thread(target=found.append, args=(number,)) for number in range(8)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return sorted(found)


def pool_of_threads():
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(str.upper, "abc"))


def locks_of_processes():
    import multiprocessing.pool

    with multiprocessing.Lock(), multiprocessing.pool.ThreadPool(2) as pool:
        return pool.map(str.upper, "abc")


def arrays():
    numbers = numpy.random.default_rng(1).normal(size=(200, 200))
    return float(numpy.linalg.norm(numpy.linalg.inv(numbers) @ numbers))


def table(workspace):
    return pandas.read_csv(f"{workspace}/table.csv")


def table_used(table):
    return int(table.groupby("name")["number"].sum().max())


def table_in_scratch(table):
    path = Path(tempfile.mkdtemp(), "table.csv")
    table.to_csv(path)
    table.to_pickle(path.with_suffix(".pickle"))
    return path.stat().st_size + len(pandas.read_pickle(path.with_suffix(".pickle")))


def large_array():
    return numpy.arange(4_000_000)


def large_array_used(large_array):
    return int(large_array.sum())


def database_in_memory():
    connection = sqlite3.connect(":memory:")
    connection.execute("create table numbers (number)")
    connection.executemany("insert into numbers values (?)", [(1,), (2,)])
    return connection.execute("select sum(number) from numbers").fetchone()


def database_in_scratch():
    with contextlib.closing(sqlite3.connect(Path(tempfile.mkdtemp(), "it.db"))) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create table numbers as select 1")
        connection.commit()
        return connection.execute("select * from numbers").fetchall()


def time_zones():
    berlin = zoneinfo.ZoneInfo("Europe/Berlin")
    return datetime.datetime(2026, 7, 1, tzinfo=berlin).utcoffset()


def local_time():
    return time.localtime().tm_year > 2000 and len(time.tzname) == 2


def encryption():
    context = ssl.create_default_context()
    return context.verify_mode is ssl.CERT_REQUIRED


def temporary_files():
    with tempfile.NamedTemporaryFile("w+") as file, tempfile.SpooledTemporaryFile() as other:
        file.write("text")
        other.write(b"text")
        file.seek(0)
        return file.read()


def temporary_folder():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "inner").mkdir()
        Path(folder, "inner/file.txt").write_text("text")
        return len(list(Path(folder).rglob("*")))


def in_tmp():
    path = Path("/tmp/a-file-of-its-own.txt")
    path.write_text("text")
    return path.read_text()


def log_in_scratch():
    path = Path(tempfile.mkdtemp(), "it.log")
    logger = logging.getLogger("it")
    logger.addHandler(logging.FileHandler(path))
    logger.warning("text")
    return path.read_text()


def logged():
    logging.basicConfig(level=logging.INFO)
    logging.info("text")


def formats():
    buffer = io.StringIO()
    csv.writer(buffer).writerow([1, "a"])
    return json.loads(json.dumps({"a": [buffer.getvalue()]})), pickle.loads(pickle.dumps({1, 2}))


def files_of_workspace(workspace):
    return sorted(path.name for path in Path(workspace).glob("*.csv"))


def all_files_of_workspace(workspace):
    return sum(1 for _ in Path(workspace).rglob("*")) > 10


def relative_file():
    return Path("numbers.txt").read_text()


def input_file(data: Path = Path("numbers.txt")):
    return [int(line) for line in data.read_text().splitlines()]


def module_of_workspace():
    from beside import twice

    return twice(2)


def classes():
    return dataclasses.asdict(Order("a", 1)), Order("b", 2)


def classes_used(classes):
    return classes[1].number


def numbers():
    fraction = decimal.Decimal("0.1") + decimal.Decimal("0.2")
    return fraction == decimal.Decimal("0.3"), statistics.median([1, 2, 3])


def chance():
    return random.random() < 1, len(secrets.token_hex(4)), uuid.uuid4().version, uuid.uuid1().version


def machine():
    return os.cpu_count(), platform.platform(), platform.machine(), platform.python_version()


def itself():
    import getpass

    return getpass.getuser(), os.getpid() > 0, os.getcwd(), os.path.expanduser("~")


def itself_by_number():
    status = Path(f"/proc/{os.getpid()}/status").read_text()
    return status.splitlines()[0], len(os.listdir(f"/proc/{os.getpid()}/task"))


def languages():
    locale.setlocale(locale.LC_ALL, "")
    return locale.getlocale()[1]


def digests():
    return hashlib.sha256(b"text").hexdigest(), hashlib.blake2b(b"text").digest_size


def archives():
    path = Path(tempfile.mkdtemp(), "it.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")
    with zipfile.ZipFile(path) as archive:
        return archive.read("a.txt")


def copies(workspace):
    folder = Path(tempfile.mkdtemp())
    for copy in (shutil.copy, shutil.copy2, shutil.copyfile):
        copy(f"{workspace}/table.csv", folder / copy.__name__)
    shutil.copytree(folder, folder.with_name("tree"))
    shutil.move(folder / "copy", folder / "moved")
    return sorted(path.name for path in folder.iterdir())


def patterns():
    return re.sub(r"(\w+) (\w+)", r"\2 \1", "a b")


def steps():
    def numbers():
        yield from range(3)

    return list(numbers())


def nothing_to_see():
    with open(os.devnull, "w") as nothing, contextlib.redirect_stdout(nothing):
        print("text")
    return os.urandom(4) != b""


def pair():
    import socket

    one, other = socket.socketpair()
    one.sendall(b"text")
    return other.recv(9)


def mapped(workspace):
    import mmap

    with open(f"{workspace}/table.csv", "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:4]


def memory():
    return len(bytearray(300_000_000))


def caught():
    try:
        Path("/nowhere/at/all").read_text()
    except OSError as error:
        return type(error).__name__


def addresses():
    import urllib.parse
    import urllib.request

    request = urllib.request.Request("https://example.com/a?b=c")
    return urllib.parse.urlsplit(request.full_url).hostname


def wrong():
    orders = {"a": 1}
    return orders["b"]
