/** German. */
import type { Prompts } from './index.ts';

export const german: Prompts = {
  padsOff: 'Elektroden auf den nackten Brustkorb kleben.',
  analysing: 'Der Herzrhythmus wird analysiert. Patienten nicht berühren.',
  noShock: 'Kein Schock empfohlen. Ohne Puls Herzdruckmassage fortsetzen. Die Analyse läuft weiter.',
  inconclusive: 'Das Signal ist gestört. Jede Bewegung vermeiden, Elektroden fest andrücken.',
  compressions:
    'Herzdruckmassage erkannt: keine Analyse möglich. Herzdruckmassage unterbrechen, Patienten nicht berühren.',
  motion: 'Bewegung erkannt: keine Analyse möglich. Patienten nicht bewegen, Fahrzeug anhalten.',
  interference:
    'Elektrische Störung: keine Analyse möglich. Geräte in der Nähe ausschalten, niemand berührt den Patienten.',
  electrodes: 'Das EKG kann nicht gemessen werden. Beide Elektroden fest andrücken, Kabel prüfen.',
  advisedCharging: 'Schock empfohlen. Es wird geladen. Zurücktreten.',
  shockReady: 'Schock empfohlen. Zurücktreten. Jetzt SHOCK drücken.',
  withdrawn: 'Der Rhythmus hat sich geändert. Schock zurückgenommen. Patienten nicht berühren.',
  delivered: 'Schock abgegeben. Mit der Herzdruckmassage beginnen.',
  compress: '{depth} cm tief drücken, {rate} Mal pro Minute, {cpr} Sekunden lang.',
  compressChild: 'Brustkorb um ein Drittel eindrücken, {rate} Mal pro Minute, {cpr} Sekunden lang.',
  analysisSoon: 'Analyse in {warn} Sekunden. Bis dahin Herzdruckmassage fortsetzen.',
  discharged: 'Nicht mehr geladen. Es wird neu analysiert. Patienten nicht berühren.',
  noRWave:
    'Keine R-Zacke in der Wartezeit: kein Schock abgegeben, die Ladung bleibt. Bei Kammerflimmern SYNC ausschalten; sonst andere Ableitung wählen.',
  linkLost:
    'Verbindung verloren. Der Defibrillator entlädt sich selbst innerhalb einer Sekunde. Kabel prüfen.',
  manual: 'Manueller Betrieb. Das Gerät analysiert nicht: den Rhythmus selbst beurteilen.',
};
