# The program that examples/rcvtimeo_struct.ts ports. As first written it read without a length and failed in unpack.
import socket
import struct

# Create a socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # Using a UDP socket for this example

# First, let's SET a timeout of 5.5 seconds (5 seconds, 500000 microseconds)
timeout_value = struct.pack("ll", 5, 500000)  # 'll' for two long integers
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, timeout_value)
print("Set a 5.5 second receive timeout.")

# Now, let's GET the timeout value
raw_timeout_bytes = s.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.calcsize("ll"))

# Unpack the bytes to get the seconds and microseconds
seconds, microseconds = struct.unpack("ll", raw_timeout_bytes)
print(f"Retrieved SO_RCVTIMEO: {seconds} seconds, {microseconds} microseconds")

print(f"In milliseconds: {seconds * 1000 + microseconds // 1000}")

# Close the socket
s.close()
