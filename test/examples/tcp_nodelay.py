# The program that examples/tcp_nodelay.ts ports.
import socket

# Create a TCP socket
tcp_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# By default, TCP_NODELAY is often 0 (disabled)
nodelay_flag = tcp_socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
print(f"Default TCP_NODELAY flag: {nodelay_flag}")  # Expected output: 0

# Now, let's enable it
tcp_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

# And get it again to confirm
nodelay_flag = tcp_socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
print(f"Modified TCP_NODELAY flag: {nodelay_flag}")  # Expected output: 1

# Close the socket
tcp_socket.close()
