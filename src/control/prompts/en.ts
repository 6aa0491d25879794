/** English: the list of prompts that every other language must have. */
export const english = {
  padsOff: 'Attach the pads to the bare chest.',
  analysing: 'Analysing the heart rhythm. Do not touch the patient.',
  noShock: 'No shock advised. If there is no pulse, go on with compressions. Analysis goes on.',
  inconclusive: 'The signal is disturbed. Stop all movement, press the pads on firmly.',
  compressions:
    'Chest compressions seen: no analysis is possible. Stop compressions, do not touch the patient.',
  motion: 'Movement seen: no analysis is possible. Stop moving the patient, stop the vehicle.',
  interference:
    'Electrical interference: no analysis is possible. Switch off devices nearby, let nobody touch the patient.',
  electrodes: 'The ECG cannot be measured. Press both pads on firmly, check their cable.',
  advisedCharging: 'Shock advised. Charging. Stand clear.',
  shockReady: 'Shock advised. Stand clear. Press SHOCK now.',
  withdrawn: 'The rhythm has changed. Shock withdrawn. Do not touch the patient.',
  delivered: 'Shock delivered. Start compressions.',
  compress: 'Push {depth} cm deep, {rate} times a minute, for {cpr} seconds.',
  compressChild: 'Push down one third of the chest, {rate} times a minute, for {cpr} seconds.',
  analysisSoon: 'Analysis in {warn} seconds. Go on with compressions until then.',
  discharged: 'Not charged any more. Analysing again. Do not touch the patient.',
  noRWave:
    'No R wave found in time: nothing was delivered, the charge is kept. For VF switch SYNC off; else choose another lead.',
  linkLost: 'Link lost. The defibrillator dumps its energy by itself within a second. Check the cable.',
  manual: 'Manual mode. The device does not analyse for you: judge the rhythm yourself.',
};
