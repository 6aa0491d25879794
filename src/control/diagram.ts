/**
 * The state tables as Mermaid diagrams and as a page for people: `docs/THERAPY.md` is this text, and a test says when
 * it is not. Events that lead from the same state to the same state share an arrow.
 */
import { AED } from './aed-table.ts';
import { LINK } from './link-machine.ts';
import { PACING } from './pacing.ts';
import { refusalOf, WHY } from './refusals.ts';
import type { TherapyAction } from './refusals.ts';
import type { Table } from './table.ts';
import { nextState } from './table.ts';
import { THERAPY } from './therapy-table.ts';
import type { TherapyState } from '../core/session-events.ts';

/** A Mermaid state diagram of `table` that starts in `start`. */
export function mermaid(table: Table, start: string): string {
  const lines = ['stateDiagram-v2', `  [*] --> ${start}`];
  for (const [from, row] of Object.entries(table)) {
    const byTarget = new Map<string, string[]>();
    for (const [event, to] of Object.entries(row)) {
      if (to !== undefined) byTarget.set(to, [...(byTarget.get(to) ?? []), event]);
    }
    for (const [to, events] of byTarget) lines.push(`  ${from} --> ${to}: ${events.join(', ')}`);
  }
  return lines.join('\n');
}

const KEYS: readonly { key: string; action: TherapyAction; events: readonly string[] }[] = [
  { key: 'CHARGE', action: 'charge', events: ['charge'] },
  { key: 'SHOCK', action: 'shock', events: ['shock', 'shockSync'] },
  { key: 'release', action: 'release', events: ['release'] },
  { key: 'DISARM', action: 'disarm', events: ['disarm'] },
  { key: 'energy', action: 'energy', events: ['energy', 'energyDumps', 'energyRecharges'] },
  { key: 'SYNC', action: 'sync', events: ['sync'] },
];

/** What each key does in each state: the next state, or the words of the refusal. */
function keyTable(): string[] {
  const states = Object.keys(THERAPY) as TherapyState[];
  const rows = states.flatMap((state) =>
    KEYS.map(({ key, action, events }) => {
      const to = new Set(events.flatMap((e) => nextState<TherapyState>(THERAPY, state, e) ?? []));
      const cell = to.size > 0 ? [...to].join(' or ') : `refused: ${refusalOf(state, action)}`;
      return `| ${state} | ${key} | ${cell} |`;
    }),
  );
  return ['| state | key | what happens |', '| --- | --- | --- |', ...rows];
}

function diagram(table: Table, start: string): string {
  return `\`\`\`mermaid\n${mermaid(table, start)}\n\`\`\``;
}

/** The whole page. */
export function therapyPage(): string {
  return `# The machines of the host

Made from the tables in \`src/control\` by \`npm run docs\`; a test fails when this page is not what the tables say.
An event that is not drawn at a state is refused there: nothing changes, and the refusal is shown. The box has a table of
its own and the last word (\`firmware-sim/therapy-table.ts\`).

## Therapy

${diagram(THERAPY, 'standby')}

What a key does, state by state:

${keyTable().join('\n')}

Even where the table allows it, a key is refused while one of these holds:

${Object.values(WHY)
  .map((why) => `- ${why}`)
  .join('\n')}

## AED

${diagram(AED, 'off')}

## Pacing

${diagram(PACING, 'off')}

## Link

${diagram(LINK, 'down')}
`;
}
