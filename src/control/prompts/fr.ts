/** French. */
import type { Prompts } from './index.ts';

export const french: Prompts = {
  padsOff: 'Collez les électrodes sur la poitrine nue.',
  analysing: 'Analyse du rythme cardiaque. Ne touchez pas le patient.',
  noShock: 'Choc non conseillé. Sans pouls, continuez les compressions. L’analyse continue.',
  inconclusive: 'Le signal est perturbé. Évitez tout mouvement, appuyez fermement sur les électrodes.',
  compressions:
    'Compressions thoraciques détectées : analyse impossible. Arrêtez les compressions, ne touchez pas le patient.',
  motion: 'Mouvement détecté : analyse impossible. Ne déplacez pas le patient, arrêtez le véhicule.',
  interference:
    'Interférence électrique : analyse impossible. Éteignez les appareils proches, que personne ne touche le patient.',
  electrodes: 'L’ECG ne peut pas être mesuré. Appuyez fermement sur les deux électrodes, vérifiez le câble.',
  advisedCharging: 'Choc conseillé. Charge en cours. Écartez-vous.',
  shockReady: 'Choc conseillé. Écartez-vous. Appuyez maintenant sur SHOCK.',
  withdrawn: 'Le rythme a changé. Choc annulé. Ne touchez pas le patient.',
  delivered: 'Choc délivré. Commencez les compressions.',
  compress: 'Appuyez de {depth} cm, {rate} fois par minute, pendant {cpr} secondes.',
  compressChild: 'Enfoncez le thorax d’un tiers, {rate} fois par minute, pendant {cpr} secondes.',
  analysisSoon: 'Analyse dans {warn} secondes. Continuez les compressions jusque-là.',
  discharged: 'L’appareil n’est plus chargé. Nouvelle analyse. Ne touchez pas le patient.',
  noRWave:
    'Aucune onde R dans le délai : aucun choc délivré, la charge est conservée. En cas de fibrillation ventriculaire, désactivez SYNC ; sinon, choisissez une autre dérivation.',
  linkLost:
    'Liaison perdue. Le défibrillateur se décharge de lui-même en moins d’une seconde. Vérifiez le câble.',
  manual: 'Mode manuel. L’appareil n’analyse pas le rythme : jugez-en vous-même.',
};
