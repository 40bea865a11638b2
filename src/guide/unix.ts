// Guides of the options of unix sockets (they are at SOL_SOCKET too), sorted by C name.
import type { Guides } from './types.ts';

const neverReads = 'Node and libuv read without control messages, so that a program in plain Node never sees it.';

export const unixGuides = (): Guides => ({
  SO_INQ: {
    use: [
      'With every recvmsg the kernel says how many bytes still wait behind what was read. A reader that gets 0 saves the ' +
        'next call, which would only say EAGAIN, and one that gets more can make its buffer larger.',
    ],
    default: 'Off.',
    value: 'On or off, exactly 0 or 1 in four bytes. It cannot be read back. The control message is SCM_INQ, an int.',
    timing: 'At any time after the socket is made.',
    interacts: [
      'It is for unix stream sockets, since Linux 6.17; TCP_INQ has done the same for TCP since 4.18.',
      `It needs recvmsg(2). ${neverReads} FIONREAD asks for the same number with one more call.`,
    ],
    mistakes: [
      'Taking the number for the length of a message: a stream has none, and more may have come by the time it is read.',
    ],
    typescript: `
import { fresh, SO_INQ } from 'sockctl';

const stream = fresh('unix');
stream.socket.setsockopt(SO_INQ, true);
stream.close();
const datagrams = fresh('unix-dgram');
datagrams.socket.setsockopt(SO_INQ, true); // throws ENOPROTOOPT...
datagrams.close();
`,
    shell: `
python3 - <<'END'
import socket
a, b = socket.socketpair()
a.setsockopt(socket.SOL_SOCKET, 84, 1)  # SO_INQ
b.send(b'0123456789')
data, [(level, kind, left)], _, _ = a.recvmsg(4, 100)
print(data, int.from_bytes(left, 'little'))
END
# => b'0123' 6
`,
  },
  SO_PASSCRED: {
    use: [
      'Each message that is received says which process, user and group sent it, checked by the kernel. A datagram server ' +
        'that has no connection to ask learns so whom it serves: syslog, the journal and D-Bus live on it.',
      'For a stream ask SO_PEERCRED once instead: it is one call, at the start of the connection.',
    ],
    value:
      'On or off. The control message is SCM_CREDENTIALS with a struct ucred. What was sent before any side turned it on ' +
      'says process 0 and user 65534: nobody.',
    timing: 'Before the peer sends: on the listener, whose accepted sockets inherit it, or before bind for datagrams.',
    interacts: [
      'A sender may state other numbers with sendmsg: its own real, effective or saved ids, and any with CAP_SETUID, ' +
        'CAP_SETGID and CAP_SYS_ADMIN. A lie of anybody else is EPERM.',
      'Turning it on gives a socket without a name an abstract one, five hex digits, with its next connect or send.',
      'A stream read never mixes two senders: after bytes of another process it stops short.',
      'SO_PASSPIDFD adds a descriptor of the process, which a number does not replace.',
      `It needs recvmsg(2). ${neverReads}`,
    ],
    mistakes: [
      'Looking the process up by its number, in /proc, to decide what it may do: it may be gone, and the number another ' +
        'process. Decide by the user, or take SO_PASSPIDFD.',
      'Taking user 65534 for the user nobody: it is also what stands for "not known", and for users that this user ' +
        'namespace does not have.',
    ],
    typescript: `
import { fresh, SO_PASSCRED } from 'sockctl';

const pair = fresh('unix-dgram');
pair.socket.getsockopt(SO_PASSCRED); // => false
pair.socket.setsockopt(SO_PASSCRED, true);
pair.socket.getsockopt(SO_PASSCRED); // => true
pair.close();
`,
    shell: `
python3 - <<'END'
import os, socket, struct
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
a.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
b.send(b'hello')
data, [(_, _, cred)], _, _ = a.recvmsg(10, 100)
print(struct.unpack('iII', cred) == (os.getpid(), os.getuid(), os.getgid()))
END
# => True
sockctl try unix SO_PASSCRED=on --json | jq -r '.[0].outcome' # => applied
`,
  },
  SO_PASSPIDFD: {
    use: [
      'Each message that is received brings a descriptor of the process that sent it. A pidfd never comes to mean another ' +
        'process, can be waited for in poll, and can be signalled: what a service manager needs to trust the word of a ' +
        'process.',
    ],
    value: 'On or off. The control message is SCM_PIDFD with one descriptor, close-on-exec.',
    timing: 'Before the peer sends. Accepted sockets inherit it.',
    interacts: [
      'SO_PASSCRED tells user and group, and both may be on.',
      'SO_PEERPIDFD is the single question of a stream, for who connected.',
      `It needs recvmsg(2). ${neverReads}`,
    ],
    mistakes: [
      'Not closing the descriptors: every message opens one, and a chatty peer fills the table of the process.',
      'Giving recvmsg too small a buffer for control messages: MSG_CTRUNC is set, and the descriptor is lost.',
    ],
    typescript: `
import { fresh, SO_PASSPIDFD } from 'sockctl';

const pair = fresh('unix');
pair.socket.setsockopt(SO_PASSPIDFD, true);
pair.socket.getsockopt(SO_PASSPIDFD); // => true
pair.close();
`,
    shell: `
python3 - <<'END'
import os, socket
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
a.setsockopt(socket.SOL_SOCKET, 76, 1)  # SO_PASSPIDFD
b.send(b'hello')
_, [(_, _, data)], _, _ = a.recvmsg(10, 100)
fd = int.from_bytes(data, 'little')
[line] = [line for line in open(f'/proc/self/fdinfo/{fd}') if line.startswith('Pid:')]
print(int(line.split()[1]) == os.getpid())
os.close(fd)
END
# => True
sockctl get unix SO_PASSPIDFD --value # => off
`,
  },
  SO_PASSRIGHTS: {
    use: [
      'Turned off, nobody can pass descriptors to this socket any more: the sender gets EPERM. A server that never expects ' +
        'any is so safe from peers that fill its table with them, or that hand it descriptors that block when closed.',
    ],
    default: 'On, as it always was.',
    value: 'On or off. Descriptors that were sent before it was turned off still arrive.',
    timing: 'On the listener, before anybody connects: accepted sockets inherit it.',
    interacts: [
      'Plain data passes as before: only messages with SCM_RIGHTS are refused, at the sender.',
      'A receiver that offers no room for control messages, as Node does, gets no descriptors either; the kernel closes ' +
        'them.',
    ],
    mistakes: [
      'Turning it off on a socket of D-Bus, Wayland or systemd, which pass descriptors as a matter of course.',
      'Relying on it before Linux 6.16: the set is ENOPROTOOPT there, and everything passes.',
    ],
    typescript: `
import { fresh, SO_PASSRIGHTS } from 'sockctl';

const pair = fresh('unix');
pair.socket.getsockopt(SO_PASSRIGHTS); // => true
pair.socket.setsockopt(SO_PASSRIGHTS, false);
pair.socket.getsockopt(SO_PASSRIGHTS); // => false
pair.close();
`,
    shell: `
python3 - <<'END'
import socket
a, b = socket.socketpair()
a.setsockopt(socket.SOL_SOCKET, 83, 0)  # SO_PASSRIGHTS
try:
    socket.send_fds(b, [b'x'], [0])
except PermissionError as error:
    print(error.strerror)
END
# => Operation not permitted
sockctl try unix SO_PASSRIGHTS=off --json | jq -r '.[0].outcome' # => applied
`,
  },
  SO_PASSSEC: {
    use: [
      'Each message that is received brings the security label of its sender, as SELinux or Smack writes it. Policy ' +
        'daemons (D-Bus, the journal) record or check it.',
    ],
    value:
      'On or off. The control message is SCM_SECURITY, a text. Without a security module that has labels it never comes.',
    timing: 'Before the peer sends. Accepted sockets inherit it.',
    interacts: [
      'SO_PEERSEC is the single question of a stream, for who connected.',
      'IP_PASSSEC is the same for UDP over labelled networks.',
      `It needs recvmsg(2). ${neverReads}`,
    ],
    mistakes: [
      'Refusing service when the label is missing: most hosts have no module that gives one. Ask SO_PEERCRED for the user.',
    ],
    typescript: `
import { fresh, SO_PASSSEC } from 'sockctl';

const pair = fresh('unix');
pair.socket.setsockopt(SO_PASSSEC, true);
pair.socket.getsockopt(SO_PASSSEC); // => true
pair.close();
`,
    shell: `
sockctl try unix SO_PASSSEC=on --json | jq -r '.[0].outcome' # => applied
`,
  },
  SO_PEERCRED: {
    use: [
      'It tells which process, user and group is at the other end of a unix socket, and nobody can forge it. This is how ' +
        'PostgreSQL (peer), Docker, X and D-Bus let local users in without a password.',
      'Read it once, right after accept, and decide by the user.',
    ],
    value:
      'Process, effective user and group at the moment of connect, seen from the namespaces of the reader. For a client ' +
      'they are those of whoever called listen. They stay, also when the process has changed its user or has ended.',
    timing: 'As soon as the connection stands.',
    interacts: [
      'socketpair(2) fills in the maker, for both ends and also for datagrams. A datagram socket that was connected by ' +
        'address has process 0 and user 4294967295: there SO_PASSCRED is the way.',
      'SO_PEERGROUPS has the other groups of the peer, SO_PEERPIDFD a descriptor that does not come to mean another process.',
      'A user that the user namespace of the reader does not have reads 65534, a process of another pid namespace 0.',
      'macOS and FreeBSD have LOCAL_PEERCRED and getpeereid(3) in its place.',
    ],
    mistakes: [
      'Deciding by the process number: a client can pass its socket on or end, and the number then belongs to another ' +
        'process. Take SO_PEERPIDFD.',
      'Asking a TCP socket: it answers process 0 and user 4294967295 without an error. Check that it is AF_UNIX, or that ' +
        'the process is not 0.',
      'Trusting a proxy: behind one, every client has the credentials of the proxy.',
    ],
    typescript: `
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { getsockopt, listen, SO_PEERCRED } from 'sockctl';

const path = \`\${tmpdir()}/peercred-\${process.pid}.sock\`;
const server = await listen(createServer(), { path });
const client = connect(path);
const [accepted] = await once(server, 'connection');
const { pid, uid } = getsockopt(accepted, SO_PEERCRED);
pid === process.pid; // => true
uid === process.getuid?.(); // => true
client.destroy();
accepted.destroy();
server.close();
`,
    shell: `
sockctl get unix SO_PEERCRED --json | jq -r '.[0].options[0].value.uid' | grep -x $(id -u)
sockctl get tcp SO_PEERCRED --value # => pid=0,uid=4294967295,gid=4294967295
`,
  },
  SO_PEERGROUPS: {
    use: [
      'The supplementary groups of the process at the other end, as they were when it connected. A server that lets in ' +
        'the members of a group (docker, wheel) needs them: SO_PEERCRED has the main group only.',
    ],
    value:
      'A list of group numbers, up to 65536. In C ERANGE says that the buffer is too short, and the length then says what ' +
      'is needed; here the buffer grows by itself.',
    timing: 'As soon as the connection stands.',
    interacts: [
      'The main group need not be in the list: look at both, SO_PEERCRED first.',
      'It is ENODATA where there is no peer, and on sockets that are not unix ones.',
    ],
    mistakes: [
      'Looking the groups up by the user (getgrouplist) instead: that is what the database says now, not what the process ' +
        'has. Someone who was just added, or who dropped groups, differs.',
    ],
    typescript: `
import { fresh, SO_PEERGROUPS, Socket } from 'sockctl';

const pair = fresh('unix');
const groups = process.getgroups?.() ?? [];
pair.socket.getsockopt(SO_PEERGROUPS).every((group) => groups.includes(group)); // => true
pair.close();
const tcp = new Socket();
tcp.getsockopt(SO_PEERGROUPS); // throws ...ENODATA...
tcp.close();
`,
    shell: `
sockctl get unix SO_PEERGROUPS --value
sockctl get tcp SO_PEERGROUPS # exits with 1
`,
  },
  SO_PEERPIDFD: {
    use: [
      'It opens a descriptor of the process at the other end. Unlike the number in SO_PEERCRED it never comes to mean ' +
        'another process: a check in /proc that is followed by a look whether the pidfd still lives is sound. polkit and ' +
        'D-Bus authorise by it.',
    ],
    value:
      'A new descriptor with each read, close-on-exec, which the reader closes. It works for a process that has ended as ' +
      'well, where older kernels refuse it; its fdinfo then says Pid: -1.',
    timing: 'As soon as the connection stands.',
    interacts: [
      'poll says that the pidfd is readable when the process has ended; pidfd_send_signal(2) signals it.',
      'SO_PASSPIDFD does it for each message, which a socket that was passed on to another process needs.',
      'It is ENODATA on sockets that are not unix ones.',
    ],
    mistakes: [
      'Leaking it: a server that asks for each connection and does not close runs out of descriptors.',
      'Reading it in a tool that only looks: sockctl show leaves it out unless asked with --side-effects.',
    ],
    typescript: `
import { closeSync, readFileSync } from 'node:fs';
import { fresh, SO_PEERPIDFD } from 'sockctl';

const pair = fresh('unix');
const pidfd = pair.socket.getsockopt(SO_PEERPIDFD);
const info = readFileSync(\`/proc/self/fdinfo/\${pidfd}\`, 'utf8');
Number(/^Pid:\\s*(-?\\d+)/m.exec(info)?.[1]) === process.pid; // => true
closeSync(pidfd);
pair.close();
`,
    shell: `
sockctl explain SO_PEERPIDFD | grep closes
sockctl get tcp SO_PEERPIDFD # exits with 1
`,
  },
  SO_PEERSEC: {
    use: [
      'The security label of the process at the other end, as SELinux, Smack or AppArmor write it: for example ' +
        'system_u:system_r:init_t:s0. D-Bus asks the module with it whether one service may talk to another.',
    ],
    value:
      'A text. ENOPROTOOPT where no module is active or it has no labels for this socket; ERANGE where the buffer is short.',
    timing: 'As soon as the connection stands; the label is that of the moment of connect.',
    interacts: [
      'For a TCP connection it tells the label that came over the network (CIPSO, labelled IPsec), where there is one.',
      'SO_PASSSEC does it for each datagram.',
    ],
    mistakes: [
      'Making it a condition of service: on a host without such a module it is an error, always.',
      'Comparing whole labels: SELinux labels carry categories that differ between containers. Let the module decide.',
    ],
    typescript: `
import { fresh, getsockopt, SO_PEERSEC } from 'sockctl';

const pair = fresh('unix');
try {
  console.log(getsockopt(pair.socket, SO_PEERSEC));
} catch (error) {
  console.log((error as NodeJS.ErrnoException).code, 'here: no module that has labels');
}
pair.close();
`,
    shell: `
sockctl get unix SO_PEERSEC --value || echo 'no label here'
cat /proc/self/attr/current 2>&1 || true
`,
  },
});
