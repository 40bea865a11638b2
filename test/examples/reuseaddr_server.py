# The program that examples/reuseaddr_server.ts ports. As first written it called the int below "raw bytes".
import socket
import struct
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080

# Create a TCP socket
server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# Set the SO_REUSEADDR option to 1 (True)
server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)

# Bind the socket to an address and port
server_socket.bind(('127.0.0.1', port))
server_socket.listen(5)
print(f"Server is listening on 127.0.0.1:{port}")

# Get the SO_REUSEADDR option at the socket level
reuse_addr_flag = server_socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
print(f"\nSO_REUSEADDR option value: {reuse_addr_flag}")

# Get the receive timeout: without a length an int
timeout = server_socket.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO)
print(f"SO_RCVTIMEO (as an int): {timeout}")

# With the length of a struct timeval its bytes
raw_timeout = server_socket.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.calcsize("ll"))
print(f"SO_RCVTIMEO (raw bytes): {raw_timeout.hex()}")

# Close the socket
server_socket.close()
