// The same system calls from C, in a process that has a second thread, as every JavaScript runtime has.
// Reads one request a line: "int COUNT" or "list COUNT"; answers the nanoseconds that they took.
// The arguments are the list: LEVEL NAME LENGTH, again and again.
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char buffer[65536];

static void *idle(void *nothing) {
  for (;;) pause();
  return nothing;
}

static long long now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

int main(int count, char **list) {
  pthread_t thread;
  pthread_create(&thread, NULL, idle, NULL);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  int entries = (count - 1) / 3;
  int *numbers = malloc(sizeof(int) * 3 * (entries + 1));
  for (int i = 0; i < entries * 3; i++) numbers[i] = atoi(list[i + 1]);
  char what[16];
  long times;
  volatile int sum = 0;
  while (scanf("%15s %ld", what, &times) == 2) {
    long long start = now();
    for (long i = 0; i < times; i++) {
      if (strcmp(what, "list") == 0) {
        for (int j = 0; j < entries; j++) {
          socklen_t length = numbers[3 * j + 2];
          getsockopt(fd, numbers[3 * j], numbers[3 * j + 1], buffer, &length);
        }
      } else {
        int value = 0;
        socklen_t length = sizeof value;
        getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &value, &length);
        sum += value;
      }
    }
    printf("%lld\n", now() - start);
    fflush(stdout);
  }
  return 0;
}
