// The server of bench/preload.ts, in a process of its own: prints its port; /N answers with N megabytes.
import http from 'node:http';

const megabyte = Buffer.alloc(1 << 20);
const server = http.createServer((request, response) => {
  let left = Number(request.url.slice(1));
  const more = () => {
    while (left > 0) {
      left -= 1;
      if (!response.write(megabyte)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  if (left > 0) more();
  else response.end('ok');
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit()).resume();
