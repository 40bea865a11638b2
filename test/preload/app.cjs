// The program as CommonJS.
const names = ['dgram', 'http', 'http2', 'https', 'net', 'tls'];
const modules = Object.fromEntries(names.map((name) => [name, require(`node:${name}`)]));

require('./body.cjs')({
  ...modules,
  express: require('express'),
  fastify: require('fastify'),
  pg: require('pg'),
  ws: require('ws'),
});
