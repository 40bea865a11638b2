# The table that examples/common_options.ts ports, as a program.
import socket
import struct

tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp6 = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)

for sock, level, name in (
    (tcp, "SOL_SOCKET", "SO_REUSEADDR"),
    (tcp, "SOL_SOCKET", "SO_BROADCAST"),
    (tcp, "IPPROTO_TCP", "TCP_NODELAY"),
    (tcp, "IPPROTO_TCP", "TCP_KEEPIDLE"),
    (tcp6, "IPPROTO_IPV6", "IPV6_V6ONLY"),
):
    value = sock.getsockopt(getattr(socket, level), getattr(socket, name))
    print(f"{level} {name} {type(value).__name__} {value}")

for name in ("SO_RCVTIMEO", "SO_SNDTIMEO"):
    value = tcp.getsockopt(socket.SOL_SOCKET, getattr(socket, name), struct.calcsize("ll"))
    seconds, microseconds = struct.unpack("ll", value)
    print(f"SOL_SOCKET {name} {type(value).__name__} {len(value)}: {seconds} s {microseconds} us")

tcp.close()
tcp6.close()
