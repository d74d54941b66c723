"""Threads, children, files and sockets of an interpreter, for the corpus."""
import os
import socket
import subprocess
import tempfile
import threading


def in_threads():
    threads = [threading.Thread(target=os.getppid) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def on_files():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "file")
        with open(path, "w", encoding="utf-8") as file:
            file.write("x")
        os.rename(path, path + "2")
        os.symlink("file2", path)
        os.stat(path)


def over_sockets():
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(folder + "/socket")
        server.listen()
        client.connect(folder + "/socket")
        peer, _ = server.accept()
        with peer:
            client.sendall(b"x")
            peer.recv(1)


in_threads()
on_files()
over_sockets()
subprocess.run(["true"], check=True)
