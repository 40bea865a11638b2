// `node --import sockctl/register app.js`: applies the policy to every socket of the program. See docs/preload.md.
import { start } from './preload/start.ts';

start();
