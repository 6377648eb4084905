"""Reads what lies outside of the workspace, and secrets in it; what is found is what is returned."""

import ctypes
import glob
import io
import linecache
import mmap
import os
import re
import runpy
import shutil
import sqlite3
import tarfile
import zipfile
from pathlib import Path


def open_by_path(outside):
    """The plain way."""
    return open(outside).read()


def read_relative(outside):
    """Up from the plan's folder."""
    return open(os.path.relpath(outside)).read()


def read_by_descriptor(outside):
    """The system call behind it."""
    return os.read(os.open(outside, os.O_RDONLY), 999).decode()


def read_by_folder(outside):
    """Through a descriptor of a folder above."""
    root = os.open("/", os.O_PATH)
    return os.read(os.open(outside.lstrip("/"), os.O_RDONLY, dir_fd=root), 999).decode()


def read_reopened(outside):
    """By a handle that gives no rights, opened again through /proc."""
    handle = os.open(outside, os.O_PATH)
    return open(f"/proc/self/fd/{handle}").read()


def read_root_of_self(outside):
    """Through /proc/self/root."""
    return open(f"/proc/self/root{outside}").read()


def read_root_of_first(outside):
    """Through the root of the first process there is.

    Unconfined: never, in a container that is not for everybody
    """
    return open(f"/proc/1/root{outside}").read()


def read_root_of_parent(outside):
    """Through the root of whoever started the node."""
    return open(f"/proc/{os.getppid()}/root{outside}").read()


def read_cwd_of_self(outside):
    """Through /proc/self/cwd."""
    return open(f"/proc/self/cwd/{os.path.relpath(outside)}").read()


def read_after_chdir(outside):
    """From inside of its folder."""
    os.chdir(os.path.dirname(outside))
    return open(os.path.basename(outside)).read()


def read_by_dot_path(outside):
    """By a path that looks like one of the workspace."""
    return open(os.path.join(os.getcwd(), "victims", "..", os.path.relpath(outside))).read()


def read_as_bytes_path(outside):
    """By a name of bytes."""
    return open(os.fsencode(outside)).read()


def read_as_url(outside):
    """As a file: address."""
    from urllib.request import urlopen

    return urlopen(f"file://{outside}").read().decode()


def read_with_libc(outside):
    """With the C library's own files."""
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    file = libc.fopen(outside.encode(), b"r")
    if not file:
        raise OSError("refused")
    text = ctypes.create_string_buffer(999)
    libc.fgets(text, 999, ctypes.c_void_p(file))
    return text.value.decode()


def read_with_syscall(outside):
    """By the number of the system call: openat2, which older filters have never heard of."""
    libc = ctypes.CDLL(None, use_errno=True)
    how = (ctypes.c_uint64 * 3)(0, 0, 0)
    return _contents(libc.syscall(437, -100, outside.encode(), how, 24))


def read_mapped(outside):
    """Mapped into memory."""
    with open(outside, "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:].decode()


def read_by_sendfile(outside):
    """Copied by the kernel into a pipe."""
    reading, writing = os.pipe()
    os.sendfile(writing, os.open(outside, os.O_RDONLY), 0, 99)
    return os.read(reading, 99).decode()


def read_copied(outside, workspace):
    """As a copy in scratch."""
    import tempfile

    return Path(shutil.copy(outside, tempfile.mkdtemp())).read_text()


def read_hard_link(outside):
    """By a second name in scratch."""
    import tempfile

    link = os.path.join(tempfile.mkdtemp(), "link")
    os.link(outside, link)
    return open(link).read()


def read_new_link(outside):
    """By a link that the node makes."""
    import tempfile

    link = os.path.join(tempfile.mkdtemp(), "link")
    os.symlink(outside, link)
    return open(link).read()


def read_shipped_link(workspace):
    """By a link that the workspace brought along."""
    return open(f"{workspace}/readme.txt").read()


def read_shipped_folder(workspace):
    """By a linked folder that the workspace brought along."""
    return open(f"{workspace}/docs/secret.txt").read()


def read_with_sqlite(outside):
    """Attached as a database, and copied as one."""
    try:
        connection = sqlite3.connect(f"file:{outside}?mode=ro&immutable=1", uri=True)
        connection.execute("select * from sqlite_master").fetchall()
    except sqlite3.DatabaseError as error:
        if "not a database" not in str(error):
            raise
        return "it is no database: " + open(outside).read()


def read_as_source(outside):
    """As a module, whose first line is an error with that line in it."""
    try:
        runpy.run_path(outside)
    except (NameError, SyntaxError) as error:
        return f"{error} {linecache.getline(outside, 1)}"


def read_as_archive(outside):
    """Packed."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.add(outside, "it")
    return _canaries([buffer.getvalue()])


def read_with_numpy(outside):
    """By a library that opens its own files."""
    import numpy

    return bytes(numpy.fromfile(outside, dtype="u1")).decode()


def read_with_pandas(outside):
    """As a table."""
    import pandas

    return str(pandas.read_csv(outside, header=None).iloc[0, 0])


def read_by_scanning(home):
    """All of a home folder."""
    return _canaries(path.read_bytes() for path in Path(home).rglob("*") if path.is_file())


def list_outside(outside):
    """The names in a folder."""
    return os.listdir(os.path.join(os.path.dirname(outside), "listed"))


def list_by_glob(outside):
    """The names in a folder, found by a pattern."""
    return glob.glob(os.path.join(os.path.dirname(outside), "*", "canary-*"))


def list_by_descriptor(outside):
    """The names in a folder, by a descriptor of it."""
    return os.listdir(os.open(os.path.join(os.path.dirname(outside), "listed"), os.O_RDONLY))


def list_by_getdents(outside):
    """The names in a folder, as the kernel tells them."""
    libc = ctypes.CDLL(None, use_errno=True)
    folder = os.open(os.path.join(os.path.dirname(outside), "listed"), os.O_RDONLY | os.O_DIRECTORY)
    told = ctypes.create_string_buffer(4096)
    libc.syscall(217, folder, told, 4096)
    return _canaries([told.raw])


def read_accounts():
    """Who has an account here."""
    return open("/etc/passwd").readline()


def read_configuration():
    """What the machine's administrator has written for it."""
    names = ("machine-id", "resolv.conf", "fstab", "hosts", "group", "shadow")
    own = glob.glob("/usr/local/etc/**", recursive=True)
    return _each((*(f"/etc/{name}" for name in names), *own), lambda path: open(path).read())


def read_accounts_by_library():
    """Who has an account here, by the C library."""
    import pwd

    user = pwd.getpwuid(0)
    return ":".join(map(str, user))


def read_store(store):
    """The values of other plans."""
    return _canaries(path.read_bytes() for path in Path(store).rglob("*") if path.is_file())


def secret_by_path(secrets):
    """The plain way to what every workspace has."""
    return _each(secrets, lambda path: open(path).read())


def secret_by_descriptor(secrets):
    """The system call behind it."""
    return _each(secrets, lambda path: os.read(os.open(path, os.O_RDONLY), 99).decode())


def secret_by_folder(secrets):
    """Through a descriptor of the folder that it lies in."""
    return _each(secrets, _by_folder)


def secret_by_handle(secrets):
    """By a handle that gives no rights, opened again through /proc."""
    return _each(secrets, lambda path: open(f"/proc/self/fd/{os.open(path, os.O_PATH)}").read())


def secret_with_openat2(secrets):
    """By a system call that older filters have never heard of."""
    libc = ctypes.CDLL(None, use_errno=True)
    how = (ctypes.c_uint64 * 3)(0, 0, 0)
    return _each(
        secrets, lambda path: _contents(libc.syscall(437, -100, path.encode(), how, 24))
    )


def secret_mapped(secrets):
    """Mapped into memory."""
    return _each(secrets, _mapped)


def secret_hard_link(secrets, workspace):
    """By a second name beside it."""
    return _each(secrets, lambda path: _linked(os.link, path, workspace))


def secret_new_link(secrets, workspace):
    """By a link that the node makes."""
    return _each(secrets, lambda path: _linked(os.symlink, path, workspace))


def secret_renamed(workspace):
    """Under another name, which nobody calls a secret."""
    os.rename(f"{workspace}/service/.env.production", f"{workspace}/service/plain.txt")
    return open(f"{workspace}/service/plain.txt").read()


def secret_other_name(other_names):
    """By a second name that it had before, and that nobody calls a secret."""
    return _each(other_names, lambda path: open(path).read())


def other_name_mapped(other_names):
    """By that name, mapped into memory."""
    return _each(other_names, _mapped)


def beside_secret(beside):
    """Where packages lie, as what was compiled, and where links lead that are called secrets."""
    return _each(beside, lambda path: open(path).read())


def secret_shipped_link(workspace):
    """By a link with a harmless name that the workspace brought along."""
    return open(f"{workspace}/sample.txt").read()


def secret_in_shipped_folder(workspace):
    """By a linked folder with a harmless name that the workspace brought along."""
    return open(f"{workspace}/settings/config").read()


def secret_odd_path(workspace):
    """By paths that are spelt in other ways."""
    spelt = ("./.env", "//.env", "service/../.env", "service/./../.env", "deploy//server.key")
    return _each(spelt, lambda name: open(f"{workspace}/{name}").read())


def secret_through_root(workspace):
    """By a path through /proc."""
    return open(f"/proc/self/root{workspace}/.env").read()


def secret_copied(secrets):
    """By a copy that the kernel makes."""
    import tempfile

    return _each(secrets, lambda path: Path(shutil.copy(path, tempfile.mkdtemp())).read_text())


def secret_zipped(workspace):
    """Packed, with all that there is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for folder, _, files in os.walk(workspace):
            for name in files:
                try:
                    archive.write(os.path.join(folder, name))
                except OSError:
                    continue
    return _canaries([buffer.getvalue()])


def secret_watched(workspace):
    """Waits for it to be changed, and reads it then: who changes a file opens it anew."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init()
    libc.inotify_add_watch(watch, f"{workspace}/.env".encode(), 0x20 | 0x2)
    return open(f"{workspace}/.env").read()


def secret_as_input(workspace):
    """As the place that the interpreter looks for the source of an error in."""
    return linecache.getline(f"{workspace}/.env", 1)


def secret_with_pandas(workspace):
    """As a table."""
    import pandas

    return str(pandas.read_csv(f"{workspace}/.env", header=None).iloc[0, 0])


def secret_with_sqlite(workspace):
    """By a library that opens its own files, and by that library only."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"attach database '{workspace}/.env' as it")
        connection.execute("select * from it.sqlite_master").fetchall()
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            return Path(f"{workspace}/.env").read_text()
        raise


def secret_by_splice(workspace):
    """Moved by the kernel into a pipe."""
    reading, writing = os.pipe()
    os.splice(os.open(f"{workspace}/.env", os.O_RDONLY), writing, 99)
    return os.read(reading, 99).decode()


def secret_by_copy_range(workspace):
    """Copied by the kernel from file to file."""
    import tempfile

    with tempfile.TemporaryFile() as copy:
        os.copy_file_range(os.open(f"{workspace}/.env", os.O_RDONLY), copy.fileno(), 99)
        copy.seek(0)
        return copy.read().decode()


def _contents(descriptor):
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return os.read(descriptor, 999).decode()


def _canaries(contents):
    found = set()
    for content in contents:
        found.update(re.findall(rb"canary-[0-9a-f]{16}", content))
    return b" ".join(sorted(found)).decode()


def _each(paths, read):
    """What can be read of several; one that is closed is no reason to leave the others."""
    found = []
    for path in paths:
        try:
            found.append(read(path))
        except OSError:
            continue
    return "".join(found)


def _by_folder(path):
    folder = os.open(os.path.dirname(path), os.O_PATH)
    return os.read(os.open(os.path.basename(path), os.O_RDONLY, dir_fd=folder), 99).decode()


def _mapped(path):
    with open(path, "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:].decode()


def _linked(make, path, workspace):
    import secrets as chance

    link = os.path.join(workspace, f"link-{chance.token_hex(4)}")
    make(path, link)
    try:
        return open(link).read()
    finally:
        os.unlink(link)
