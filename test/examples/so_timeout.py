# What examples/so_timeout.ts ports: the option that is no option, what was meant, and the list of common options.
import socket
import struct

# Create a socket object
sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# Set the timeout option to 10 seconds
try:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_TIMEOUT, 10)
except AttributeError:
    print("SO_TIMEOUT: no such option")

sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 10, 0))
print(f"SO_RCVTIMEO: {sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO)} seconds")

for name in ("SO_REUSEADDR", "SO_KEEPALIVE"):
    sock.setsockopt(socket.SOL_SOCKET, getattr(socket, name), 1)
    print(f"{name}: {sock.getsockopt(socket.SOL_SOCKET, getattr(socket, name))}")
for name in ("SO_SNDBUF", "SO_RCVBUF"):
    sock.setsockopt(socket.SOL_SOCKET, getattr(socket, name), 8192)
    print(f"{name}: {sock.getsockopt(socket.SOL_SOCKET, getattr(socket, name))}")

sock.close()
