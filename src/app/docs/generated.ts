/** Every file of docs/ that is made from code. */
import { therapyPage } from '../../control/diagram.ts';
import { cHeader } from './c-header.ts';
import { gearMd } from './gear-md.ts';
import { luaDissector } from './lua-dissector.ts';
import { protocolMd } from './protocol-md.ts';

export const GENERATED: Readonly<Record<string, () => string>> = {
  'PROTOCOL.md': protocolMd,
  'GEAR.md': gearMd,
  'THERAPY.md': therapyPage,
  'rwave_protocol.h': cHeader,
  'rwave.lua': luaDissector,
};
