// refuse CALL[:FAMILY]=ERRNO... -- COMMAND ARG...: runs a command under a seccomp filter that refuses these calls.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int call_number(const char *name) {
  if (!strcmp(name, "pidfd_open")) return 434;
  if (!strcmp(name, "pidfd_getfd")) return 438;
  if (!strcmp(name, "setns")) return SYS_setns;
  if (!strcmp(name, "socket")) return SYS_socket;
  fprintf(stderr, "refuse: unknown call %s\n", name);
  exit(125);
}

int main(int argc, char **argv) {
  struct sock_filter filter[64];
  int n = 0, i = 1;
  for (; i < argc && strcmp(argv[i], "--"); i++) {
    char name[32] = "";
    int family = -1, number = 0;
    if (sscanf(argv[i], "%31[a-z_]:%d=%d", name, &family, &number) != 3) {
      family = -1;
      if (sscanf(argv[i], "%31[a-z_]=%d", name, &number) != 2) return 125;
    }
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call_number(name), 0, family < 0 ? 1 : 3);
    if (family >= 0) {
      filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0]));
      filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, family, 0, 1);
    }
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | number);
  }
  filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  struct sock_fprog program = {.len = n, .filter = filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
    perror("refuse");
    return 125;
  }
  execvp(argv[i + 1], argv + i + 1);
  perror(argv[i + 1]);
  return 127;
}
