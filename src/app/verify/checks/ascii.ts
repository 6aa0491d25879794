/** The ASCII personality: what a terminal program finds. There is nothing in lines that charges or fires. */
import type { Bay } from '../bay.ts';
import type { Check } from '../check.ts';
import { expectTrue } from '../finding.ts';
import { LineHost } from '../line-host.ts';
import { LIMITS } from '../limits.ts';

const ANSWER_MS = 1000;
/** A session that was there before ends with the dead man. */
const SESSION_ENDS_MS = 1500;
const SELF_TEST_MS = 5000;

export const ascii: Check = {
  name: 'ascii',
  title: 'Lines of text (ASCII personality)',
  method:
    'Lines end in CR LF, each answer is one line; an asterisk means done, !nn and a text means refused.',
  needs: ['lines'],
  async run(bay) {
    const terminal = new LineHost();
    bay.take(terminal);
    await bay.wait(SESSION_ENDS_MS);
    const ask = (line: string): Promise<string> => say(bay, terminal, line);
    const { findings } = bay;
    const expectAnswer = async (
      line: string,
      wanted: RegExp,
      what: string,
      isSafety = false,
    ): Promise<void> => {
      const answer = await ask(line);
      const rule = isSafety ? { ...LIMITS.ascii, safety: true as const } : LIMITS.ascii;
      findings.push(expectTrue(`${line}: ${what}`, wanted.test(answer), rule, `answered "${answer}"`));
    };
    await expectAnswer('IDENT', /\S/, 'says who it is');
    await expectAnswer('STATUS', /\S/, 'says its state');
    await expectAnswer('FAULTS', /^none$/i, 'none');
    await expectAnswer(
      'RESULT',
      /^(none|\d+\.\d(,\d+(\.\d+)?){8})$/i,
      'the last shock in nine figures, or none',
    );
    await expectAnswer('NONSENSE', /^!01/, 'refused as unknown');
    await expectAnswer('ENERGY=20', /^!/, 'refused in local mode');
    await expectAnswer('REMOTE', /^\*$/, 'done');
    await expectAnswer('SELFTEST', /^\*$/, 'done');
    findings.push(expectTrue('back in service after the self-test', await isBack(bay, ask), LIMITS.ascii));
    await expectAnswer(`ENERGY=${bay.profile.ladderJ[0]}`, /^\*$/, 'done');
    await expectAnswer('ENERGY=9999', /^!03/, 'refused as a parameter');
    for (const line of ['CHARGE', 'FIRE', 'SHOCK']) await expectAnswer(line, /^!/, 'refused', true);
    await expectAnswer('DISARM', /^\*$/, 'done, whatever the state');
    await expectAnswer('LOCAL', /^\*$/, 'done');
    return { findings };
  },
};

/** The answer, or '' when none came. */
export async function say(bay: Pick<Bay, 'stand'>, terminal: LineHost, line: string): Promise<string> {
  const from = terminal.lines.length;
  terminal.say(line);
  await bay.stand.until(() => terminal.lines.length > from, ANSWER_MS);
  return terminal.lines[from] ?? '';
}

async function isBack(bay: Bay, ask: (line: string) => Promise<string>): Promise<boolean> {
  for (let ms = 0; ms < SELF_TEST_MS; ms += 250) {
    if (/^standby/i.test(await ask('STATUS'))) return true;
    await bay.wait(250);
  }
  return false;
}
