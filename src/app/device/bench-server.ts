/**
 * The bench channel on a TCP port of this computer: requests in, answers out, and the news of the box to everybody.
 */
import { RwaveError } from '../../core/errors.ts';
import type { Link } from '../../link/link.ts';
import { listenTcp } from '../../link/tcp.ts';
import {
  formatBenchAnswer,
  formatBenchError,
  formatBenchNews,
  parseBenchRequest,
} from '../../protocol/bench-codec.ts';
import type { BenchRequest } from '../../protocol/bench-messages.ts';
import { LineSplitter } from '../../protocol/lines.ts';

export interface BenchServer {
  /** tcp:127.0.0.1:PORT */
  readonly address: string;
  tell(news: string, details: object): void;
  close(): void;
}

const encoder = new TextEncoder();

export async function serveBench(
  port: number,
  carryOut: (request: BenchRequest) => object,
): Promise<BenchServer> {
  const clients = new Set<Link>();
  const answer = (line: string): string => {
    const parsed = parseBenchRequest(line);
    if ('error' in parsed) return formatBenchError(parsed);
    try {
      return formatBenchAnswer(parsed.id, carryOut(parsed.request));
    } catch (error) {
      // What was asked for cannot be done: his mistake. Anything else is ours, and stops the program.
      if (error instanceof RwaveError) return formatBenchError({ id: parsed.id, error: error.message });
      throw error;
    }
  };
  const listener = await listenTcp({
    port,
    onLink: (link) => {
      const lines = new LineSplitter();
      clients.add(link);
      link.onBytes = (bytes) => lines.push(bytes, (line) => void link.write(encoder.encode(answer(line))));
      link.onClose = () => void clients.delete(link);
    },
  });
  return {
    address: `tcp:${listener.host}:${listener.port}`,
    tell(news, details) {
      const line = encoder.encode(formatBenchNews(news, details));
      for (const client of clients) client.write(line);
    },
    close: () => listener.close(),
  };
}
