// The story of who is at the other end of a unix socket.
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const peerCredentials: Topic = {
  name: 'peer-credentials',
  title: 'Who is at the other end: credentials of the peer',
  summary:
    'How a local server learns which user and process talks to it, what of that can be trusted, and what cannot.',
  words: [
    'credentials',
    'peercred',
    'ucred',
    'pidfd',
    'peer',
    'unix',
    'authentication',
    'peer-credential',
    'unix-socket',
    'unix-sockets',
    'unix-domain',
    'peerpid',
    'scm-credentials',
    'who-is-the-peer',
    'uid',
  ],
  sections: [
    {
      heading: 'What the kernel vouches for',
      text: [
        'On a unix socket the kernel knows the processes at both ends, and tells each about the other. No password, no token ' +
          'and no certificate is needed, and nothing that the peer sends has any part in it. TCP has nothing like it, also not ' +
          'over loopback.',
        '- SO_PEERCRED: process, user and group, as they were when the peer connected.',
        '- SO_PEERGROUPS: its other groups, at the same moment.',
        '- SO_PEERPIDFD: a descriptor of the process (Linux 6.5).',
        '- SO_PEERSEC: the label of SELinux, Smack or AppArmor.',
        'These four are questions about a connection. SO_PASSCRED, SO_PASSPIDFD and SO_PASSSEC add the same to each message, ' +
          'which datagram servers need.',
      ],
    },
    {
      heading: 'A server that lets in one user',
      text: [
        'Ask right after accept, decide by the user, and close where it does not fit. The permissions of the socket file are a ' +
          'second lock: connect(2) needs the right to write to it.',
      ],
      code: {
        language: 'ts',
        text: `
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { getsockopt, listen, SO_PEERCRED, SO_PEERGROUPS } from 'sockctl';

const allowed = { user: process.getuid?.() ?? -1, group: 4242 };
const server = createServer((socket) => {
  const { uid, gid } = getsockopt(socket, SO_PEERCRED);
  const groups = [gid, ...getsockopt(socket, SO_PEERGROUPS)];
  const welcome = uid === allowed.user || groups.includes(allowed.group);
  socket.end(welcome ? 'come in' : 'go away');
});
const path = \`\${tmpdir()}/door-\${process.pid}.sock\`;
await listen(server, { path, mode: 0o666 });
const client = connect(path);
const [answer] = await once(client, 'data');
String(answer); // => 'come in'
await once(client, 'close');
server.close();
`,
      },
    },
    {
      heading: 'At which moment',
      text: [
        'The server sees the client as it was at connect(2), the client sees the server as it was at listen(2). Both stay: a ' +
          'daemon that listens as root and then becomes another user is still root to its clients, and a client that drops its ' +
          'rights afterwards keeps them on this connection.',
        'A descriptor can be passed on. The process that speaks now need not be the one that connected: with sudo, systemd or ' +
          'a shell redirection it often is not. Where that counts, take the credentials of each message.',
      ],
    },
    {
      heading: 'Process numbers lie, pidfds do not',
      text: [
        'A process number comes back: the peer may end, and the number belong to somebody else before the server has looked ' +
          'into /proc. Attackers race for that. Take the user for decisions, or a pidfd: look at /proc first, and then whether ' +
          'the pidfd still lives; if it does, what was read was of this process.',
        'A pidfd is a descriptor: close it.',
      ],
      code: {
        language: 'ts',
        text: `
import { closeSync, readFileSync, readlinkSync } from 'node:fs';
import { fresh, SO_PEERPIDFD } from 'sockctl';

/** The program of the peer; undefined when it has ended meanwhile. */
function programOf(pidfd: number): string | undefined {
  const pid = (): number => Number(/^Pid:\\s*(-?\\d+)/m.exec(readFileSync(\`/proc/self/fdinfo/\${pidfd}\`, 'utf8'))?.[1]);
  const first = pid();
  if (first <= 0) return undefined;
  const program = readlinkSync(\`/proc/\${first}/exe\`);
  return pid() === first ? program : undefined;
}

const pair = fresh('unix');
const pidfd = pair.socket.getsockopt(SO_PEERPIDFD);
programOf(pidfd) === readlinkSync('/proc/self/exe'); // => true
closeSync(pidfd);
pair.close();
`,
      },
    },
    {
      heading: 'Datagrams',
      text: [
        'A datagram socket has no accept, and SO_PEERCRED on a receiver says nobody. SO_PASSCRED makes each message say who ' +
          'sent it. The sender may state other numbers only as far as it is privileged: root any, others their own.',
        'Reading them takes recvmsg(2), which Node does not have. In Node use a stream, or a helper in C or Python.',
      ],
      code: {
        language: 'console',
        text: `
$ python3 -c "from socket import *; a, b = socketpair(AF_UNIX, SOCK_DGRAM); a.setsockopt(SOL_SOCKET, SO_PASSCRED, 1); b.send(b'x'); print(len(a.recvmsg(1, 100)[1][0][2]))"
12
`,
      },
    },
    {
      heading: 'Containers',
      text: [
        'The numbers are translated for whoever reads them. A process of another pid namespace, which the reader cannot see, is ' +
          'process 0; a user that the user namespace does not map is 65534. So a socket file that is mounted into a container ' +
          'tells the server users of the host, and root of a container with its own user namespace is not root there.',
        'SO_NETNS_COOKIE tells whether the own socket was made in another network namespace. Abstract names belong to the ' +
          'network namespace, files to the mount namespace.',
      ],
    },
    {
      heading: 'Other systems',
      text: [
        'macOS and FreeBSD have LOCAL_PEERCRED, which says user and groups; macOS has LOCAL_PEERPID for the process. ' +
          'getpeereid(3) is the call that all of these have, for user and group.',
      ],
    },
    {
      heading: 'Mistakes',
      text: [
        '- Taking what a TCP socket answers for an answer: process 0, user 4294967295, no error.',
        '- Comparing the user only after a cast to a signed number, where 4294967295 becomes -1.',
        '- Trusting loopback connections because they are local: every user of the host, and every page in a browser, can make ' +
          'one.',
        '- Looking the user up once in a proxy and passing it on without saying so: the server behind sees the proxy.',
        '- Turning SO_PASSRIGHTS off late: what a peer sent before still arrives.',
      ],
    },
  ],
  options: about['peer-credentials'],
  sources: ['unix(7)', 'socket(7)', 'pidfd_open(2)', 'credentials(7)', 'user_namespaces(7)'],
};
