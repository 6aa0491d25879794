import { expect, test } from 'vitest';
import { parseBenchRequest, formatBenchRequest } from '../../src/protocol/bench-codec.ts';
import { LineSplitter } from '../../src/protocol/lines.ts';

test('a request comes back as it was', () => {
  const line = formatBenchRequest(3, { do: 'setLead', lead: 'II', on: false });
  expect(parseBenchRequest(line)).toEqual({
    id: 3,
    request: { id: 3, do: 'setLead', lead: 'II', on: false },
  });
});

test.each([
  ['not json', /one JSON object/],
  ['[1]', /JSON object/],
  ['{"do":"getState"}', /"id" to be a number/],
  ['{"id":1,"do":"explode"}', /one of getInfo/],
  ['{"id":1,"do":"setRhythm"}', /"rhythm" to be a string, found nothing/],
  ['{"id":1,"do":"setBattery","percent":"full"}', /number, found "full"/],
  ['{"id":1,"do":"setPads","on":true,"of":1}', /no field "of"/],
])('%s is refused with what was expected', (line, message) => {
  const result = parseBenchRequest(line);
  expect('error' in result ? result.error : '').toMatch(message);
});

test('lines are the same however the bytes were cut, and an endless one is dropped', () => {
  const bytes = new TextEncoder().encode(`{"a":"ä"}\r\n\n${'x'.repeat(200)}\nlast\n`);
  for (let cut = 1; cut < bytes.length; cut++) {
    const lines: string[] = [];
    const splitter = new LineSplitter(100);
    splitter.push(bytes.subarray(0, cut), (l) => lines.push(l));
    splitter.push(bytes.subarray(cut), (l) => lines.push(l));
    expect(lines).toEqual(['{"a":"ä"}', 'last']);
  }
});
