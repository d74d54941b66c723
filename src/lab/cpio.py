#!/usr/bin/env python3
"""cpio.py FOLDER FILE: an archive of the folder's content in the form that Linux takes as its first root file system (newc).

All belongs to root; the modes stay. /dev/console is added, without which a kernel starts its first process mute. Needs no privilege.
"""
import os
import stat
import sys


class Archive:
    def __init__(self, out):
        self.out = out
        self.inode = 0

    def add(self, name, mode, data=b"", device=(0, 0)):
        self.inode += 1
        encoded = os.fsencode(name) + b"\0"
        numbers = (self.inode, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(encoded), 0)
        head = b"070701" + b"".join(b"%08x" % number for number in numbers) + encoded
        self.out.write(head + b"\0" * (-len(head) % 4) + data + b"\0" * (-len(data) % 4))

    def add_file(self, name, path):
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode):
            self.add(name, status.st_mode, os.fsencode(os.readlink(path)))
        elif stat.S_ISREG(status.st_mode):
            with open(path, "rb") as file:
                self.add(name, status.st_mode, file.read())
        elif stat.S_ISDIR(status.st_mode):
            self.add(name, status.st_mode)


def main(folder, file):
    with open(file, "wb") as out:
        archive = Archive(out)
        archive.add("dev", 0o40755)
        archive.add("dev/console", 0o20600, device=(5, 1))
        for parent, folders, files in os.walk(folder):
            for entry in sorted(folders) + sorted(files):
                path = os.path.join(parent, entry)
                name = os.path.relpath(path, folder)
                if name != "dev":
                    archive.add_file(name, path)
        archive.add("TRAILER!!!", 0)


main(*sys.argv[1:])
