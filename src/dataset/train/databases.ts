/** Where the shock advice is trained and judged: folders of RWAVE_DATA, in this order. */
import { basename, dirname, join } from 'node:path';
import { recordPaths } from '../../../signals/formats/index.ts';

export const DATABASES = ['vfdb', 'cudb', 'mitdb'] as const;

/** Paths of all records. */
export function trainingPaths(dataFolder: string): string[] {
  return DATABASES.flatMap((database) => recordPaths(join(dataFolder, database)));
}

/** 'vfdb/426' of '/data/vfdb/426'. */
export function recordName(path: string): string {
  return `${basename(dirname(path))}/${basename(path)}`;
}
