# What examples/option_tables.ts ports: the tables, and the example below them (which called the module as a class).
import errno
import socket

IP_PKTINFO = 8  # older versions of Python's module have no name for it

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

print(sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))

print("SOL_SOCKET")
for name in ("SO_ACCEPTCONN", "SO_ERROR", "SO_KEEPALIVE", "SO_TYPE"):
    print(f"  {name}: {sock.getsockopt(socket.SOL_SOCKET, getattr(socket, name))}")

print("IPPROTO_IP")
for name in ("IP_TOS", "IP_TTL"):
    print(f"  {name}: {sock.getsockopt(socket.IPPROTO_IP, getattr(socket, name))}")

try:
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as raw:
        print(f"  IP_HDRINCL: {raw.getsockopt(socket.IPPROTO_IP, socket.IP_HDRINCL)}")
except OSError as error:
    print(f"  IP_HDRINCL: {errno.errorcode[error.errno]}")

datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    print(f"  IP_RECVDSTADDR: {datagrams.getsockopt(socket.IPPROTO_IP, socket.IP_RECVDSTADDR)}")
except AttributeError:
    print("  IP_RECVDSTADDR: not on this system")
datagrams.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
print(f"  IP_PKTINFO: {datagrams.getsockopt(socket.IPPROTO_IP, IP_PKTINFO)}")

datagrams.close()
sock.close()
