/**
 * Chest compressions in the pads' ECG: how many seconds are seen in a real cardiac arrest, and how many are seen where there are none.
 *
 *   RWAVE_DATA=... npm run bench:compressions        about half a minute; needs the bzip2 tool
 *
 * ohca/graz-case1, marked by physicians: what is told at the end of a second is held against that second's mark (half of it
 * or more). Compressed by hand to 2650 s, then mostly by a machine. mitdb, vfdb, cudb, lead 0: nobody marked
 * compressions there; each second told is a false one, but cudb cu12, cu15, cu20 and cu30 may hold real ones in VF.
 */
import { dataFolder } from './lib/records.ts';
import { falseSeconds } from './compressions/databases.ts';
import { grazTable } from './compressions/graz.ts';
import { table } from './lib/table.ts';

const data = dataFolder();
if (data === undefined) throw new Error('RWAVE_DATA: expected the folder of the recordings, found nothing');
console.log(
  table(
    ['ohca/graz-case1', 'seconds on / off', 'Se %', 'Sp %', 'begin told after, s', 'end told after, s'],
    grazTable(data),
  ),
);
console.log();
console.log(
  table(
    ['no compressions marked', 'records', 'seconds', 'told as compressions', '%', 'most of them in'],
    ['mitdb', 'vfdb', 'cudb'].flatMap((database) => falseSeconds(data, database)),
  ),
);
