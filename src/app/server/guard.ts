/**
 * Who may talk to the server, and what the browser may do with our page.
 *
 * A page of a foreign site must not press SHOCK: the WebSocket needs an Origin that is the Host it connects to, and the
 * Host must be a name we answer to (else a foreign name that resolves to 127.0.0.1 would pass: DNS rebinding).
 */
import type { IncomingMessage } from 'node:http';

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Names under which this computer reaches itself. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** 'host' of --host as it stands in a URL. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** True where the Host header names us. `anyHost`: bound to all interfaces, where we cannot know our names. */
export function hostAllowed(hostHeader: string | undefined, boundTo: string): boolean {
  const name = /^(\[[^\]]+\]|[^:]+)(?::\d+)?$/.exec(hostHeader ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return false;
  if (LOOPBACK.includes(name) || name === urlHost(boundTo).toLowerCase()) return true;
  // Bound to all interfaces we cannot list our names; an address cannot be rebound, a foreign name can.
  const bare = name.replace(/^\[|\]$/g, '');
  return (boundTo === '0.0.0.0' || boundTo === '::') && isAddress(bare);
}

function isAddress(name: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || (name.includes(':') && /^[0-9a-f:.]+$/i.test(name));
}

/** Undefined where the WebSocket may open, else the reason. */
export function refusal(request: Pick<IncomingMessage, 'headers'>, boundTo: string): string | undefined {
  const { host, origin } = request.headers;
  if (!hostAllowed(host, boundTo)) return `host "${host ?? ''}" is not ours`;
  if (origin === undefined) return 'no Origin header';
  if (origin !== `http://${host ?? ''}`) return `origin "${origin}" is foreign`;
  return undefined;
}
