/** A foreign site open in the same browser must not reach the therapy keys. */
import { describe, expect, test } from 'vitest';
import { hostAllowed, refusal, urlHost } from '../../src/app/server/guard.ts';

describe('host names we answer to', () => {
  test.each([
    ['127.0.0.1:8080', '127.0.0.1', true],
    ['localhost:8080', '127.0.0.1', true],
    ['[::1]:8080', '::1', true],
    ['LOCALHOST', '127.0.0.1', true],
    ['bench-pc:8080', 'bench-pc', true],
    ['192.168.1.7:8080', '0.0.0.0', true],
    ['[fe80::1]:8080', '::', true],
    ['evil.example:8080', '127.0.0.1', false],
    // bound to all interfaces, a name may still be one that a stranger points at us
    ['evil.example:8080', '0.0.0.0', false],
    ['192.168.1.7:8080', '127.0.0.1', false],
    ['127.0.0.1.evil.example', '127.0.0.1', false],
    ['', '127.0.0.1', false],
    [undefined, '127.0.0.1', false],
  ])('%s, bound to %s: %s', (header, boundTo, allowed) => {
    expect(hostAllowed(header, boundTo)).toBe(allowed);
  });
});

describe('the WebSocket opens', () => {
  const ask = (host: string, origin?: string) =>
    refusal({ headers: { host, ...(origin === undefined ? {} : { origin }) } }, '127.0.0.1');

  test('for our own page', () => {
    expect(ask('127.0.0.1:8080', 'http://127.0.0.1:8080')).toBeUndefined();
    expect(ask('localhost:8080', 'http://localhost:8080')).toBeUndefined();
  });

  test('not for a foreign page, another port, another scheme, a file, or without an origin', () => {
    expect(ask('127.0.0.1:8080', 'http://evil.example')).toContain('foreign');
    expect(ask('127.0.0.1:8080', 'http://127.0.0.1:9999')).toContain('foreign');
    expect(ask('127.0.0.1:8080', 'https://127.0.0.1:8080')).toContain('foreign');
    expect(ask('127.0.0.1:8080', 'null')).toContain('foreign');
    expect(ask('127.0.0.1:8080')).toContain('no Origin');
  });

  test('not under a foreign name that was made to point at us', () => {
    expect(ask('evil.example:8080', 'http://evil.example:8080')).toContain('not ours');
  });
});

test('an IPv6 address stands in brackets in a URL', () => {
  expect(urlHost('::1')).toBe('[::1]');
  expect(urlHost('127.0.0.1')).toBe('127.0.0.1');
});
