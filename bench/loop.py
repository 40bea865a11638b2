# The same read from CPython. Reads "int COUNT" lines, answers the nanoseconds that they took.
import socket
import sys
import time


def run(times):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    read, level, name = sock.getsockopt, socket.SOL_SOCKET, socket.SO_RCVBUF
    start = time.perf_counter_ns()
    for _ in range(times):
        read(level, name)
    return time.perf_counter_ns() - start


for line in sys.stdin:
    print(run(int(line.split()[1])), flush=True)
