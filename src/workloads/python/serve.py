"""http.server with a thread for each request; some of them do what services do: programs, files, a database, other processes."""

import concurrent.futures
import http.server
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile


def squares():
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return sum(pool.map(lambda n: n * n, range(100)))


def program():
    return subprocess.run(["sh", "-c", "seq 1 10 | wc -l"], capture_output=True, text=True, check=True).stdout.strip()


def processes():
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        answer = sum(pool.map(abs, range(-10, 0)))
        # Else its end waits for the pool's threads, asleep or not as it happens: a call of some runs only.
        pool.close()
        pool.join()
        return answer


def database():
    with tempfile.TemporaryDirectory() as folder:
        rows = sqlite3.connect(os.path.join(folder, "data.db"))
        rows.execute("create table numbers (n integer)")
        rows.executemany("insert into numbers values (?)", [(n,) for n in range(50)])
        rows.commit()
        return rows.execute("select sum(n) from numbers").fetchone()[0]


ANSWERS = {"/squares": squares, "/program": program, "/processes": processes, "/database": database}


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path not in ANSWERS:
            return super().do_GET()
        body = str(ANSWERS[self.path]()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":  # not in the other processes, which read this file too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    os.chdir("/usr/share")
    http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
