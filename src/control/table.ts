/**
 * Questions that every state table answers (STYLE 5): where does an event lead, and what can be reached without what.
 *
 * A table is `state -> event -> state`. An empty cell is a refusal.
 */
export type Table = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

/** Where `event` leads from `state`, or undefined: refused. */
export function nextState<S extends string>(
  table: Readonly<Record<S, Readonly<Partial<Record<string, S>>>>>,
  state: S,
  event: string,
): S | undefined {
  return table[state][event];
}

/** Every state that can be reached from `from`, itself included, without passing through `avoiding`. */
export function reachable(
  table: Table,
  from: string,
  options: { avoiding?: string; avoidingEvents?: readonly string[] } = {},
): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (seen.has(state) || state === options.avoiding) continue;
    seen.add(state);
    for (const [event, to] of Object.entries(table[state])) {
      if (to !== undefined && !options.avoidingEvents?.includes(event)) open.push(to);
    }
  }
  return seen;
}

/** States from which one `event` leads straight to `to`. */
export function statesWith(table: Table, event: string, to: string): string[] {
  return Object.keys(table).filter((state) => table[state][event] === to);
}
