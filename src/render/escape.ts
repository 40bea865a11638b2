// Bytes from sockets and command lines can drive a terminal: they are shown, never sent.

// Controls, and the marks that turn the direction of writing or break lines.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unsafe = /[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16);
  return short[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`);
}

/** The text with everything that could move a cursor written out: `\x1b`. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, escaped);
}

/** The same within a JSON string, where only `\u` is allowed; JSON.stringify leaves these as they are. */
export function escapeJson(json: string): string {
  return json.replace(/[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A word as a POSIX shell needs it: quoted where it holds more than plain characters. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no way at all to write these: not even as numbers. */
const impossible = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g;

/** The text as content or attribute of XML, controls written out. */
export function escapeXml(text: string): string {
  return escapeControls(text)
    .replace(impossible, '\ufffd')
    .replace(/[&<>"']/g, (sign) => entities[sign] as string);
}
