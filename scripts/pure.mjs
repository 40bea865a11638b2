// The build's part for bundlers: what makes options and codecs is marked as free of effects, so that the unused is dropped.
import { resolve } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** A plugin that marks every call at the top of the files of declarations. */
export function pure(compiled) {
  const rooms = ['catalog', 'codec', 'constants', 'guide'].map((name) => `${resolve(compiled, name)}/`);
  return {
    name: 'pure',
    transform(code, id) {
      if (!rooms.some((room) => id.startsWith(room))) return undefined;
      const places = new Set();
      const visit = (node) => {
        if (!node || typeof node !== 'object') return;
        if (Array.isArray(node)) node.forEach(visit);
        else if (!/Function|Class|^TaggedTemplate/.test(node.type ?? '')) {
          // Of a chain of calls all start at one place: one mark is enough.
          if (node.type === 'CallExpression' || node.type === 'NewExpression') places.add(node.start);
          for (const key of Object.keys(node)) visit(node[key]);
        }
      };
      for (const statement of parseAst(code).body) {
        const declaration = statement.declaration ?? statement;
        if (declaration.type === 'VariableDeclaration') visit(declaration);
      }
      const marks = [...places].sort((one, other) => other - one);
      return marks.reduce((text, at) => `${text.slice(0, at)}/* @__PURE__ */ ${text.slice(at)}`, code);
    },
  };
}
