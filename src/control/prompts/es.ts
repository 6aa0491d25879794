/** Spanish. */
import type { Prompts } from './index.ts';

export const spanish: Prompts = {
  padsOff: 'Pegue los electrodos en el pecho desnudo.',
  analysing: 'Analizando el ritmo cardíaco. No toque al paciente.',
  noShock: 'Descarga no aconsejada. Si no hay pulso, siga con las compresiones. El análisis continúa.',
  inconclusive: 'La señal está alterada. Evite todo movimiento, presione bien los electrodos.',
  compressions:
    'Compresiones torácicas detectadas: el análisis no es posible. Interrumpa las compresiones, no toque al paciente.',
  motion: 'Movimiento detectado: el análisis no es posible. No mueva al paciente, detenga el vehículo.',
  interference:
    'Interferencia eléctrica: el análisis no es posible. Apague los aparatos cercanos, que nadie toque al paciente.',
  electrodes: 'No se puede medir el ECG. Presione bien los dos electrodos, revise el cable.',
  advisedCharging: 'Descarga aconsejada. Cargando. Apártense.',
  shockReady: 'Descarga aconsejada. Apártense. Pulse SHOCK ahora.',
  withdrawn: 'El ritmo ha cambiado. Descarga anulada. No toque al paciente.',
  delivered: 'Descarga realizada. Inicie las compresiones.',
  compress: 'Comprima {depth} cm, {rate} veces por minuto, durante {cpr} segundos.',
  compressChild: 'Hunda un tercio del pecho, {rate} veces por minuto, durante {cpr} segundos.',
  analysisSoon: 'Análisis en {warn} segundos. Siga con las compresiones hasta entonces.',
  discharged: 'El aparato ya no está cargado. Analizando de nuevo. No toque al paciente.',
  noRWave:
    'No se encontró onda R a tiempo: no se administró descarga, la carga se mantiene. En fibrilación ventricular apague SYNC; si no, elija otra derivación.',
  linkLost:
    'Conexión perdida. El desfibrilador se descarga por sí mismo en menos de un segundo. Revise el cable.',
  manual: 'Modo manual. El aparato no analiza por usted: valore usted mismo el ritmo.',
};
