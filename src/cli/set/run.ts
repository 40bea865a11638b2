// The course of `set`: look, ask, set, tell; with --for wait and set back.
import { type RevertResult, revertLive, type SetResult } from '../../live/set.ts';
import type { Request } from '../command.ts';
import { print } from '../output.ts';
import { document } from '../render/json.ts';
import { isBad } from '../render/reports.ts';
import { besideOf } from '../subject.ts';
import { usage } from '../usage.ts';
import { mayTouch } from './ask.ts';
import { type Asked, askedBy, type Plan, planned, setAll } from './asked.ts';
import { type End, Hold } from './hold.ts';
import { leftOutText, resultData, resultText, revertData, revertText, undoText } from './text.ts';

const failed = (results: readonly SetResult[]): boolean =>
  results.some(({ error, reports }) => error !== undefined || reports.some(isBad));

/** What kept it from being written; nothing where its reader has had enough of it. */
function written(text: string): Promise<Error | undefined> {
  return new Promise((resolve) => {
    process.stdout.write(text, (error) => {
      resolve((error as NodeJS.ErrnoException | null | undefined)?.code === 'EPIPE' ? undefined : (error ?? undefined));
    });
  });
}

/** The exit code: whether all was well, and could be told. */
async function tell(results: readonly SetResult[], leftOut: number, asked: Asked, request: Request): Promise<number> {
  const dryRun = request.has('dry-run');
  const undo = undoText(results);
  const note = dryRun ? '\nNothing was set: --dry-run.\n' : '';
  const text = request.has('json')
    ? document({ target: asked.target, dryRun, sockets: results.map(resultData), leftOut })
    : resultText(results) + leftOutText(leftOut, asked.names) + undo + note;
  // A disk that is full must not take the way back with it.
  const lost = await written(text);
  if (lost && !dryRun) process.stderr.write(undo);
  return lost || failed(results) ? 1 : 0;
}

/** What cannot be set back must not be set for a while only. */
function checkRevertible({ results }: Plan): void {
  const [lasting] = results.flatMap((result) => result.lasting);
  if (lasting === undefined) return;
  throw usage(`${lasting.name} cannot be set back, so --for cannot be kept: ${lasting.why}`, 'Nothing was set');
}

const sockets = (plan: Plan): SetResult['socket'][] => plan.results.map(({ socket }) => socket);

function tellReverted(reverted: readonly RevertResult[], request: Request, end: End): void {
  const text = request.has('json') ? document({ setBack: revertData(reverted) }) : `\n${revertText(reverted)}`;
  // Where nobody reads the output any more, there may be somebody for the errors.
  if (end === 'output') process.stderr.write(text);
  else print(text);
}

const revertAll = (results: readonly SetResult[]): RevertResult[] =>
  results.flatMap((one) => besideOf(one.socket, () => revertLive([one])));

const forAWhile = (request: Request): string =>
  `\nSet for ${request.value('for')}. Ctrl-C sets it back at once; after kill -9 only the lines above do.\n`;

/** Tells, waits for the end of the time, and sets back whatever ends the wait. */
async function wait(
  results: readonly SetResult[],
  hold: Hold,
  time: number,
  told: () => Promise<unknown>,
): Promise<End> {
  try {
    await told();
    hold.start(time);
    return await hold.ended;
  } catch (error) {
    revertAll(results);
    throw error;
  }
}

async function setForAWhile(plan: Plan, asked: Asked, request: Request, time: number): Promise<number> {
  checkRevertible(plan);
  // A signal that comes between the set and the wait is kept until then.
  const hold = new Hold();
  const results = setAll(sockets(plan), asked, request);
  const text = !request.has('json');
  try {
    if (results.every(({ undo }) => undo.length === 0)) {
      const code = await tell(results, plan.leftOut, asked, request);
      if (text) print('\nNothing was changed: there is nothing to wait for.\n');
      return code;
    }
    const end = await wait(results, hold, time, async () => {
      await tell(results, plan.leftOut, asked, request);
      if (text) print(forAWhile(request));
    });
    const reverted = revertAll(results);
    tellReverted(reverted, request, end);
    hold.stop();
    if (end !== 'time' && end !== 'output') return endBy(end);
    const kept = reverted.some(({ options }) => options.some(({ outcome }) => outcome !== 'restored'));
    return failed(results) || kept || end === 'output' ? 1 : 0;
  } finally {
    hold.stop();
  }
}

async function setForGood(plan: Plan, asked: Asked, request: Request): Promise<number> {
  // Ctrl-C in the middle would leave some of the sockets set, and nobody told which.
  const hold = new Hold();
  try {
    const results = setAll(sockets(plan), asked, request);
    const code = await tell(results, plan.leftOut, asked, request);
    const signal = await hold.signal();
    hold.stop();
    return signal ? endBy(signal) : code;
  } finally {
    hold.stop();
  }
}

/** Ends as the signal would have ended it: a script that waits for it stops as well. */
async function endBy(signal: NodeJS.Signals): Promise<number> {
  process.kill(process.pid, signal);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return 1;
}

export async function runSet(request: Request): Promise<number> {
  const asked = askedBy(request);
  const plan = await planned(asked, request);
  if (request.has('dry-run')) {
    return tell(plan.results, plan.leftOut, asked, request);
  }
  const touched = plan.results.filter(({ reports }) => reports.some(({ outcome }) => outcome === 'would-set'));
  if (touched.length > 1 && !request.has('yes')) {
    const yes = await mayTouch(
      touched.map(({ socket }) => socket),
      asked.names,
    );
    if (!yes) {
      process.stderr.write('sockctl: nothing was set\n');
      return 1;
    }
  }
  if (asked.time !== undefined) return setForAWhile(plan, asked, request, asked.time);
  return setForGood(plan, asked, request);
}
