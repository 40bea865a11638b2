// A worker thread that lists and borrows a socket of the process that it is told.
import { parentPort, workerData } from 'node:worker_threads';
import { borrow, getsockopt, SO_TYPE, sockets } from '../../dist/index.js';

const { pid, fd } = workerData;
parentPort.postMessage({
  type: borrow(pid, fd, (socket) => getsockopt(socket, SO_TYPE)),
  listed: [...sockets({ pid })].some(({ owners }) => owners.some((owner) => owner.fd === fd)),
});
