// Node's modules that only some calls need: loading them at import would cost every program eight milliseconds.

type Modules = {
  'node:cluster': typeof import('node:cluster').default;
  'node:dgram': typeof import('node:dgram');
  'node:dns': typeof import('node:dns');
  'node:http': typeof import('node:http');
  'node:https': typeof import('node:https');
  'node:tls': typeof import('node:tls');
};

/** A built-in module, loaded now. */
export function builtin<Name extends keyof Modules>(name: Name): Modules[Name] {
  return process.getBuiltinModule(name) as unknown as Modules[Name];
}
