// Runs while the page's own script is still loaded and compiled: a first layout waits for ELK, whose script takes a browser
// longest. A map that comes back has its picture; there ELK would only be in the way.
import { keepsPicture, openEditor, startWorker } from './bridge';

const address = document.currentScript?.dataset['elkWorker'];
const editor = openEditor();
if (address === undefined || keepsPicture(editor.getState())) globalThis.faultlineEarly = { editor };
else {
  const elk = startWorker(address);
  // What fails here is tried again, and told, by whoever needs it.
  elk.catch(() => undefined);
  globalThis.faultlineEarly = { editor, elk };
}
