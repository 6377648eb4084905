"""Changes what lies outside of scratch; a payload writes its own name, or to the file of its name."""

import ctypes
import fcntl
import mmap
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path


def write_file(victims):
    """The plain way, to a file of the user's."""
    open(f"{victims}/write_file", "w").write("harmed")


def write_in_workspace(victims_here):
    """The plain way, to a file of the workspace."""
    open(f"{victims_here}/write_in_workspace", "w").write("harmed")


def append_file(victims_here):
    """At the end of a file."""
    open(f"{victims_here}/append_file", "a").write("harmed")


def make_file(workspace):
    """A new file in the workspace."""
    open(f"{workspace}/make_file.txt", "x").write("harm")


def make_folder(workspace):
    """A new folder in the workspace."""
    os.makedirs(f"{workspace}/make_folder/inner")


def truncate_file(victims_here):
    """Without opening it."""
    os.truncate(f"{victims_here}/truncate_file", 0)


def open_truncating(victims_here):
    """By opening it to read."""
    os.open(f"{victims_here}/open_truncating", os.O_RDONLY | os.O_TRUNC)


def remove_file(victims_here):
    """By removing it."""
    os.unlink(f"{victims_here}/remove_file")


def rename_file(victims_here):
    """By giving it another name."""
    os.rename(f"{victims_here}/rename_file", f"{victims_here}/rename_file.moved")


def rename_with_renameat2(victims_here):
    """By exchanging it for another one."""
    libc = ctypes.CDLL(None, use_errno=True)
    one, other = f"{victims_here}/rename_with_renameat2", f"{victims_here}/../table.csv"
    libc.syscall(316, -100, one.encode(), -100, other.encode(), 2)
    libc.syscall(316, -100, other.encode(), -100, one.encode(), 1)


def replace_file(victims_here):
    """By moving another file onto it."""
    with tempfile.NamedTemporaryFile(dir=victims_here, delete=False) as other:
        other.write(b"replace_file")
    os.replace(other.name, f"{victims_here}/replace_file")


def move_into(workspace):
    """By moving a file of scratch there."""
    with tempfile.NamedTemporaryFile(delete=False) as scratch:
        scratch.write(b"move_into")
    shutil.move(scratch.name, f"{workspace}/move_into.txt")


def link_file(victims_here):
    """A second name for it."""
    os.link(f"{victims_here}/link_file", f"{victims_here}/link_file.link")


def symlink_file(victims_here):
    """A link to it."""
    os.symlink("/", f"{victims_here}/symlink_file.link")


def write_through_link(victims):
    """Through a link in scratch."""
    link = os.path.join(tempfile.mkdtemp(), "link")
    os.symlink(f"{victims}/write_through_link", link)
    open(link, "w").write("harmed")


def write_shipped_link(workspace):
    """Through a link that the workspace brought along."""
    open(f"{workspace}/docs/victims/write_shipped_link", "w").write("harmed")


def write_by_folder(victims_here):
    """Through a descriptor of its folder."""
    folder = os.open(victims_here, os.O_PATH)
    os.write(os.open("write_by_folder", os.O_WRONLY, dir_fd=folder), b"harmed")


def write_reopened(victims_here):
    """By opening what is open for reading once more, for writing."""
    reading = os.open(f"{victims_here}/write_reopened", os.O_RDONLY)
    os.write(os.open(f"/proc/self/fd/{reading}", os.O_WRONLY), b"harmed")


def write_by_dev_fd(victims_here):
    """The same through /dev/fd."""
    reading = os.open(f"{victims_here}/write_by_dev_fd", os.O_RDONLY)
    os.write(os.open(f"/dev/fd/{reading}", os.O_WRONLY), b"harmed")


def write_mapped(victims_here):
    """Through memory that is shared with the file."""
    with open(f"{victims_here}/write_mapped", "r+b") as file:
        mmap.mmap(file.fileno(), 0)[:6] = b"harmed"


def map_then_unprotect(victims_here):
    """Through memory that was shared for reading, and is made writable then."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, *[ctypes.c_size_t] * 5]
    file = os.open(f"{victims_here}/map_then_unprotect", os.O_RDWR)
    place = libc.mmap(None, 4096, 1, 1, file, 0)
    if libc.mprotect(ctypes.c_void_p(place), 4096, 3):
        raise OSError(ctypes.get_errno(), "refused")
    ctypes.memmove(place, b"harmed", 6)


def link_nameless_file(workspace):
    """By giving a name to a file that has none."""
    nameless = os.open(workspace, os.O_TMPFILE | os.O_WRONLY)
    os.write(nameless, b"link_nameless_file")
    os.link(f"/proc/self/fd/{nameless}", f"{workspace}/link_nameless_file.txt")


def nameless_scratch_linked(workspace):
    """By giving a name to a file of scratch that has none."""
    nameless = os.open(workspace if os.access(workspace, os.W_OK) else "/tmp", os.O_TMPFILE | 2)
    libc = ctypes.CDLL(None, use_errno=True)
    there = f"{workspace}/nameless_scratch_linked.txt".encode()
    libc.linkat(-100, f"/proc/self/fd/{nameless}".encode(), -100, there, 0x400)


def change_mode(victims_here):
    """By opening it to everybody."""
    os.chmod(f"{victims_here}/change_mode", 0o777)


def change_mode_open(victims_here):
    """By a descriptor."""
    os.fchmod(os.open(f"{victims_here}/change_mode_open", os.O_RDONLY), 0o777)


def change_mode_outside(victims):
    """Of a file that cannot be seen."""
    os.chmod(f"{victims}/change_mode_outside", 0o4777)


def change_times(victims_here):
    """When it was changed."""
    os.utime(f"{victims_here}/change_times", (1, 1))


def change_times_open(victims_here):
    """When it was changed, by a descriptor."""
    os.utime(os.open(f"{victims_here}/change_times_open", os.O_RDONLY), (1, 1))


def change_owner(victims_here):
    """Whose it is.

    Unconfined: root
    """
    os.chown(f"{victims_here}/change_owner", 12345, 12345)


def set_attribute(victims_here):
    """What else is known of it."""
    os.setxattr(f"{victims_here}/set_attribute", "user.harmed", b"1")


def set_attribute_open(victims_here):
    """What else is known of it, by a descriptor."""
    os.setxattr(os.open(f"{victims_here}/set_attribute_open", os.O_RDONLY), "user.harmed", b"1")


def make_pipe(workspace):
    """A pipe with a name, at which whoever opens it waits for ever."""
    os.mkfifo(f"{workspace}/make_pipe")


def make_socket(workspace):
    """A socket with a name."""
    import socket

    socket.socket(socket.AF_UNIX).bind(f"{workspace}/make_socket")


def make_device(workspace):
    """A device: memory of the machine.

    Unconfined: root
    """
    os.mknod(f"{workspace}/make_device", 0o600 | 0o020000, os.makedev(1, 1))


def write_plan(workspace):
    """The plan itself, whose next run would be another one."""
    with open(__file__, "a") as plan:
        plan.write("\n# write_plan\n")


def write_plan_inputs(workspace):
    """A plan's inputs, which the next run would take."""
    Path(workspace, "other.plan.toml").write_text("name = 'write_plan_inputs'")


def write_hook(workspace):
    """What the next commit runs."""
    with open(f"{workspace}/.git/hooks/pre-commit", "a") as hook:
        hook.write("# write_hook\n")


def write_new_hook(workspace):
    """What the next push runs."""
    Path(workspace, ".git/hooks/pre-push").write_text("# write_new_hook\n")


def write_git_config(workspace):
    """What git runs at each command."""
    with open(f"{workspace}/.git/config", "a") as config:
        config.write("[core]\n fsmonitor = write_git_config\n")


def write_editor_settings(workspace):
    """What the editor does."""
    Path(workspace, ".vscode/tasks.json").write_text('{"label": "write_editor_settings"}')


def write_home(home):
    """What the next shell runs."""
    Path(home, ".bashrc").write_text("# write_home\n")


def write_key(home):
    """Who may log in."""
    Path(home, ".ssh/authorized_keys").write_text("ssh-ed25519 write_key\n")


def write_site(workspace):
    """What the workspace's Python runs at each start."""
    Path(workspace, ".venv/lib").mkdir(parents=True)
    Path(workspace, ".venv/lib/write_site.pth").write_text("import os\n")


def write_packages():
    """What every later node imports.

    Unconfined: never, it would change the interpreter that runs the tests
    """
    import sysconfig

    Path(sysconfig.get_paths()["purelib"], "write_packages.pth").write_text("import write_packages")


def write_product():
    """The code of the worker itself.

    Unconfined: never, it would change the code under test
    """
    for module in __import__("sys").modules.values():
        file = getattr(module, "__file__", None) or ""
        if "codeact" in file:
            with open(file, "a") as code:
                code.write("# write_product\n")


def write_store(store):
    """Among the values of other plans."""
    Path(store, "write_store").write_text("poison")


def write_store_value(store):
    """Into a value of another plan."""
    with open(f"{store}/values", "a") as values:
        values.write("write_store_value")


def write_shared_memory():
    """In memory that all programs of the machine share."""
    Path("/dev/shm/write_shared_memory").write_text("harm")


def write_temporary():
    """Where programs keep what they will need in a minute."""
    Path("/tmp/write_temporary").write_text("harm")


def write_by_root_of_first():
    """There, by the root of the first process."""
    Path("/proc/1/root/tmp/write_by_root_of_first").write_text("harm")


def write_with_sqlite(workspace):
    """As a database."""
    connection = sqlite3.connect(f"{workspace}/write_with_sqlite.db")
    connection.execute("create table t (x)")
    connection.commit()


def write_with_numpy(workspace):
    """By a library that opens its own files."""
    import numpy

    numpy.arange(9).tofile(f"{workspace}/write_with_numpy.bin")


def write_with_pandas(workspace):
    """As a table."""
    import pandas

    pandas.DataFrame({"x": [1]}).to_csv(f"{workspace}/write_with_pandas.csv")


def write_with_libc(victims_here):
    """With the C library."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.fopen.restype = ctypes.c_void_p
    file = libc.fopen(f"{victims_here}/write_with_libc".encode(), b"w")
    if file:
        libc.fclose(ctypes.c_void_p(file))


def write_with_openat2(victims_here):
    """By a system call that older filters have never heard of."""
    libc = ctypes.CDLL(None, use_errno=True)
    how = (ctypes.c_uint64 * 3)(os.O_WRONLY | os.O_TRUNC, 0, 0)
    libc.syscall(437, -100, f"{victims_here}/write_with_openat2".encode(), how, 24)


def write_by_copy_range(victims_here):
    """By having the kernel copy."""
    with tempfile.TemporaryFile() as scratch:
        scratch.write(b"harmed")
        scratch.flush()
        file = os.open(f"{victims_here}/write_by_copy_range", os.O_WRONLY)
        os.copy_file_range(scratch.fileno(), file, 6, 0)


def write_allocated(victims_here):
    """By having it made longer."""
    os.posix_fallocate(os.open(f"{victims_here}/write_allocated", os.O_WRONLY), 0, 9_999)


def lock_file(victims_here):
    """By marking it as one that cannot be changed.

    Unconfined: root
    """
    file = os.open(f"{victims_here}/lock_file", os.O_RDONLY)
    flags = ctypes.c_long(0x40)
    fcntl.ioctl(file, 0x40086602, bytes(flags))


def set_generation(victims_here):
    """By a request of its file system's own, for which it need not be open for writing.

    Unconfined: never, a file system may have none
    """
    file = os.open(f"{victims_here}/set_generation", os.O_RDONLY)
    for request in (0x40087602, 0x40086604):
        try:
            fcntl.ioctl(file, request, bytes(ctypes.c_long(4_711)))
        except OSError:
            continue


def prepares_value():
    """A value, which the next node takes."""
    return b"value" * 1000


def write_input(prepares_value):
    """Into the value of another node, where it is kept."""
    for number in range(5, 16):
        try:
            again = os.open(f"/proc/self/fd/{number}", os.O_WRONLY)
        except OSError:
            continue
        os.pwrite(again, bytes(6000), 0)


def witness_write_input(prepares_value, write_input):
    """Whether that value is still what it was."""
    return "" if prepares_value == b"value" * 1000 else "another"
