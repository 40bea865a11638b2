// The story of transparent proxying: TPROXY, foreign addresses, and the rules around the sockets.
import type { Topic } from '../types.ts';
import { about } from './about.ts';

export const transparentProxying: Topic = {
  name: 'transparent-proxying',
  title: "Transparent proxying: acting under other people's addresses",
  summary:
    'How a proxy receives connections to addresses that are not its own, learns where they were meant to go, and ' +
    'opens connections that seem to come from the client.',
  words: [
    'tproxy',
    'transparent',
    'foreign-address',
    'spoof',
    'original-destination',
    'freebind',
    'anyip',
    'proxy',
    'transparent-proxy',
    'tproxying',
    'foreign-addresses',
    'nonlocal-bind',
    'redirect',
  ],
  sections: [
    {
      heading: 'What must come together',
      text: [
        'A packet to a foreign address never reaches a socket by itself: the host forwards it, or drops it. Three ' +
          'things change that, and a proxy without one of them is silent, with no error anywhere:',
        "- A netfilter rule in prerouting, tproxy, finds the proxy's socket and attaches the packet to it, " +
          'without touching its addresses. It also marks the packet.',
        '- A routing rule sends marked packets to a table in which everything is local: ip rule add fwmark 1 ' +
          'lookup 100, and ip route add local default dev lo table 100.',
        "- The proxy's socket has IP_TRANSPARENT (IPV6_TRANSPARENT is the same switch), which takes CAP_NET_ADMIN " +
          'or CAP_NET_RAW. The rule passes over sockets without it.',
        'The accepted connection has the foreign address as its local one: getsockname is where the client wanted ' +
          'to go. There is no SO_ORIGINAL_DST to ask, and nothing is rewritten.',
      ],
    },
    {
      heading: 'The whole of it, on one machine',
      text: [
        'Two network namespaces, a client and a proxy that is its router. The server behind the proxy is ' +
          "Python's, which knows nothing of transparency: sockctl turns the option on while it runs. The address " +
          '203.0.113.9 does not exist anywhere.',
      ],
      code: {
        language: 'console',
        text: `
# as root
$ for n in tp-client tp-proxy; do ip netns del $n 2> /dev/null; ip netns add $n; ip -n $n link set lo up; done
$ ip link add lan netns tp-client type veth peer name lan netns tp-proxy
$ ip -n tp-client address add 10.3.0.1/24 dev lan; ip -n tp-client link set lan up
$ ip -n tp-proxy address add 10.3.0.2/24 dev lan; ip -n tp-proxy link set lan up
$ ip -n tp-client route add default via 10.3.0.2
$ ip -n tp-proxy rule add fwmark 1 lookup 100
$ ip -n tp-proxy route add local default dev lo table 100
$ chain='chain ip proxy in { type filter hook prerouting priority mangle; }'
$ rule='tcp dport 80 tproxy to :8080 meta mark set 1 accept'
$ ip netns exec tp-proxy nft "add table ip proxy; add $chain; add rule ip proxy in $rule"
$ ip netns exec tp-proxy python3 -m http.server 8080 > /dev/null 2>&1 & server=$!
$ until ip netns exec tp-proxy bash -c ': < /dev/tcp/127.0.0.1/8080' 2> /dev/null; do sleep 0.1; done
$ ask='exec 7<>/dev/tcp/203.0.113.9/80; printf "HEAD / HTTP/1.0\\r\\n\\r\\n" >&7; head -c 15 <&7; echo'
$ ip netns exec tp-client timeout 1 bash -c "$ask"; echo "exit $?"
exit 124
$ ip netns exec tp-proxy sockctl set :8080 IP_TRANSPARENT=on --state LISTEN | grep applied
IP_TRANSPARENT  off     on     on     applied: set late: this bind is done; the
$ ip netns exec tp-client timeout 5 bash -c "$ask"; echo "exit $?"
HTTP/1.0 200 OK
exit 0
$ kill $server; for n in tp-client tp-proxy; do ip netns del $n; done
`,
      },
    },
    {
      heading: 'Bind to a foreign address',
      text: [
        'A socket with IP_TRANSPARENT binds to any address and may send from it. IP_FREEBIND allows the bind as ' +
          'well, without privilege, but from such an address nothing can be sent: ENETUNREACH.',
        "That is how a proxy opens its side of the connection in the client's name: bind to the client's address, " +
          'set IP_BIND_ADDRESS_NO_PORT so that the port is not wasted, connect. It only works where the answers ' +
          'come back through the proxy; else the client gets packets of a connection that it never opened, and ' +
          'resets it.',
      ],
      code: {
        language: 'ts',
        text: `
// as root
import { writeSync } from 'node:fs';
import { AF_INET, IP_FREEBIND, IP_TRANSPARENT, SOCK_DGRAM, Socket } from 'sockctl';

using plain = new Socket(AF_INET, SOCK_DGRAM);
plain.bind(['203.0.113.7', 0]); // throws EADDRNOTAVAIL...

using free = new Socket(AF_INET, SOCK_DGRAM);
free.setsockopt(IP_FREEBIND, true);
free.bind(['203.0.113.7', 0]);
free.connect(['127.0.0.1', 9]); // throws ENETUNREACH...

using transparent = new Socket(AF_INET, SOCK_DGRAM);
transparent.setsockopt(IP_TRANSPARENT, true);
transparent.bind(['203.0.113.7', 0]);
transparent.connect(['127.0.0.1', 9]);
writeSync(transparent.fd, 'in the name of 203.0.113.7'); // => 26
`,
      },
    },
    {
      heading: 'UDP',
      text: [
        'A UDP socket gets datagrams of all clients for all destinations: IP_RECVORIGDSTADDR tells for each one, ' +
          'in a control message of recvmsg, which address and port it was sent to. The answer must come from there, ' +
          'so the proxy makes a second socket with IP_TRANSPARENT and SO_REUSEADDR, binds it to that address and ' +
          'port, and sends from it. Node reads no control messages: a UDP proxy needs another runtime, or one ' +
          'socket for each destination.',
      ],
      code: {
        language: 'console',
        text: `
# as root
$ for n in tu-client tu-proxy; do ip netns del $n 2> /dev/null; ip netns add $n; ip -n $n link set lo up; done
$ ip link add lan netns tu-client type veth peer name lan netns tu-proxy
$ ip -n tu-client address add 10.3.0.1/24 dev lan; ip -n tu-client link set lan up
$ ip -n tu-proxy address add 10.3.0.2/24 dev lan; ip -n tu-proxy link set lan up
$ ip -n tu-client route add default via 10.3.0.2; ip -n tu-proxy route add local default dev lo table 100
$ ip -n tu-proxy rule add fwmark 1 lookup 100
$ chain='chain ip proxy in { type filter hook prerouting priority mangle; }'
$ rule='udp dport 53 tproxy to :5353 meta mark set 1 accept'
$ ip netns exec tu-proxy nft "add table ip proxy; add $chain; add rule ip proxy in $rule"
$ made='from socket import *; u = socket(AF_INET, SOCK_DGRAM); u.setsockopt(0, 19, 1); u.setsockopt(1, 2, 1)'
$ got='u.setsockopt(0, 20, 1); u.bind(("", 5353)); d, [(_, _, to)], _, who = u.recvmsg(99, 99)'
$ tell='to = inet_ntoa(to[4:8]), to[2] * 256 + to[3]; print("for", *to, flush=True)'
$ answer='a = socket(AF_INET, SOCK_DGRAM); a.setsockopt(0, 19, 1); a.setsockopt(1, 2, 1); a.bind(to); a.sendto(d, who)'
$ ip netns exec tu-proxy timeout 9 python3 -c "$made; $got; $tell; $answer" &
$ until ip netns exec tu-proxy ss -uln | grep -q 5353; do sleep 0.1; done
$ ask='from socket import *; u = socket(AF_INET, SOCK_DGRAM); u.settimeout(5); u.sendto(b"?", ("203.0.113.9", 53))'
$ ip netns exec tu-client python3 -c "$ask; print('answer from', *u.recvfrom(99)[1])"; wait
...
answer from 203.0.113.9 53
$ for n in tu-client tu-proxy; do ip netns del $n; done
`,
      },
    },
    {
      heading: 'Without rules: AnyIP',
      text: [
        'A host that should answer for a whole network needs no TPROXY. A local route makes every address of it ' +
          "the host's own: ip route add local 203.0.113.0/24 dev lo. Sockets bind to any of them without an option, " +
          'receive, and send.',
        'IP_FREEBIND is for the time before an address or such a route exists; net.ipv4.ip_nonlocal_bind is the ' +
          'same for all sockets.',
      ],
      code: {
        language: 'console',
        text: `
# as root
$ setup='ip link set lo up; ip route add local 203.0.113.0/24 dev lo; exec 7<>/dev/udp/203.0.113.9/9'
$ unshare -n bash -c "$setup"'; sockctl ps pid $$ 2> /dev/null | grep 203'
...203.0.113.9:9...
`,
      },
    },
    {
      heading: 'Mistakes',
      text: [
        '- Leaving out the routing rule. The tproxy rule matches, its counter grows, and the packet is forwarded ' +
          'all the same.',
        "- Catching the proxy's own connections. What it sends out to port 80 must not meet the rule again: the " +
          'rule stands in prerouting and sees packets of others only, but a second host or container behind the ' +
          "proxy may send them back. Set SO_MARK on the proxy's sockets and let marked packets pass.",
        '- Reverse path filtering. With net.ipv4.conf.all.rp_filter at 1 packets whose source is not routed back ' +
          'through their interface are dropped before any rule.',
        '- REDIRECT in place of TPROXY. That rewrites the destination; the proxy then needs the old one from the ' +
          'connection tracking, and UDP has no way to ask.',
        '- Running the proxy as a plain user. Give it CAP_NET_ADMIN, or have systemd open the socket with ' +
          'Transparent=yes.',
        '- Forgetting IPv6: clients that have it take it first, past the proxy.',
      ],
    },
  ],
  options: about['transparent-proxying'],
  sysctls: ['net.ipv4.ip_nonlocal_bind', 'net.ipv4.conf.all.rp_filter'],
  see: ['reuse'],
  sources: ['ip(7)', 'nft(8)', 'ip-rule(8)', 'ip-route(8)'],
};
