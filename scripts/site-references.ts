// Where man pages, RFCs and the headers of Windows are on the web: every address of another host is made here.

/** Pages that only FreeBSD has, of sections that Linux has too. */
const freebsdOnly = new Set(['aio_read', 'getpeereid', 'ipfw', 'setfib', 'setkey', 'setsourcefilter', 'sourcefilter']);

/** The systems whose man pages a reference may mean. */
type Manual = 'linux' | 'freebsd';

function manPage(name: string, section: string, manual: Manual): string | undefined {
  // Devices and protocols are in section 4 on the BSDs, the kernel's own functions in 9.
  const bsd = manual === 'freebsd' || section === '4' || section === '9' || freebsdOnly.has(name);
  if (bsd) return `https://man.freebsd.org/cgi/man.cgi?query=${name}&sektion=${section}`;
  // Tools come from many projects: Debian has the pages of all of them.
  if (section === '1' || section === '8') return `https://manpages.debian.org/${name}.${section}`;
  return `https://man7.org/linux/man-pages/man${section}/${name}.${section}.html`;
}

const windowsHeaders = new Set(['mswsock', 'winsock2', 'ws2bth', 'ws2def', 'ws2ipdef', 'ws2tcpip']);

/** The address of `RFC 1122`, `tcp(7)` or `ws2ipdef.h`; undefined for what is on no page of its own. */
export function address(reference: string, manual: Manual = 'linux'): string | undefined {
  const rfc = /^RFC (\d+)$/.exec(reference)?.[1];
  if (rfc !== undefined) return `https://www.rfc-editor.org/rfc/rfc${rfc}.html`;
  const [, name, section] = /^([a-z]\w*(?:-\w+)*)\((\d)\)$/.exec(reference) ?? [];
  if (name !== undefined) return manPage(name, section as string, manual);
  const header = /^(\w+)\.h$/.exec(reference)?.[1];
  if (header !== undefined && windowsHeaders.has(header)) {
    return `https://learn.microsoft.com/en-us/windows/win32/api/${header}/`;
  }
  return undefined;
}

/** What `man` of an option names, as links where there is a page; `platforms` are the systems that have the option. */
export function references(text: string, platforms: readonly string[] = ['linux']): string {
  const manual = platforms.includes('linux') || !platforms.includes('freebsd') ? 'linux' : 'freebsd';
  // macOS has its man pages with itself, and FreeBSD's do not tell of what it lacks.
  const offline = !platforms.includes('linux') && !platforms.includes('freebsd');
  return text
    .split(', ')
    .map((reference) => {
      const target = offline && reference.endsWith(')') ? undefined : address(reference, manual);
      const shown = reference.endsWith('.h') ? `\`${reference}\`` : reference.replaceAll('_', '\\_');
      return target === undefined ? shown : `[${shown}](${target})`;
    })
    .join(', ');
}
