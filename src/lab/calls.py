"""Calls that differ between architectures, as an interpreter makes them."""
import os
import resource
import select
import signal
import tempfile
import time


def on_names():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.mkdir("d")
        with open("d/a", "w", encoding="utf-8") as file:
            file.write("x")
        os.symlink("a", "d/s")
        os.link("d/a", "d/l")
        os.lstat("d/s")
        os.readlink("d/s")
        os.access("d/a", os.R_OK)
        os.chmod("d/a", 0o600)
        os.chown("d/a", 0, 0)
        os.utime("d/a")
        os.rename("d/l", "d/m")
        for name in ("a", "s", "m"):
            os.unlink("d/" + name)
        os.rmdir("d")
        os.chdir("/")


def on_descriptors():
    reader, writer = os.pipe()
    os.dup2(writer, 20)
    os.write(20, b"x")
    select.select([reader], [], [], 0)
    poll = select.poll()
    poll.register(reader)
    poll.poll(0)
    with select.epoll() as epoll:
        epoll.register(reader)
        epoll.poll(0)
    os.eventfd(0)


def on_processes():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    os.getpgrp()
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.alarm(1)
    signal.pause()
    resource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))
    time.sleep(0.01)


on_names()
on_descriptors()
on_processes()
