// Policies: which options a socket gets, by rules in a file. Portable: it reads no file and sets no option.
export type { SocketFacts } from './match.ts';
export { checkPolicy, type PolicyMistake, parsePolicy } from './parse.ts';
export { Policy, type PolicyMatch, type PolicyMode, type PolicyRule, type PolicySetting } from './policy.ts';
