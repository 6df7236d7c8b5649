/** The notice that an LMS is being looked for. The elements are not there yet; the plain document is, and can be read. */
import { settling } from './live-region.ts';

/**
 * Shows the notice at the foot of the window.
 *
 * @returns what takes it away again
 */
export function showConnecting(): () => void {
  // It would say, after a while, that the script did not run.
  const unenhanced = document.querySelector<HTMLElement>('.unenhanced');
  if (unenhanced) unenhanced.hidden = true;
  const notice = document.createElement('p');
  notice.className = 'connecting';
  notice.setAttribute('role', 'status');
  document.body.append(notice);
  const timer = window.setTimeout(() => {
    notice.textContent = 'Connecting to your learning platform…';
  }, settling);
  return () => {
    clearTimeout(timer);
    notice.remove();
    if (unenhanced) unenhanced.hidden = false;
  };
}
